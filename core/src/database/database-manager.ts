import type { EntityClass, EntitySchema, MigrationObject } from '@mikro-orm/core'
import { type EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { openCentralDatabase } from '../central/central-database.ts'
import { type AdminSession, withAdminSession } from './admin-session.ts'
import { ormOptions } from './orm-options.ts'
import { poolOptions } from './pool-options.ts'
import { dropDatabase, provisionDatabase, type TenantDatabaseName } from './provision-database.ts'
import { openTenantDatabase, type TenantDatabase } from './tenant-driver.ts'

/** What a {@link DatabaseManager} works with. */
export interface DatabaseManagerOptions {
  /** Connection string of the central database, made when missing. Tenants' databases are made beside it. */
  readonly centralUrl: string
  /** Entities of the tenants' databases; not those of the central one. */
  readonly tenantEntities: readonly (EntitySchema | EntityClass)[]
  /** Migrations of the tenants' databases, in order. */
  readonly tenantMigrations: readonly MigrationObject[]
  /** Gets warnings of the connections. @default none */
  readonly onWarning?: (message: string) => void
}

/** Opens a {@link DatabaseManager}; connects to the central database and migrates it. */
export async function openDatabaseManager(options: DatabaseManagerOptions): Promise<DatabaseManager> {
  const { centralUrl, tenantEntities, tenantMigrations, onWarning = () => undefined } = options
  const tenants = await MikroORM.init({
    ...ormOptions({
      contextName: 'mt-paas-tenant',
      entities: [...tenantEntities],
      migrations: tenantMigrations,
      onWarning,
    }),
    // Never connected; were it, this name would fail and not reach anyone's data.
    dbName: 'mt-paas-no-tenant',
  })
  const central = await openCentralDatabase({ url: centralUrl, onWarning })
  return new DatabaseManager(centralUrl, central, tenants)
}

const TENANT_LIMITS = { max: 3, queryTimeout: 30_000 }
const MIGRATION_LIMITS = { max: 1, queryTimeout: 600_000 }

/** The central database and the databases of the tenants on the same server. */
export class DatabaseManager {
  readonly #url: string
  readonly #central: MikroORM
  readonly #tenants: MikroORM
  readonly #open = new Map<string, TenantDatabase>()

  /** @internal {@link openDatabaseManager} makes one. */
  constructor(url: string, central: MikroORM, tenants: MikroORM) {
    this.#url = url
    this.#central = central
    this.#tenants = tenants
  }

  /** A fresh entity manager of the central database. */
  central(): EntityManager {
    return this.#central.em.fork()
  }

  /** A fresh entity manager of a tenant's database, which has to exist. */
  tenant(databaseName: string): EntityManager {
    let database = this.#open.get(databaseName)
    if (!database) {
      database = openTenantDatabase(this.#tenants, poolOptions(this.#url, databaseName, TENANT_LIMITS))
      this.#open.set(databaseName, database)
    }
    return database.entityManager()
  }

  /**
   * Holds the lock of a name, among all processes on this central database, while `work` runs on a connection of its own.
   * @param whenLocked makes the error thrown when the lock is held; without it the lock is waited for
   */
  locked<TResult>(
    lock: string,
    work: (session: AdminSession) => Promise<TResult>,
    whenLocked?: () => Error,
  ): Promise<TResult> {
    return withAdminSession({ url: this.#url, lock, ...(whenLocked && { whenLocked }) }, work)
  }

  /**
   * Makes a tenant's database with its rights and migrations, or goes on where an earlier call stopped. Callers hold
   * the tenant's lock.
   * @throws ForeignDatabaseError when another database has the name
   */
  async provision(session: AdminSession, name: TenantDatabaseName): Promise<void> {
    await provisionDatabase(session, name)
    const limits = poolOptions(this.#url, name.databaseName, MIGRATION_LIMITS)
    const database = openTenantDatabase(this.#tenants, limits)
    try {
      await database.migrate()
    } finally {
      await database.close()
    }
  }

  /** Removes a tenant's database with its data. Callers hold the tenant's lock. */
  async drop(session: AdminSession, name: TenantDatabaseName): Promise<void> {
    await this.release(name.databaseName)
    await dropDatabase(session, name)
  }

  /** Ends this process's connections to a tenant's database. */
  async release(databaseName: string): Promise<void> {
    const database = this.#open.get(databaseName)
    this.#open.delete(databaseName)
    await database?.close()
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((databaseName) => this.release(databaseName)))
    await this.#central.close(true)
  }
}
