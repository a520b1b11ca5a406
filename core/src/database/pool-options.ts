import type { PoolConfig } from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'

/** What one pool of connections may do. */
export interface PoolLimits {
  readonly max: number
  /** Longest query, in ms, counted here: a silent server would otherwise be waited for without end. */
  readonly queryTimeout: number
  /** Longest wait for a connection, in ms. @default 2_000, which suits callers who wait for an answer */
  readonly connectionTimeout?: number
}

const CONNECTION_TIMEOUT = 2_000
/** For work in the background and at the start, where a busy server is no reason to give up. In ms. */
export const PATIENT_CONNECTION_TIMEOUT = 15_000
const IDLE_TIMEOUT = 30_000

/**
 * Options of a pool to one database of the server that `url` names.
 * @param database the database's name; undefined takes the one of the URL
 */
export function poolOptions(url: string, database: string | undefined, limits: PoolLimits): PoolConfig {
  const { database: ownDatabase, ...server } = parseIntoClientConfig(url)
  return {
    application_name: 'mt-paas',
    ...server,
    database: database ?? ownDatabase,
    max: limits.max,
    idleTimeoutMillis: IDLE_TIMEOUT,
    connectionTimeoutMillis: limits.connectionTimeout ?? CONNECTION_TIMEOUT,
    query_timeout: limits.queryTimeout,
    keepAlive: true,
  }
}

/** Name of the database in a connection string. */
export function databaseOf(url: string): string {
  return parseIntoClientConfig(url).database ?? 'postgres'
}
