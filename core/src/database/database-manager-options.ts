import type { EntityClass, EntitySchema, MigrationObject } from '@mikro-orm/core'
import type { ConnectionLimits } from './connection-limits.ts'

/** What a `DatabaseManager` works with. */
export interface DatabaseManagerOptions {
  /** Connection string of the central database, made when missing. Tenants' databases are made beside it. */
  readonly centralUrl: string
  /** Entities of the tenants' databases; not those of the central one. */
  readonly tenantEntities: readonly (EntitySchema | EntityClass)[]
  /** Migrations of the tenants' databases, in order. */
  readonly tenantMigrations: readonly MigrationObject[]
  /** Gets warnings of the connections and of work in the background. @default none */
  readonly onWarning?: (message: string) => void
  /**
   * Where tenants' connections go, such as a PgBouncer in transaction mode; its database is not used. Sessions that
   * hold locks or make databases always use `centralUrl`.
   * @default centralUrl
   */
  readonly poolUrl?: string
  /** How many connections to tenants' databases there may be, and for how long. @default see {@link ConnectionLimits} */
  readonly connections?: ConnectionLimits
  /**
   * Whether each tenant's database has a login role of its own, or new ones share one, as where a pooler limits
   * connections by role. Databases keep the role they were made with.
   * @default 'per-tenant'
   */
  readonly roles?: 'per-tenant' | 'shared'
  /** Most connections at once of one tenant's role, over all processes. @default 30 */
  readonly roleConnections?: number
  /**
   * What the names of new tenants' databases and roles begin with: small letters, digits and `_`, `_` last, at most 15
   * bytes. Services with tenants on one PostgreSQL server have a prefix and a central database each, so that the same
   * tenant id is two databases. Databases that are there keep their names.
   * @default 'tenant_'
   */
  readonly databasePrefix?: string
  /** Databases made ahead, so that a new tenant gets one by a rename. @default 2 */
  readonly warmDatabases?: number
  /**
   * How long, in ms, templates and databases made ahead for other versions of the schema are left to processes that
   * still run those.
   * @default 600_000
   */
  readonly outdatedAfter?: number
  /** Called when a tenant's database turned out to be missing or closed, so that what is cached of it goes. @default none */
  readonly onDatabaseGone?: (databaseName: string, tenantId: string | null) => void
}
