import { Migrator } from '@mikro-orm/migrations'
import { type EntityManager, type MikroORM, PostgreSqlConnection, PostgreSqlDriver } from '@mikro-orm/postgresql'
import type { PoolConfig } from 'pg'

/** A tenant's database: entity managers of their own pool on metadata that all tenants share. */
export interface TenantDatabase {
  /** A fresh entity manager with an empty identity map. */
  entityManager(): EntityManager
  /** Runs the migrations that are missing, all of them or none. Of two at once, callers see to it that there is one. */
  migrate(): Promise<void>
  /** Ends the pool's connections. */
  close(): Promise<void>
}

/**
 * Opens a tenant's database without connecting. `orm` has the tenants' entities and migrations and is itself never
 * connected.
 *
 * This joins public classes of MikroORM in a way its documentation does not describe: a driver per tenant with the
 * shared ORM's configuration, platform and metadata. Its version is therefore pinned, and the test beside this file
 * is the contract.
 */
export function openTenantDatabase(orm: MikroORM, pool: PoolConfig): TenantDatabase {
  const driver = new TenantDriver(orm, pool)
  // Without the context of a request, which would lead back to the shared ORM.
  const root = driver.createEntityManager(false)
  return {
    entityManager: () => root.fork({ useContext: false }),
    async migrate() {
      await new TenantMigrator(root.fork({ useContext: false })).up()
    },
    close: () => driver.close(true),
  }
}

class TenantDriver extends PostgreSqlDriver {
  protected override readonly connection: PostgreSqlConnection
  protected override readonly platform: ReturnType<MikroORM['driver']['getPlatform']>

  constructor(orm: MikroORM, pool: PoolConfig) {
    super(orm.config)
    this.platform = orm.driver.getPlatform()
    this.connection = new PostgreSqlConnection(orm.config, { driverOptions: pool })
    this.setMetadata(orm.getMetadata())
  }
}

/** The original looks after a database through the shared ORM before it runs, which must never connect. */
class TenantMigrator extends Migrator {
  protected override async init(): Promise<void> {
    await this.storage.ensureTable?.()
  }
}
