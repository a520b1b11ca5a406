import { StandardApiError } from '@mt-paas/server'
import { DatabaseGoneError, IsolationViolationError, PoolClosedError } from '../error/connection-errors.ts'
import type { ConnectionGauges } from './connection-gauges.ts'
import { type ConnectionLimits, connectionLimits } from './connection-limits.ts'
import type { TenantDatabaseName } from './make-database.ts'
import type { PooledConnection } from './pooled-connection.ts'
import { type PoolOfServer, ServerConnections } from './server-connections.ts'
import { isDatabaseGone, isLoginRefused } from './sql-state.ts'
import { TenantLease } from './tenant-lease.ts'
import { type OpenConnection, TenantPool } from './tenant-pool.ts'

/** A database that was looked up: on which server it is, and how to open a checked connection to it. */
export interface LocatedDatabase {
  readonly serverId: string
  /** Whose it is; null for none. */
  readonly tenantId: string | null
  /** Another one when anything else was found. */
  readonly version: string
  readonly openConnection: OpenConnection
}

/** What {@link TenantConnections} works with. */
export interface TenantConnectionsOptions {
  readonly limits: ConnectionLimits
  /** Looks a database up; asked again when a connection could not be opened. */
  readonly locate: (databaseName: string) => Promise<LocatedDatabase>
  /** Called when a database turned out to be missing or closed. */
  readonly onGone: (databaseName: string, tenantId: string | null) => void
}

/** How long connections in use may go on when their database is released, in ms. */
const GRACE = 2_000

/** Databases without connections whose place is remembered, at about 1 kB each. */
const REMEMBERED = 5_000

/** Connections to the tenants' databases of all servers. */
export class TenantConnections {
  readonly #options: TenantConnectionsOptions
  readonly #limits: Required<ConnectionLimits>
  readonly #servers = new Map<string, ServerConnections>()
  readonly #pools = new Map<string, PoolOfServer>()
  /** Where databases were found last, also those without connections; the latest found last. */
  readonly #located = new Map<string, LocatedDatabase>()
  /** One look-up at a time for each database. */
  readonly #locating = new Map<string, Promise<LocatedDatabase>>()
  readonly #leases = new Set<TenantLease>()
  #violations = 0

  constructor(options: TenantConnectionsOptions) {
    this.#options = options
    this.#limits = connectionLimits(options.limits)
  }

  get gauges(): ConnectionGauges {
    const all = [...this.#servers.values()].map((server) => server.gauges)
    const sum = (key: keyof ServerConnections['gauges']) => all.reduce((total, gauges) => total + gauges[key], 0)
    return {
      open: sum('open'),
      idle: sum('idle'),
      pools: this.#pools.size,
      leased: this.#leases.size,
      waiting: sum('waiting'),
      connects: sum('connects'),
      evictions: sum('evictions'),
      timeouts: sum('timeouts'),
      violations: this.#violations,
    }
  }

  /** Connections for one piece of work, none of which is left when it ends. */
  lease({ databaseName, tenantId }: TenantDatabaseName): TenantLease {
    const lease = new TenantLease(databaseName, {
      poolOf: () => this.#poolOf(databaseName, tenantId),
      onEnd: () => void this.#leases.delete(lease),
    })
    this.#leases.add(lease)
    return lease
  }

  /** Connections for whoever asks, for as long as this object lives. */
  unleased(databaseName: string): TenantLease {
    return new TenantLease(databaseName, { poolOf: () => this.#poolOf(databaseName) })
  }

  /** Ends the connections to a database; those in use get a moment to come back. */
  async release(databaseName: string): Promise<void> {
    const found = this.#pools.get(databaseName)
    this.#pools.delete(databaseName)
    this.#located.delete(databaseName)
    await found?.server.close(found.pool, GRACE)
  }

  /** Ends every connection; those in use get a moment to come back. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.keys()].map((databaseName) => this.release(databaseName)))
  }

  async #poolOf(databaseName: string, tenantId?: string): Promise<PoolOfServer> {
    let found = this.#pools.get(databaseName)
    if (!found) {
      const located = await this.#locate(databaseName)
      found = this.#pools.get(databaseName) ?? this.#addPool(databaseName, located)
    }
    if (tenantId !== undefined && found.pool.tenantId !== tenantId) {
      this.#violations += 1
      throw new IsolationViolationError(databaseName, `the tenant ${found.pool.tenantId} instead of ${tenantId}`)
    }
    return found
  }

  async #locate(databaseName: string): Promise<LocatedDatabase> {
    const known = this.#located.get(databaseName)
    if (known) return known
    const running = this.#locating.get(databaseName)
    if (running) return running
    const locating = this.#options.locate(databaseName).finally(() => this.#locating.delete(databaseName))
    this.#locating.set(databaseName, locating)
    const location = await locating
    this.#located.set(databaseName, location)
    const oldest = this.#located.keys().next().value
    if (this.#located.size > REMEMBERED && oldest !== undefined) this.#located.delete(oldest)
    return location
  }

  #addPool(databaseName: string, located: LocatedDatabase): PoolOfServer {
    let server = this.#servers.get(located.serverId)
    if (!server) {
      server = new ServerConnections(this.#limits, (pool) => this.#forgetUnused(pool))
      this.#servers.set(located.serverId, server)
    }
    const pool = new TenantPool({ databaseName, tenantId: located.tenantId }, (timeout) =>
      this.#open(pool, located, timeout),
    )
    const added = { server, pool }
    this.#pools.set(databaseName, added)
    return added
  }

  async #open(pool: TenantPool, located: LocatedDatabase, timeout: number): Promise<PooledConnection> {
    try {
      return await located.openConnection(timeout)
    } catch (error) {
      // The server may be another one by now; the next look is a fresh one.
      if (this.#located.get(pool.databaseName) === located) this.#located.delete(pool.databaseName)
      const violated = error instanceof IsolationViolationError
      const gone = isDatabaseGone(error)
      if (!violated && !gone && !isLoginRefused(error)) throw error
      this.#forget(pool)
      const again = await this.#locate(pool.databaseName).catch(() => located)
      // It was made anew, or moved; whoever waits for this connection goes there.
      if (again.version !== located.version) throw new PoolClosedError(pool.databaseName)
      if (violated) {
        this.#violations += 1
        throw error
      }
      if (gone) this.#options.onGone(pool.databaseName, pool.tenantId)
      throw gone ? new DatabaseGoneError(error) : StandardApiError.unavailable(1, error)
    }
  }

  /** What was known of the database may be wrong; the next request looks it up. */
  #forget(pool: TenantPool): void {
    const found = this.#pools.get(pool.databaseName)
    if (found?.pool !== pool) return
    this.#pools.delete(pool.databaseName)
    void found.server.close(pool, GRACE)
  }

  #forgetUnused(pool: TenantPool): void {
    if (!pool.unused || this.#pools.get(pool.databaseName)?.pool !== pool) return
    this.#pools.delete(pool.databaseName)
    pool.closed = true
  }
}
