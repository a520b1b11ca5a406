import { chmod, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Migrator } from '@mikro-orm/migrations'
import { type EntityManager, MikroORM, NodeSqliteDialect, SqliteDriver } from '@mikro-orm/sql'
import { EngineError } from '../engine-error.ts'
import {
  accountRecord,
  applicationRecord,
  attemptRecord,
  callbackRecord,
  conformanceResultRecord,
  conformanceRunRecord,
  deliveryRecord,
  eventRecord,
  mailRecord,
  reviewRecord,
  serviceRecord,
  settingRecord,
  subscriptionRecord,
} from '../entity/index.ts'
import { CreateTables } from './create-tables.ts'
import { MarketTables } from './market-tables.ts'
import { holdOwnerLock } from './owner-lock.ts'

/** The sandbox's log in SQLite. One connection: whoever is inside of a transaction must not ask outside of it. */
export interface Store {
  /** A fresh entity manager, for reading. */
  reader(): EntityManager
  /** All or nothing; the entity manager flushes at the end. */
  transaction<TResult>(work: (em: EntityManager) => Promise<TResult>): Promise<TResult>
  setting(name: string): Promise<unknown>
  saveSetting(name: string, value: unknown): Promise<void>
  close(): Promise<void>
}

/** SQLite's name for a database that is kept nowhere. */
export const IN_MEMORY = ':memory:'

const MIGRATIONS = [
  { name: 'create-tables', class: CreateTables },
  { name: 'market-tables', class: MarketTables },
]

/**
 * Opens the log with every migration done.
 * @param file path, or {@link IN_MEMORY}
 * @throws EngineError when another process uses the file
 */
export async function openStore(file: string): Promise<Store> {
  const lock = file === IN_MEMORY ? undefined : await ownFile(file)
  try {
    const orm = await openDatabase(file)
    return storeOf(orm, () => lock?.release())
  } catch (error) {
    lock?.release()
    throw error
  }
}

async function ownFile(file: string): Promise<{ release(): void }> {
  await mkdir(dirname(file), { recursive: true })
  try {
    return holdOwnerLock(file)
  } catch (error) {
    throw EngineError.storeInUse(file, error)
  }
}

async function openDatabase(file: string) {
  const orm = await MikroORM.init({
    contextName: 'mt-paas-sandbox',
    driver: SqliteDriver,
    driverOptions: new NodeSqliteDialect(file),
    dbName: file,
    entities: [
      serviceRecord,
      applicationRecord,
      deliveryRecord,
      attemptRecord,
      callbackRecord,
      eventRecord,
      settingRecord,
      accountRecord,
      subscriptionRecord,
      reviewRecord,
      mailRecord,
      conformanceRunRecord,
      conformanceResultRecord,
    ],
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, snapshot: false, silent: true },
    logger: () => undefined,
  })
  try {
    for (const pragma of ['busy_timeout = 5000', 'journal_mode = wal', 'synchronous = normal']) {
      await orm.em.getConnection().execute(`pragma ${pragma}`)
    }
    // The log holds the keys of services.
    if (file !== IN_MEMORY) await chmod(file, 0o600)
    await orm.migrator.up()
    return orm
  } catch (error) {
    await orm.close(true)
    throw error
  }
}

function storeOf(orm: Awaited<ReturnType<typeof openDatabase>>, release: () => void): Store {
  const reader = () => orm.em.fork()
  return {
    reader,
    transaction: (work) => reader().transactional(work),
    async setting(name) {
      const row = await reader().findOne(settingRecord, { name })
      return row?.value
    },
    async saveSetting(name, value) {
      await reader().upsert(settingRecord, { name, value })
    },
    async close() {
      await orm.close(true)
      release()
    },
  }
}
