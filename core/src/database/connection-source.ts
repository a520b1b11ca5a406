import type { PoolClient } from 'pg'

/** Gives connections to one database; `Pool` of `pg` is one. */
export interface ConnectionSource {
  /** A connection for one user until its `release()`. */
  connect(): Promise<PoolClient>
  /** Nobody asks for a connection any more. */
  end(): Promise<void>
}
