import type { Pool, PoolClient } from 'pg'

const CONTROL = /^(?:begin|start transaction|rollback)\b(?! to)/i

/**
 * Takes connections back whose transaction could neither begin nor be rolled back, because the server has gone or does
 * not answer. Kysely keeps them for ever, until the pool has none left.
 */
export function guardTransactions(pool: Pool): void {
  const connect: () => Promise<PoolClient> = pool.connect.bind(pool)
  Object.assign(pool, { connect: async () => guarded(await connect()) })
}

function guarded(client: PoolClient): PoolClient {
  const giveBack = client.release
  const query: (...parameters: unknown[]) => Promise<unknown> = Object.getPrototypeOf(client).query
  let released = false
  return Object.assign(client, {
    release(reason?: Error | boolean) {
      if (released) return
      released = true
      Reflect.deleteProperty(client, 'query')
      giveBack.call(client, reason)
    },
    query(...parameters: unknown[]) {
      const result = query.apply(client, parameters)
      const [sql] = parameters
      if (typeof sql === 'string' && CONTROL.test(sql)) result.catch((error: Error) => client.release(error))
      return result
    },
  })
}
