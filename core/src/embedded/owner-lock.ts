import { Client } from 'pg'

const TRY_LOCK_SQL = `select pg_try_advisory_lock(hashtextextended('mt-paas:owner', 0)) as free`
/** Seen without taking it: two who took it only to look would each be taken for the owner by the other. */
const LOOK_SQL = `
  select exists (
    select 1 from pg_locks
      where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32 | objid::bigint) = hashtextextended('mt-paas:owner', 0)
  ) as owned`
const CONNECT_TIMEOUT = 10_000

/** The mark of a server's owner, for as long as it is held. */
export interface OwnerLock {
  release(): Promise<void>
}

/**
 * Marks the server as used by this process. The mark is a session's lock, so it goes when the process goes,
 * however that happens.
 * @returns undefined when another process holds it
 */
export async function takeOwnerLock(connectionString: string): Promise<OwnerLock | undefined> {
  const client = ownerClient(connectionString)
  const release = () => client.end().catch(() => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ free: boolean }>(TRY_LOCK_SQL)
    if (rows[0]?.free) return { release }
  } catch (error) {
    await release()
    throw error
  }
  await release()
  return undefined
}

/** Whether a process holds the mark. */
export async function hasOwner(connectionString: string): Promise<boolean> {
  const client = ownerClient(connectionString)
  try {
    await client.connect()
    const { rows } = await client.query<{ owned: boolean }>(LOOK_SQL)
    return rows[0]?.owned ?? false
  } finally {
    await client.end().catch(() => undefined)
  }
}

function ownerClient(connectionString: string): Client {
  const client = new Client({
    connectionString,
    application_name: 'mt-paas owner',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: CONNECT_TIMEOUT,
  })
  // The server may go first; whoever uses it learns that from its own connections.
  client.on('error', () => undefined)
  return client
}
