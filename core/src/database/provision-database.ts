import { ForeignDatabaseError } from '../error/foreign-database-error.ts'
import type { AdminSession } from './admin-session.ts'
import { isDatabaseExists } from './sql-state.ts'

/** A tenant's database and whose it is. */
export interface TenantDatabaseName {
  readonly databaseName: string
  readonly tenantId: string
}

interface FoundDatabase {
  readonly open: boolean
  /** A database whose removal was cut off; only removing it again works. */
  readonly broken: boolean
  readonly comment: string | null
}

/**
 * Makes a tenant's database unless it is there. It is closed to everyone until its rights are set, and its comment
 * says whose it is, so that a call after a crash goes on and a database of someone else is recognised.
 * @throws ForeignDatabaseError when another database has the name
 */
export async function provisionDatabase(session: AdminSession, name: TenantDatabaseName): Promise<void> {
  const owner = session.literal(commentOf(name))
  const database = session.identifier(name.databaseName)
  const found = await findOwn(session, name)
  if (found?.open) return
  if (found?.broken) await session.query(`drop database if exists ${database}`)
  if (!found || found.broken) await create(session, database)
  await session.query(`revoke all on database ${database} from public`)
  await session.query(`comment on database ${database} is ${owner}`)
  await session.query(`alter database ${database} with allow_connections true`)
}

/**
 * Removes a tenant's database with all its data, ending sessions that use it; none is fine.
 * @throws ForeignDatabaseError when another database has the name
 */
export async function dropDatabase(session: AdminSession, name: TenantDatabaseName): Promise<void> {
  if (!(await findOwn(session, name))) return
  await session.query(`drop database if exists ${session.identifier(name.databaseName)} with (force)`)
}

async function create(session: AdminSession, database: string): Promise<void> {
  try {
    // The server goes on creating when its client has died, so it may be there by now.
    await session.query(`create database ${database} template template0 encoding 'UTF8' allow_connections false`)
  } catch (error) {
    if (!isDatabaseExists(error)) throw error
  }
}

async function findOwn(session: AdminSession, name: TenantDatabaseName): Promise<FoundDatabase | undefined> {
  const [found] = await session.query<FoundDatabase>(
    `select datallowconn as open, datconnlimit = -2 as broken, shobj_description(oid, 'pg_database') as comment
      from pg_database where datname = $1`,
    [name.databaseName],
  )
  const own = !found || found.comment === commentOf(name) || (found.comment === null && (!found.open || found.broken))
  if (!own) throw new ForeignDatabaseError(name.databaseName)
  return found
}

function commentOf({ tenantId }: TenantDatabaseName): string {
  return `mt-paas tenant ${tenantId}`
}
