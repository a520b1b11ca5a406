import { createHash } from 'node:crypto'
import type { Client } from 'pg'

/** Takes a lock for the session, and waits for it. */
export async function takeLock(client: Client, name: string): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [lockKey(name)])
}

/**
 * Takes a lock for the session; false when another session holds it.
 * @param timeout of the answer, in ms; the client's own when left out
 */
export async function tryLock(client: Client, name: string, timeout?: number): Promise<boolean> {
  const text = 'select pg_try_advisory_lock($1) as taken'
  const query = { text, values: [lockKey(name)], ...(timeout !== undefined && { query_timeout: timeout }) }
  const { rows } = await client.query<{ taken: boolean }>(query)
  return rows[0]?.taken ?? false
}

/** Gives a lock back before the session ends. */
export async function releaseLock(client: Client, name: string): Promise<void> {
  await client.query('select pg_advisory_unlock($1)', [lockKey(name)])
}

/** PostgreSQL's locks have numbers of 64 bits; names get theirs from a digest. */
export function lockKey(name: string): string {
  return createHash('sha256').update(`mt-paas:${name}`).digest().readBigInt64BE().toString()
}
