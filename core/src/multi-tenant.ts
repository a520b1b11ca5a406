import type { ApplicationStore, CallbackQueue, IdempotencyStore } from '@mt-paas/server'
import type { DatabaseManager } from './database/database-manager.ts'
import type { DatabaseManagerOptions } from './database/database-manager-options.ts'
import { openDatabaseManager } from './database/open-database-manager.ts'
import { Doctor } from './doctor/doctor.ts'
import { Fleet } from './fleet/fleet.ts'
import { type LifecycleOptions, openLifecycle } from './lifecycle/open-lifecycle.ts'
import type { TenantLifecycle } from './lifecycle/tenant-lifecycle.ts'
import { type PlanCatalogue, type PlanOptions, planCatalogue } from './plan/plan-catalogue.ts'
import { Quota } from './plan/quota.ts'
import { appliedTenants } from './tenant/applied-tenants.ts'
import { Subscriptions } from './tenant/subscriptions.ts'
import { TenantManager } from './tenant/tenant-manager.ts'
import { Usage, type UsageSettings } from './usage/usage.ts'

/** What {@link openMultiTenant} works with. */
export interface MultiTenantOptions extends DatabaseManagerOptions, LifecycleOptions {
  /** Gets warnings of the connections and of what goes on behind the scenes. @default none */
  readonly onWarning?: (message: string) => void
  /** Which plans there are. @default the default plans */
  readonly plans?: PlanOptions
  /** What usage is counted and billed by. @default the default metrics, nothing priced */
  readonly usage?: UsageSettings
}

/** One PostgreSQL database per tenant, and the central one that knows them. */
export interface MultiTenant {
  readonly databases: DatabaseManager
  readonly plans: PlanCatalogue
  /** The schemas of all tenants' databases. */
  readonly fleet: Fleet
  readonly doctor: Doctor
  readonly tenants: TenantManager
  readonly subscriptions: Subscriptions
  readonly quota: Quota
  readonly usage: Usage
  readonly lifecycle: TenantLifecycle
  /** For the option `idempotency` of `standardApi`. */
  readonly idempotency: IdempotencyStore
  /** For the option `webhook.store` of `marketCompatApi`: ids of webhooks, for seven days. */
  readonly webhooks: IdempotencyStore
  /** For the option `callback.queue` of `marketCompatApi`: callbacks as jobs, which outlive the process. */
  readonly callbacks: CallbackQueue
  /**
   * The applicants' tenants, for the option `applications` of `marketCompatApi`.
   * @param accessUrl where the people of a tenant open the service
   */
  applications(accessUrl: (tenantId: string) => string): ApplicationStore
  /** Lets operations and hooks under way end, for at most 10 s each, then ends every connection. */
  close(): Promise<void>
}

/** Opens the central database, made and migrated when needed. */
export async function openMultiTenant(options: MultiTenantOptions): Promise<MultiTenant> {
  const { now = () => new Date() } = options
  const plans = planCatalogue(options.plans)
  const databases = await openDatabaseManager(options)
  const parts = { databases, plans, now }
  const subscriptions = new Subscriptions(parts)
  const opening = openLifecycle(databases, options.centralUrl, { ...options, subscriptions })
  const { close, ...durable } = await opening.catch(async (error) => {
    await databases.close()
    throw error
  })
  return {
    databases,
    plans,
    doctor: new Doctor(databases),
    fleet: new Fleet({ databases, url: options.centralUrl }),
    tenants: new TenantManager(databases, now, plans),
    subscriptions,
    quota: new Quota(parts),
    usage: new Usage({ ...options.usage, databases, now }),
    ...durable,
    applications: (accessUrl) => appliedTenants({ databases, accessUrl, now }),
    async close() {
      await close()
      await databases.close()
    },
  }
}
