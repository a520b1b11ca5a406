import type { AdminSession } from '../database/admin-session.ts'
import { REGISTERED_COLUMNS, type RegisteredDatabase } from '../database/database-registry.ts'
import { lockKey } from '../database/session-lock.ts'
import type { OutdatedTenant } from './outdated-tenant.ts'

/** What became of a tenant; without an error its schema is the newest. */
export interface SettledTenant {
  readonly tenant: OutdatedTenant
  readonly error: string | null
}

/** What a tenant was found to be: `busy` is being worked on, `current` was migrated by someone else. */
export type ClaimedTenant = RegisteredDatabase | 'busy' | 'current'

const ERROR_LENGTH = 1_000

/**
 * The tenants of one worker of a fleet's migration, one at a time. The lock of each is held by the worker's session, as
 * other operations hold it, and goes with the process. What became of a tenant is written together with the claim of
 * the next, in one round trip.
 */
export class TenantClaims {
  readonly #session: AdminSession
  readonly #version: string

  constructor(session: AdminSession, version: string) {
    this.#session = session
    this.#version = version
  }

  /** Claims a tenant, and ends with the one before. */
  async next(tenant: OutdatedTenant, before: SettledTenant | undefined): Promise<ClaimedTenant> {
    const { literal } = this.#session
    const results = await this.#session.batch(
      ...this.#settling(before),
      `select pg_try_advisory_lock(${this.#key(tenant)}) as taken`,
      `select ${REGISTERED_COLUMNS} from tenant_databases d join tenants t on t.id = d.tenant_id
        where d.name = ${literal(tenant.databaseName)} and t.status = 'active'
          and d.schema_version is distinct from ${literal(this.#version)}`,
    )
    const [found] = (results.at(-1) ?? []) as RegisteredDatabase[]
    const [lock] = (results.at(-2) ?? []) as { taken: boolean }[]
    if (!lock?.taken) return 'busy'
    if (found) return found
    await this.release(tenant)
    return 'current'
  }

  /** Ends with the last tenant. */
  async settle(last: SettledTenant): Promise<void> {
    await this.#session.batch(...this.#settling(last))
  }

  /** Gives a tenant back of which there is nothing to write. */
  async release(tenant: OutdatedTenant): Promise<void> {
    await this.#session.batch(`select pg_advisory_unlock(${this.#key(tenant)})`)
  }

  /** Committed before the lock is given back. Were it lost, the next migration would find nothing to do there. */
  #settling(settled: SettledTenant | undefined): readonly string[] {
    if (!settled) return []
    const { literal } = this.#session
    const { tenant, error } = settled
    const values =
      error === null
        ? `schema_version = ${literal(this.#version)}, migration_status = 'done', migration_error = null,
            migration_attempts = 0`
        : `migration_status = 'failed', migration_error = ${literal(error.slice(0, ERROR_LENGTH))},
            migration_attempts = migration_attempts + 1`
    return [
      'begin',
      'set local synchronous_commit = off',
      `update tenant_databases set ${values} where name = ${literal(tenant.databaseName)}`,
      'commit',
      `select pg_advisory_unlock(${this.#key(tenant)})`,
    ]
  }

  #key({ tenantId }: OutdatedTenant): string {
    return lockKey(`tenant:${tenantId}`)
  }
}
