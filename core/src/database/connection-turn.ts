import type { PooledConnection } from './pooled-connection.ts'
import type { TenantPool } from './tenant-pool.ts'

/**
 * So long after it was opened, in ms, a connection stays with the work that it was opened for, though others wait.
 * Without it, each statement of more pieces of work than there are connections would open one anew.
 */
const TURN = 100

/** When the work that a connection was opened for may lose it, in ms of the monotonic clock. */
export function turnEnd({ openedAt }: PooledConnection): number {
  return openedAt + TURN
}

/** Whether the connection was opened a moment ago for work that goes on. */
export function isItsTurn(pool: TenantPool, connection: PooledConnection): boolean {
  return pool.leases > 0 && performance.now() < turnEnd(connection)
}
