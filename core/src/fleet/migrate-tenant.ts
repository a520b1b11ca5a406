import { setTimeout as delay } from 'node:timers/promises'
import type { EntityManager } from '@mikro-orm/postgresql'
import { type AdminSession, lockKey } from '../database/admin-session.ts'
import { isConnectionLoss, sqlState } from '../database/sql-state.ts'
import { isOutdated, type OutdatedTenant, recordFailed, recordMigrated } from './outdated-tenant.ts'

/** How {@link migrateTenant} works. */
export interface MigrateTenantOptions {
  readonly central: () => EntityManager
  /** Version that the schema is to have. */
  readonly version: string
  /** Runs the migrations that a tenant's database lacks, each in a transaction of its own. */
  readonly migrate: (tenant: OutdatedTenant) => Promise<void>
  /** How often it is tried when something stands in its way that passes. */
  readonly tries: number
  /** Waits between two tries, in ms; each is twice the one before. */
  readonly pause: number
}

/** What became of a tenant: `current` was migrated by someone else, `busy` is being worked on. */
export type TenantMigration =
  | { readonly outcome: 'migrated' | 'current' | 'busy' }
  | { readonly outcome: 'failed'; readonly error: string }

/** Locks that were not given in time, deadlocks, and transactions that met another. */
const PASSING: ReadonlySet<string | undefined> = new Set(['55P03', '40P01', '40001', '55006'])

/**
 * Migrates one tenant under its lock, which other operations on the tenant hold as well, and which goes with the
 * process. Only what is wrong with the central database is thrown.
 */
export async function migrateTenant(
  tenant: OutdatedTenant,
  session: AdminSession,
  options: MigrateTenantOptions,
): Promise<TenantMigration> {
  const key = lockKey(`tenant:${tenant.tenantId}`)
  const [lock] = await session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key])
  if (!lock?.taken) return { outcome: 'busy' }
  try {
    if (!(await isOutdated(options.central(), tenant, options.version))) return { outcome: 'current' }
    return await migrateLocked(tenant, options)
  } finally {
    await session.query('select pg_advisory_unlock($1)', [key])
  }
}

async function migrateLocked(tenant: OutdatedTenant, options: MigrateTenantOptions): Promise<TenantMigration> {
  const { central, version, migrate, tries, pause } = options
  for (let attempt = 1; ; attempt += 1) {
    try {
      await migrate(tenant)
      await recordMigrated(central(), tenant, version)
      return { outcome: 'migrated' }
    } catch (error) {
      if (attempt >= tries || !mayPass(error)) {
        const message = error instanceof Error ? error.message : String(error)
        await recordFailed(central(), tenant, message)
        return { outcome: 'failed', error: message }
      }
    }
    await delay(pause * 2 ** (attempt - 1))
  }
}

function mayPass(error: unknown): boolean {
  return PASSING.has(sqlState(error)) || isConnectionLoss(error)
}
