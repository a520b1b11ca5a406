/** How many connections there may be, and how long anything lasts. Times are in ms. */
export interface ConnectionLimits {
  /** Connections to one server. @default 60 */
  readonly budget?: number
  /** Connections to one tenant's database. @default 3 */
  readonly perTenant?: number
  /** How long a connection that nobody uses stays open. @default 30_000 */
  readonly idleTimeout?: number
  /** How long a request waits for a connection before it is answered 503. @default 2_000 */
  readonly waitTimeout?: number
}

/** The limits with their defaults. */
export function connectionLimits(limits: ConnectionLimits): Required<ConnectionLimits> {
  const { budget = 60, perTenant = 3, idleTimeout = 30_000, waitTimeout = 2_000 } = limits
  return { budget, perTenant, idleTimeout, waitTimeout }
}
