import { Pool, type PoolConfig } from 'pg'

/**
 * A pool that outlives the ends of its connections. Without listeners, a connection that the server ends while it is
 * idle, or lent and between two queries, ends the process; a query under way rejects by itself.
 */
export function quietPool(config: PoolConfig): Pool {
  const pool = new Pool(config)
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
