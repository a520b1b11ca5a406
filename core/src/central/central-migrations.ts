import type { MigrationObject } from '@mikro-orm/core'
import { AddFleetMigration } from './add-fleet-migration.ts'
import { AddLifecycle } from './add-lifecycle.ts'
import { CreateDatabases } from './create-databases.ts'
import { CreateIdempotencyKeys } from './create-idempotency-keys.ts'
import { CreateSubscriptions } from './create-subscriptions.ts'
import { CreateTenantSettings } from './create-tenant-settings.ts'
import { CreateTenants } from './create-tenants.ts'
import { CreateUsage } from './create-usage.ts'
import { GiveTenantRoleOptions } from './give-tenant-role-options.ts'
import { MakeTenantRole } from './make-tenant-role.ts'
import { NotifySubscriptions } from './notify-subscriptions.ts'
import { NotifyTenants } from './notify-tenants.ts'
import { WidenCopyStrategies } from './widen-copy-strategies.ts'

/** Migrations of the central database, in order. One that databases may have run is changed by another one only. */
export const centralMigrations: readonly MigrationObject[] = Object.freeze([
  { name: 'create-tenants', class: CreateTenants },
  { name: 'notify-tenants', class: NotifyTenants },
  { name: 'create-subscriptions', class: CreateSubscriptions },
  { name: 'create-usage', class: CreateUsage },
  { name: 'add-lifecycle', class: AddLifecycle },
  { name: 'create-idempotency-keys', class: CreateIdempotencyKeys },
  { name: 'notify-subscriptions', class: NotifySubscriptions },
  { name: 'create-databases', class: CreateDatabases },
  { name: 'add-fleet-migration', class: AddFleetMigration },
  { name: 'create-tenant-settings', class: CreateTenantSettings },
  { name: 'widen-copy-strategies', class: WidenCopyStrategies },
  { name: 'make-tenant-role', class: MakeTenantRole },
  { name: 'give-tenant-role-options', class: GiveTenantRoleOptions },
])
