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

/** Whether a tenant is still to be migrated. */
export async function isOutdated(
  em: EntityManager,
  { databaseName }: OutdatedTenant,
  version: string,
): Promise<boolean> {
  const rows = await em.execute<object[]>(`${OUTDATED} and d.name = ?`, [version, version, databaseName])
  return rows.length > 0
}

/** Keeps that a tenant's schema is what it should be. */
export async function recordMigrated(
  em: EntityManager,
  { databaseName }: OutdatedTenant,
  version: string,
): Promise<void> {
  await em.execute(
    `update tenant_databases set schema_version = ?, migration_status = 'done', migration_error = null,
      migration_attempts = 0 where name = ?`,
    [version, databaseName],
  )
}

const ERROR_LENGTH = 1_000

/** Keeps why a tenant could not be migrated. */
export async function recordFailed(em: EntityManager, { databaseName }: OutdatedTenant, error: string): Promise<void> {
  await em.execute(
    `update tenant_databases set migration_status = 'failed', migration_error = ?,
      migration_attempts = migration_attempts + 1 where name = ?`,
    [error.slice(0, ERROR_LENGTH), databaseName],
  )
}
