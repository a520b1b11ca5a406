import { StandardApiError } from '@mt-paas/server'
import { Pool } from 'pg'
import type { TenantState } from '../central/tenant-record.ts'
import { poolOptions } from '../database/pool-options.ts'
import type { EntitlementSource } from '../plan/entitlement.ts'
import { isUnreachable } from './unreachable.ts'

/** What a request needs to know of its tenant. */
export interface TenantRow extends EntitlementSource {
  readonly name: string
  readonly config: Readonly<Record<string, unknown>>
  readonly status: TenantState
  readonly databaseName: string
}

/** Reads tenants for requests. */
export interface TenantRows {
  /**
   * The tenant, in whatever state.
   * @throws StandardApiError `SERVICE_UNAVAILABLE`, within 2 s, when the central database does not answer
   */
  find(id: string): Promise<TenantRow | undefined>
  close(): Promise<void>
}

/** Requests wait for a connection and then for its answer, each this long at most, in ms. */
const PATIENCE = 1_000
const MAX_CONNECTIONS = 3
const RETRY_AFTER_SECONDS = 1

const FIND = `
  select t.id as "tenantId", t.name, t.plan, t.features as listed, t.config, t.status, t.db_name as "databaseName",
    coalesce(s.limits, '{}') as limits, coalesce(s.features, '{}') as features
  from tenants t left join subscriptions s on s.tenant_id = t.id and s.closed_at is null where t.id = $1`

/**
 * Connections of their own, so that a look-up never waits behind other work, and one that got no answer in time is
 * thrown away rather than given to the next.
 */
export function openTenantRows(url: string): TenantRows {
  const pool = new Pool({
    ...poolOptions(url, undefined, { max: MAX_CONNECTIONS, queryTimeout: PATIENCE }),
    connectionTimeoutMillis: PATIENCE,
  })
  // Idle connections that the server ends; the pool has replaced them by then.
  pool.on('error', () => undefined)
  return {
    async find(id) {
      try {
        const { rows } = await pool.query<TenantRow>({ name: 'mt_paas_find_tenant', text: FIND, values: [id] })
        return rows[0]
      } catch (error) {
        throw isUnreachable(error) ? StandardApiError.unavailable(RETRY_AFTER_SECONDS, error) : error
      }
    },
    close: () => pool.end(),
  }
}
