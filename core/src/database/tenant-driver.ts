import { Migrator } from '@mikro-orm/migrations'
import {
  type DriverException,
  type EntityManager,
  type MikroORM,
  PostgreSqlConnection,
  PostgreSqlDriver,
} from '@mikro-orm/postgresql'
import { StandardApiError } from '@mt-paas/server'
import type { CustomTypesConfig } from 'pg'
import { LeaseEndedError } from '../error/connection-errors.ts'
import { UnknownMigrationsError } from '../error/unknown-migrations-error.ts'
import type { ConnectionSource } from './connection-source.ts'
import { MIGRATION_LOCK } from './migrate-in-place.ts'
import { isConnectionLoss } from './sql-state.ts'
import { TenantConnection } from './tenant-connection.ts'

/** How a tenant's database is migrated. */
export interface MigrateOptions {
  /** Refuses a database that a newer version or another service has migrated. @default false */
  readonly onlyKnown?: boolean
}

/** A tenant's database: entity managers on metadata that all tenants share. */
export interface TenantDatabase {
  /** A fresh entity manager with an empty identity map. */
  entityManager(): EntityManager
  /**
   * Runs the migrations that are missing, each in a transaction of its own. Two at once follow each other where their
   * source gives one connection.
   * @throws UnknownMigrationsError when `onlyKnown` and some were run that are none of these
   */
  migrate(options?: MigrateOptions): Promise<void>
  /** Ends the source of connections. */
  close(): Promise<void>
}

/**
 * Opens a tenant's database without connecting; cheap enough (about 10 µs) for every request. `orm` has the tenants'
 * entities and migrations and is itself never connected.
 *
 * This joins public classes of MikroORM in a way its documentation does not describe: a driver per use with the
 * shared ORM's configuration, platform and metadata, and with connections from elsewhere. Its version is therefore
 * pinned, and the test beside this file is the contract.
 */
export function openTenantDatabase(orm: MikroORM, source: ConnectionSource): TenantDatabase {
  const driver = new TenantDriver(orm, source)
  return {
    // Without the context of a request, which would lead back to the shared ORM.
    entityManager: () => driver.createEntityManager(false),
    async migrate({ onlyKnown = false } = {}) {
      const client = await source.connect()
      const release = client.release.bind(client)
      // All of it runs on this one connection, which keeps the lock.
      client.release = () => undefined
      let failure: Error | undefined
      try {
        const pinned = new TenantDriver(orm, { connect: async () => client, end: async () => undefined })
        // What a killed process began may still run on the server; its lock ends with its connection.
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
        const migrator = new TenantMigrator(pinned.createEntityManager(false))
        if (onlyKnown) await migrator.assertKnown()
        await migrator.up()
        await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error))
        throw error
      } finally {
        release(failure)
      }
    },
    async close() {
      await driver.close(true)
      await source.end()
    },
  }
}

/** How values of the database become values here: clients of a {@link ConnectionSource} need the same. */
export function typeParsers(orm: MikroORM): CustomTypesConfig {
  const { types } = new PostgreSqlConnection(orm.config, { driverOptions: {} }).mapOptions({})
  if (!types) throw new Error('MikroORM has no type parsers for PostgreSQL')
  return types
}

class TenantDriver extends PostgreSqlDriver {
  protected override readonly connection: PostgreSqlConnection
  protected override readonly platform: ReturnType<MikroORM['driver']['getPlatform']>

  constructor(orm: MikroORM, source: ConnectionSource) {
    super(orm.config)
    this.platform = orm.driver.getPlatform()
    this.connection = new TenantConnection(orm.config, source)
    this.setMetadata(orm.getMetadata())
  }

  /** Errors that have a meaning of ours keep it, instead of becoming an error of the driver. */
  override convertException(error: Error): DriverException {
    if (error instanceof StandardApiError || error instanceof LeaseEndedError) throw error
    if (isConnectionLoss(error)) throw StandardApiError.unavailable(1, error)
    return super.convertException(error)
  }
}

/** The original looks after a database through the shared ORM before it runs, which must never connect. */
class TenantMigrator extends Migrator {
  /** @throws UnknownMigrationsError */
  async assertKnown(): Promise<void> {
    const known = new Set(this.options.migrationsList?.map(({ name }) => name))
    const unknown = (await this.getExecuted()).map(({ name }) => name).filter((name) => !known.has(name))
    if (unknown.length > 0) throw new UnknownMigrationsError(unknown)
  }

  protected override readonly options = { ...this.config.get('migrations'), allOrNothing: false }

  protected override async init(): Promise<void> {
    await this.storage.ensureTable?.()
  }
}
