import type { EntityManager } from '@mikro-orm/postgresql'

/** An active tenant whose database has not the schema it should have. */
export interface OutdatedTenant {
  readonly tenantId: string
  readonly databaseName: string
  /** Version of the schema it has; null when that is not known. */
  readonly schemaVersion: string | null
  /** How often its migration has failed. */
  readonly attempts: number
  /** Why it failed last. */
  readonly error: string | null
}

/** Two ranges rather than "not equal", which no index answers. */
const OUTDATED = `
  select d.tenant_id as "tenantId", d.name as "databaseName", d.schema_version as "schemaVersion",
    d.migration_attempts as attempts, d.migration_error as error
  from tenant_databases d join tenants t on t.id = d.tenant_id
  where d.tenant_id is not null and (d.schema_version < ? or d.schema_version > ? or d.schema_version is null)
    and t.status = 'active'`

/**
 * Tenants to migrate, those that failed before last; a tenant that is not active is migrated when it is resumed. When
 * there are none, this is all that a migration of the fleet asks.
 */
export function outdatedTenants(em: EntityManager, version: string): Promise<OutdatedTenant[]> {
  return em.execute<OutdatedTenant[]>(`${OUTDATED} order by d.migration_attempts, d.name`, [version, version])
}
