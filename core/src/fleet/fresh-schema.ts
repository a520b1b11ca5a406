import { randomBytes } from 'node:crypto'
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { withAdminSession } from '../database/admin-session.ts'
import { PATIENT_CONNECTION_TIMEOUT, poolOptions } from '../database/pool-options.ts'
import { quietPool } from '../database/quiet-pool.ts'
import { openTenantDatabase, typeParsers } from '../database/tenant-driver.ts'

/** Names of databases that are made for a moment; one that a killed process left is removed by the doctor. */
export const FRESH_PREFIX = 'mt_fresh_'

/** Comment of such a database of a central database. */
export function freshComment(centralId: string): string {
  return `mt-paas fresh central ${centralId}`
}

/** Where a database for a moment is made. */
export interface FreshSchemaOptions {
  /** Has the migrations. */
  readonly orm: MikroORM
  readonly url: string
  readonly centralId: string
}

const LIMITS = { max: 1, queryTimeout: 600_000, connectionTimeout: PATIENT_CONNECTION_TIMEOUT }

/** Runs `work` on a database that was made by the migrations alone, and removes it. While it is used its name is locked. */
export async function withFreshSchema<TResult>(
  { orm, url, centralId }: FreshSchemaOptions,
  work: (em: EntityManager) => Promise<TResult>,
): Promise<TResult> {
  const name = `${FRESH_PREFIX}${randomBytes(6).toString('hex')}`
  return withAdminSession({ url, lock: name }, async (session) => {
    const database = session.identifier(name)
    await session.query(`create database ${database} template template0 encoding 'UTF8' allow_connections false`)
    try {
      await session.run(
        `comment on database ${database} is ${session.literal(freshComment(centralId))}`,
        `revoke all on database ${database} from public`,
        `alter database ${database} with allow_connections true`,
      )
      return await withMigrated(orm, poolOptions(url, name, LIMITS), work)
    } finally {
      await session.query(`drop database if exists ${database} with (force)`)
    }
  })
}

async function withMigrated<TResult>(
  orm: MikroORM,
  options: ReturnType<typeof poolOptions>,
  work: (em: EntityManager) => Promise<TResult>,
): Promise<TResult> {
  const tenant = openTenantDatabase(orm, quietPool({ ...options, types: typeParsers(orm) }))
  try {
    await tenant.migrate()
    return await work(tenant.entityManager())
  } finally {
    await tenant.close()
  }
}
