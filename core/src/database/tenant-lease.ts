import { StandardApiError } from '@mt-paas/server'
import type { PoolClient } from 'pg'
import { LeaseEndedError, PoolClosedError } from '../error/connection-errors.ts'
import type { ConnectionSource } from './connection-source.ts'
import type { PooledConnection } from './pooled-connection.ts'
import type { PoolOfServer } from './server-connections.ts'

/** Where a {@link TenantLease} gets its connections. */
export interface TenantLeaseOptions {
  readonly poolOf: () => Promise<PoolOfServer>
  /** Called once. Without it the lease has no end, and holds no database. */
  readonly onEnd?: () => void
}

/** Looks at a database whose connections are closed while they are waited for. */
const ATTEMPTS = 3

/** The connections of one piece of work: none of them is left when it ends, and none is given afterwards. */
export class TenantLease implements ConnectionSource {
  readonly #databaseName: string
  readonly #options: TenantLeaseOptions
  /** More than one when the database was released in between. */
  readonly #pools = new Set<PoolOfServer>()
  readonly #out = new Map<PooledConnection, PoolOfServer>()
  #ended = false

  constructor(databaseName: string, options: TenantLeaseOptions) {
    this.#databaseName = databaseName
    this.#options = options
  }

  /**
   * @throws LeaseEndedError; StandardApiError `SERVICE_UNAVAILABLE`; DatabaseGoneError; IsolationViolationError
   */
  async connect(): Promise<PoolClient> {
    const { from, connection } = await this.#checkout()
    if (this.#ended) from.server.release(from.pool, connection)
    this.#assertRunning()
    this.#out.set(connection, from)
    return connection.checkedOut(() => {
      if (this.#out.delete(connection)) from.server.release(from.pool, connection)
    })
  }

  /** Ends the lease. What its work left running, a query or a transaction, is cut. */
  async end(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    for (const [connection, { server, pool }] of this.#out) server.cut(pool, connection)
    this.#out.clear()
    for (const { server, pool } of this.#pools) server.letGo(pool)
    this.#options.onEnd?.()
  }

  async #checkout() {
    for (let attempt = 1; ; attempt += 1) {
      this.#assertRunning()
      let from = await this.#options.poolOf()
      // It may have become unused, and been forgotten, in the meantime.
      while (from.pool.closed) from = await this.#options.poolOf()
      this.#assertRunning()
      this.#hold(from)
      try {
        return { from, connection: await from.server.checkout(from.pool) }
      } catch (error) {
        if (!(error instanceof PoolClosedError)) throw error
        if (attempt === ATTEMPTS) throw StandardApiError.unavailable(1, error)
      }
    }
  }

  #hold(from: PoolOfServer): void {
    if (!this.#options.onEnd || this.#pools.has(from)) return
    this.#pools.add(from)
    from.server.hold(from.pool)
  }

  #assertRunning(): void {
    if (this.#ended) throw new LeaseEndedError(this.#databaseName)
  }
}
