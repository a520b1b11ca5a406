import type { Client, QueryResult } from 'pg'
import { OneRoundClient } from './one-round-client.ts'
import { PATIENT_CONNECTION_TIMEOUT, poolOptions } from './pool-options.ts'
import { takeLock, tryLock } from './session-lock.ts'

/** A single connection outside of every pool, for statements that no transaction may hold and for session locks. */
export interface AdminSession {
  /** Runs one statement; `parameters` fill `$1`, `$2`, … */
  query<TRow extends object>(sql: string, parameters?: readonly unknown[]): Promise<TRow[]>
  /** Runs statements without parameters in one round trip, all of them or none. */
  run(...statements: readonly string[]): Promise<void>
  /** Runs statements without parameters in one round trip, and gives the rows of each. */
  batch(...statements: readonly string[]): Promise<readonly (readonly object[])[]>
  /** Quotes a name as an SQL identifier. */
  identifier(name: string): string
  /** Quotes a text as an SQL literal, for statements that take no parameters. */
  literal(text: string): string
}

/** Where an admin session goes, and the lock it holds while it lasts. */
export interface AdminSessionOptions {
  readonly url: string
  /** @default the database of the URL */
  readonly database?: string
  /** Name of a lock on this database, held by at most one session of any process. @default none */
  readonly lock?: string
  /** Makes the error thrown when the lock is held; without it the session waits for the lock. */
  readonly whenLocked?: () => Error
  /** Whether the end of the connection is left to itself. @default false */
  readonly endsLater?: boolean
}

const LIMITS = { max: 1, queryTimeout: 120_000 }

/** Opens a connection for the duration of `work`. The lock goes with the connection, even when this process dies. */
export async function withAdminSession<TResult>(
  { url, database, lock, whenLocked, endsLater = false }: AdminSessionOptions,
  work: (session: AdminSession) => Promise<TResult>,
): Promise<TResult> {
  const client = adminClient(url, database)
  try {
    await client.connect()
    if (lock !== undefined) {
      if (!whenLocked) await takeLock(client, lock)
      else if (!(await tryLock(client, lock))) throw whenLocked()
    }
    return await work(adminSession(client))
  } finally {
    const ended = client.end().catch(() => undefined)
    if (!endsLater) await ended
  }
}

/**
 * A client that is not connected yet; it waits long for an answer.
 * @param connectionTimeout longest time to connect, in ms
 */
export function adminClient(
  url: string,
  database?: string,
  connectionTimeout = PATIENT_CONNECTION_TIMEOUT,
): OneRoundClient {
  const client = new OneRoundClient(poolOptions(url, database, { ...LIMITS, connectionTimeout }))
  // The query under way rejects as well; without a listener the event would end the process.
  client.on('error', () => undefined)
  return client
}

/** A connected client as work sees it. */
export function adminSession(client: Client): AdminSession {
  return {
    async query<TRow extends object>(sql: string, parameters: readonly unknown[] = []) {
      return (await client.query<TRow>(sql, [...parameters])).rows
    },
    async run(...statements) {
      await client.query(statements.join(';\n'))
    },
    async batch(...statements) {
      const results: unknown = await client.query(statements.join(';\n'))
      return (Array.isArray(results) ? (results as QueryResult<object>[]) : [results as QueryResult<object>]).map(
        ({ rows }) => rows,
      )
    },
    identifier: (name) => client.escapeIdentifier(name),
    literal: (text) => client.escapeLiteral(text),
  }
}
