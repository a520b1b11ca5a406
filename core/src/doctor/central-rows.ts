import type { EntityManager } from '@mikro-orm/postgresql'
import type { TenantState } from '../central/tenant-record.ts'
import type { DatabaseState } from '../database/database-registry.ts'

/** A tenant, or a database made ahead, as the central database knows it. */
export interface CentralRow {
  readonly name: string
  /** Null for a database made ahead. */
  readonly tenantId: string | null
  /** Null for a database made ahead. */
  readonly status: TenantState | null
  /** Null when the database is not registered. */
  readonly serverId: string | null
  /** Whether it is whole; null when the database is not registered. */
  readonly databaseState: DatabaseState | null
  /** Whether an operation is under way, which sees to what is missing. */
  readonly underWay: boolean
  readonly needsAttention: boolean
  readonly lastError: string | null
  /** Why the last migration failed; null when it did not. */
  readonly migrationError: string | null
}

/** Reads what the central database knows of databases. */
export function readCentralRows(em: EntityManager): Promise<CentralRow[]> {
  return em.execute<CentralRow[]>(
    `select coalesce(d.name, t.db_name) as name, t.id as "tenantId", t.status, d.server_id as "serverId",
        d.state as "databaseState",
        coalesce(t.operation is not null and not t.needs_attention, false) as "underWay",
        coalesce(t.needs_attention, false) as "needsAttention", t.last_error as "lastError",
        case when d.migration_status = 'failed' then d.migration_error end as "migrationError"
      from tenants t full join tenant_databases d on d.tenant_id = t.id
      order by 1`,
  )
}
