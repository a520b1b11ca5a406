import { Client } from 'pg'

const TRY_LOCK_SQL = `select pg_try_advisory_lock(hashtextextended('mt-paas:owner', 0)) as free`
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
  const client = new Client({
    connectionString,
    application_name: 'mt-paas owner',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: CONNECT_TIMEOUT,
  })
  // The server may go first; whoever uses it learns that from its own connections.
  client.on('error', () => undefined)
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
