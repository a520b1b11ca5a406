import { MikroORM } from '@mikro-orm/postgresql'
import { type AdminSession, withAdminSession } from '../database/admin-session.ts'
import { ormOptions } from '../database/orm-options.ts'
import { databaseOf, poolOptions } from '../database/pool-options.ts'
import { isDatabaseExists, sqlState, sqlStates } from '../database/sql-state.ts'
import { centralMigrations } from './central-migrations.ts'
import { guardTransactions } from './guard-transactions.ts'
import { tenantEventRecord } from './tenant-event-record.ts'
import { tenantRecord } from './tenant-record.ts'

/** How {@link openCentralDatabase} connects. */
export interface CentralDatabaseOptions {
  /** Connection string; its database is made when it is missing. */
  readonly url: string
  readonly onWarning: (message: string) => void
}

const LIMITS = { max: 5, queryTimeout: 10_000 }

/** Opens the central database with every central migration done. */
export async function openCentralDatabase({ url, onWarning }: CentralDatabaseOptions): Promise<MikroORM> {
  await ensureDatabase(url)
  const orm = await MikroORM.init({
    ...ormOptions({
      contextName: 'mt-paas-central',
      entities: [tenantRecord, tenantEventRecord],
      migrations: centralMigrations,
      onWarning,
    }),
    // What PostgreSQL does by itself stands in the migrations alone.
    schemaGenerator: { ignoreTriggers: true },
    dbName: databaseOf(url),
    driverOptions: { ...poolOptions(url, undefined, LIMITS), onPoolCreated: guardTransactions },
  })
  try {
    // Processes that start at once take turns.
    await withAdminSession({ url, lock: 'central-migrations' }, () => orm.migrator.up())
    return orm
  } catch (error) {
    await orm.close(true)
    throw error
  }
}

async function ensureDatabase(url: string): Promise<void> {
  try {
    await withAdminSession({ url }, (session) => session.query('select 1'))
  } catch (error) {
    if (sqlState(error) !== sqlStates.unknownDatabase) throw error
    await withAdminSession({ url, database: 'postgres' }, (session) => createDatabase(session, databaseOf(url)))
  }
}

async function createDatabase(session: AdminSession, name: string): Promise<void> {
  try {
    await session.query(`create database ${session.identifier(name)} template template0 encoding 'UTF8'`)
  } catch (error) {
    if (!isDatabaseExists(error)) throw error
  }
}
