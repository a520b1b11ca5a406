import type { PooledConnection } from './pooled-connection.ts'

/** Opens and checks a connection within so many ms. */
export type OpenConnection = (timeout: number) => Promise<PooledConnection>

/** Connections to one tenant's database; its server counts them. */
export class TenantPool {
  readonly databaseName: string
  /** Whose it is; null for none. */
  readonly tenantId: string | null
  readonly openConnection: OpenConnection
  /** Least recently used first. */
  readonly idle: PooledConnection[] = []
  readonly busy = new Set<PooledConnection>()
  /** Includes those that are being opened. */
  open = 0
  /** Requests for a connection that wait for one. */
  waiting = 0
  /** A closed pool gives nothing out and keeps nothing. */
  closed = false
  /** Pieces of work that use the database: connections of other databases are evicted before its own. */
  leases = 0

  constructor(
    { databaseName, tenantId }: { readonly databaseName: string; readonly tenantId: string | null },
    openConnection: OpenConnection,
  ) {
    this.databaseName = databaseName
    this.tenantId = tenantId
    this.openConnection = openConnection
  }

  /** Whether nobody would miss it. */
  get unused(): boolean {
    return this.open === 0 && this.waiting === 0 && this.leases === 0
  }

  /** Takes out an idle connection. */
  removeIdle(connection: PooledConnection): void {
    const index = this.idle.indexOf(connection)
    if (index >= 0) this.idle.splice(index, 1)
  }
}
