/** What connections to tenants' databases are doing, for metrics and for `doctor`. */
export interface ConnectionGauges {
  /** Connections that exist or are being opened, at most the budget a server. */
  readonly open: number
  /** Open connections that nobody uses. */
  readonly idle: number
  /** Databases with at least one connection. */
  readonly pools: number
  /** Pieces of work that hold a lease on a database now. */
  readonly leased: number
  /** Requests for a connection that wait for one. */
  readonly waiting: number
  /** Connections opened since the start. */
  readonly connects: number
  /** Idle connections closed to make room for another database since the start. */
  readonly evictions: number
  /** Requests for a connection that waited in vain since the start. */
  readonly timeouts: number
  /** Connections that led to another database than asked for since the start. */
  readonly violations: number
}
