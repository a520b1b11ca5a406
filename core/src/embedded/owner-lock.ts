import { Client } from 'pg'

/** Asks for the lock that the owning process of an embedded server holds for as long as it lives. */
export const OWNER_LOCK_SQL = `select pg_try_advisory_lock(hashtextextended('mt-paas:owner', 0)) as free`

/**
 * Marks the server as used by this process. The mark is a session's lock, so it goes when the process goes,
 * however that happens.
 */
export async function holdOwnerLock(connectionString: string): Promise<{ release(): Promise<void> }> {
  const client = new Client({ connectionString, application_name: 'mt-paas owner', connectionTimeoutMillis: 10_000 })
  // The server may go first; whoever uses it learns that from its own connections.
  client.on('error', () => undefined)
  await client.connect()
  await client.query(OWNER_LOCK_SQL)
  return { release: () => client.end().catch(() => undefined) }
}
