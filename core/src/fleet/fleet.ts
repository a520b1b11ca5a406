import type { DatabaseManager } from '../database/database-manager.ts'
import { schemaVersion } from '../database/schema-version.ts'
import { type DriftReport, driftReport } from './drift-report.ts'
import { type FleetMigrationOptions, type FleetMigrationReport, migrateFleet } from './migrate-fleet.ts'
import { type OutdatedTenant, outdatedTenants } from './outdated-tenant.ts'

/** What a migration of the fleet would do. */
export interface FleetPlan {
  /** Version of the schema that tenants would have. */
  readonly version: string
  readonly tenants: readonly PlannedTenant[]
}

/** A tenant that would be migrated. */
export interface PlannedTenant extends OutdatedTenant {
  /** Names of the migrations that it lacks; null when its version is none that these migrations ever made. */
  readonly migrations: readonly string[] | null
}

/** What a {@link Fleet} works with. */
export interface FleetOptions {
  readonly databases: DatabaseManager
  /** Connection string of the central database. */
  readonly url: string
}

/** The schemas of all tenants. */
export class Fleet {
  readonly #options: FleetOptions

  constructor(options: FleetOptions) {
    this.#options = options
  }

  /** What {@link migrate} would do; changes nothing. */
  async plan(): Promise<FleetPlan> {
    const { databases } = this.#options
    const { schemaVersion: version, migrations } = databases
    const missing = new Map(
      migrations.map((_, count) => [
        schemaVersion(migrations.slice(0, count)),
        migrations.slice(count).map(({ name }) => name),
      ]),
    )
    const tenants = await outdatedTenants(databases.central(), version)
    return {
      version,
      tenants: tenants.map((tenant) => ({ ...tenant, migrations: missing.get(tenant.schemaVersion ?? '') ?? null })),
    }
  }

  /** Brings every active tenant's database to the newest schema. */
  migrate(options: FleetMigrationOptions = {}): Promise<FleetMigrationReport> {
    const { databases, url } = this.#options
    return migrateFleet(
      {
        url,
        version: databases.schemaVersion,
        central: () => databases.central(),
        migrate: (database) => databases.upgrade(database),
      },
      options,
    )
  }

  /**
   * Tenants whose schema is not what the migrations make, whoever changed it.
   * @param concurrency most databases at a time
   */
  drift(concurrency = 8): Promise<DriftReport> {
    const { databases } = this.#options
    return driftReport({
      version: databases.schemaVersion,
      central: () => databases.central(),
      fresh: (work) => databases.withFreshSchema(work),
      open: (tenant, work) => databases.withTenant(tenant, work),
      concurrency,
    })
  }
}
