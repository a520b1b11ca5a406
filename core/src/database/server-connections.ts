import { StandardApiError } from '@mt-paas/server'
import { NoFreeConnectionError, PoolClosedError } from '../error/connection-errors.ts'
import type { ConnectionLimits } from './connection-limits.ts'
import { isItsTurn, turnEnd } from './connection-turn.ts'
import type { PooledConnection } from './pooled-connection.ts'
import { isConnectionLoss } from './sql-state.ts'
import type { TenantPool } from './tenant-pool.ts'

/** A pool and the server that counts it. */
export interface PoolOfServer {
  readonly server: ServerConnections
  readonly pool: TenantPool
}

/** What a waiting request gets: a connection of its database, or a place for a new one, which an idle one may hold. */
interface Grant {
  readonly own?: PooledConnection
  readonly evicted?: PooledConnection
}

interface Waiter {
  readonly pool: TenantPool
  readonly since: number
  grant(granted: Grant): void
  refuse(error: Error): void
}

/** While somebody else has waited no longer than this, a connection goes to who needs no new one. In ms. */
const PATIENCE = 250
/** What is left at least, in ms, for opening a connection after a long wait for its place. */
const SHORTEST_CONNECT = 250

/** The connections to the tenants' databases of one server, never more than its budget. */
export class ServerConnections {
  readonly #limits: Required<ConnectionLimits>
  readonly #onUnused: (pool: TenantPool) => void
  /** Idle connections of all databases, least recently used first. */
  readonly #idle = new Map<PooledConnection, TenantPool>()
  readonly #waiters = new Set<Waiter>()
  #open = 0
  #connects = 0
  #evictions = 0
  #timeouts = 0
  #sweeper: NodeJS.Timeout | undefined
  #turnEnd: NodeJS.Timeout | undefined

  /** @param onUnused called when a pool has no connection and no lease any more */
  constructor(limits: Required<ConnectionLimits>, onUnused: (pool: TenantPool) => void) {
    this.#limits = limits
    this.#onUnused = onUnused
  }

  get gauges() {
    return {
      open: this.#open,
      idle: this.#idle.size,
      waiting: this.#waiters.size,
      connects: this.#connects,
      evictions: this.#evictions,
      timeouts: this.#timeouts,
    }
  }

  /**
   * A connection of the pool, for one user until it is released.
   * @throws StandardApiError `SERVICE_UNAVAILABLE` when none becomes free in time or the server does not answer;
   * PoolClosedError
   */
  async checkout(pool: TenantPool): Promise<PooledConnection> {
    if (pool.closed) throw new PoolClosedError(pool.databaseName)
    const deadline = performance.now() + this.#limits.waitTimeout
    const idle = pool.idle.pop()
    if (idle) {
      this.#idle.delete(idle)
      return this.#use(pool, idle)
    }
    const victim = this.#open < this.#limits.budget ? undefined : this.#victim()
    if (!this.#hasRoom(pool) || (this.#open >= this.#limits.budget && !victim)) return this.#wait(pool, deadline)
    if (victim) this.#evict(victim)
    else this.#open += 1
    pool.open += 1
    return this.#connect(pool, deadline, victim)
  }

  /** Tells that a piece of work uses the pool's database, until {@link letGo}. */
  hold(pool: TenantPool): void {
    pool.leases += 1
  }

  letGo(pool: TenantPool): void {
    pool.leases -= 1
    if (pool.unused) this.#onUnused(pool)
    else if (pool.leases === 0) this.#offerIdle()
  }

  /** Takes a connection back, or closes it when something still runs on it. */
  release(pool: TenantPool, connection: PooledConnection): void {
    if (!pool.busy.delete(connection)) return
    if (pool.closed || !connection.reusable) {
      void this.#discard(pool, connection)
      return
    }
    const own = this.#first((waiter) => waiter.pool === pool)
    const other = this.#first((waiter) => waiter.pool !== pool && this.#hasRoom(waiter.pool))
    const itsTurn = isItsTurn(pool, connection)
    if (own && (itsTurn || !isOverdue(other, own))) {
      this.#grant(own, { own: this.#use(pool, connection) })
    } else if (other && !itsTurn) {
      this.#evictions += 1
      this.#leave(pool)
      this.#grant(other, { evicted: connection })
    } else {
      this.#keep(pool, connection)
    }
  }

  /** Closes a connection that its user has not given back. */
  cut(pool: TenantPool, connection: PooledConnection): void {
    if (pool.busy.delete(connection)) void this.#discard(pool, connection)
  }

  /** Closes a pool: idle connections at once, others when they come back, or after `grace` ms. */
  async close(pool: TenantPool, grace: number): Promise<void> {
    pool.closed = true
    for (const waiter of [...this.#waiters].filter((one) => one.pool === pool)) {
      this.#waiters.delete(waiter)
      waiter.refuse(new PoolClosedError(pool.databaseName))
    }
    const idle = pool.idle.splice(0)
    for (const connection of idle) this.#idle.delete(connection)
    await Promise.all(idle.map((connection) => this.#discard(pool, connection)))
    const deadline = performance.now() + grace
    while (pool.open > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
    const busy = [...pool.busy]
    pool.busy.clear()
    await Promise.all(busy.map((connection) => this.#discard(pool, connection)))
  }

  #hasRoom(pool: TenantPool): boolean {
    return !pool.closed && pool.open < this.#limits.perTenant
  }

  #first(fits: (waiter: Waiter) => boolean): Waiter | undefined {
    for (const waiter of this.#waiters) if (fits(waiter)) return waiter
    return undefined
  }

  /** Counts a place for a new connection here and now, not when the waiter goes on. */
  #grant(waiter: Waiter, granted: Grant): void {
    this.#waiters.delete(waiter)
    if (!granted.own) waiter.pool.open += 1
    waiter.grant(granted)
  }

  /** The least recently used connection that its work may lose, of a database that no work holds if there is one. */
  #victim(): PooledConnection | undefined {
    let held: PooledConnection | undefined
    for (const [connection, pool] of this.#idle) {
      if (pool.leases === 0) return connection
      if (!held && !isItsTurn(pool, connection)) held = connection
    }
    return held
  }

  /** Gives those who wait the places of idle connections that have become free to take. */
  #offerIdle(): void {
    for (;;) {
      const next = this.#first((waiter) => this.#hasRoom(waiter.pool))
      const victim = next && this.#victim()
      if (!next || !victim) break
      this.#evict(victim)
      this.#grant(next, { evicted: victim })
    }
    this.#offerLater()
  }

  /** Looks again when the next turn of an idle connection ends, as long as somebody waits. */
  #offerLater(): void {
    if (this.#turnEnd || this.#waiters.size === 0 || this.#idle.size === 0) return
    const now = performance.now()
    let next = Number.POSITIVE_INFINITY
    for (const connection of this.#idle.keys()) {
      const end = turnEnd(connection)
      if (end > now) next = Math.min(next, end)
    }
    if (next === Number.POSITIVE_INFINITY) return
    const look = () => {
      this.#turnEnd = undefined
      this.#offerIdle()
    }
    this.#turnEnd = setTimeout(look, Math.ceil(next - now)).unref()
  }

  /** Takes an idle connection from its pool; its place in the budget goes to who evicts it. */
  #evict(victim: PooledConnection): void {
    const pool = this.#idle.get(victim)
    this.#idle.delete(victim)
    this.#evictions += 1
    pool?.removeIdle(victim)
    if (pool) this.#leave(pool)
  }

  /** Opens a connection in a place that is counted already. */
  async #connect(pool: TenantPool, deadline: number, evicted?: PooledConnection): Promise<PooledConnection> {
    this.#connects += 1
    try {
      await evicted?.close()
      const connection = await pool.openConnection(Math.max(deadline - performance.now(), SHORTEST_CONNECT))
      connection.openedAt = performance.now()
      return this.#use(pool, connection)
    } catch (error) {
      this.#giveUpPlace(pool)
      throw isConnectionLoss(error) ? StandardApiError.unavailable(1, error) : error
    }
  }

  #use(pool: TenantPool, connection: PooledConnection): PooledConnection {
    connection.onBroken = () => undefined
    pool.busy.add(connection)
    return connection
  }

  async #wait(pool: TenantPool, deadline: number): Promise<PooledConnection> {
    const { promise, resolve, reject } = Promise.withResolvers<Grant>()
    const waiter: Waiter = { pool, since: performance.now(), grant: resolve, refuse: reject }
    this.#waiters.add(waiter)
    pool.waiting += 1
    this.#offerLater()
    const timer = setTimeout(() => {
      if (!this.#waiters.delete(waiter)) return
      this.#timeouts += 1
      const reason = new NoFreeConnectionError(pool.databaseName, this.#limits.waitTimeout)
      reject(StandardApiError.unavailable(1, reason))
    }, this.#limits.waitTimeout)
    const { own, evicted } = await promise.finally(() => {
      clearTimeout(timer)
      pool.waiting -= 1
      if (pool.unused) this.#onUnused(pool)
    })
    return own ?? this.#connect(pool, deadline, evicted)
  }

  #keep(pool: TenantPool, connection: PooledConnection): void {
    connection.idleSince = performance.now()
    connection.onBroken = () => this.#dropIdle(pool, connection)
    pool.idle.push(connection)
    this.#idle.set(connection, pool)
    this.#offerLater()
    this.#sweepLater()
  }

  #dropIdle(pool: TenantPool, connection: PooledConnection): void {
    if (!this.#idle.delete(connection)) return
    pool.removeIdle(connection)
    void this.#discard(pool, connection)
  }

  async #discard(pool: TenantPool, connection: PooledConnection): Promise<void> {
    await connection.close()
    this.#giveUpPlace(pool)
  }

  #giveUpPlace(pool: TenantPool): void {
    this.#leave(pool)
    const next = this.#first((waiter) => this.#hasRoom(waiter.pool))
    if (next) this.#grant(next, {})
    else this.#open -= 1
  }

  #leave(pool: TenantPool): void {
    pool.open -= 1
    if (pool.unused) this.#onUnused(pool)
  }

  #sweepLater(): void {
    const oldest = this.#idle.keys().next().value
    if (this.#sweeper || !oldest) return
    const due = oldest.idleSince + this.#limits.idleTimeout - performance.now()
    this.#sweeper = setTimeout(() => this.#sweep(), Math.max(due, 1))
    this.#sweeper.unref()
  }

  #sweep(): void {
    this.#sweeper = undefined
    const before = performance.now() - this.#limits.idleTimeout
    for (const [connection, pool] of this.#idle) {
      if (connection.idleSince > before) break
      this.#dropIdle(pool, connection)
    }
    this.#sweepLater()
  }
}

/** Whether somebody has waited longer than `own`, and so long that a new connection is worth it. */
function isOverdue(other: Waiter | undefined, own: Waiter): boolean {
  return other !== undefined && other.since < own.since && performance.now() - other.since > PATIENCE
}
