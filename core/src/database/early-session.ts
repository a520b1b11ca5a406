import { type AdminSession, adminClient, adminSession, withAdminSession } from './admin-session.ts'

/** A session on a database that may not exist yet. */
export interface CopySession extends AsyncDisposable {
  /**
   * Runs `work` in the database, which exists by now.
   * @param open resolves when it takes connections, which needs not be yet
   */
  use<TResult>(open: Promise<unknown>, work: (inside: AdminSession) => Promise<TResult>): Promise<TResult>
}

/** Longest time that a login may take, in ms: the server waits with every `DROP DATABASE` until it has ended. */
const LOGIN_LIMIT = 250

/**
 * Begins to connect. PostgreSQL looks for the database only when it knows who connects, so the last message of the login
 * (RFC 5802) is kept back until {@link CopySession.use}, and what comes before is done by then. Where that does not work,
 * as where no password is asked for or the wait was too long, connecting begins anew when the database is open.
 */
export function earlySession(url: string, database: string): CopySession {
  const client = adminClient(url, database, LOGIN_LIMIT)
  const { connection } = client
  const exists = Promise.withResolvers<void>()
  const send = connection.sendSCRAMClientFinalMessage
  connection.sendSCRAMClientFinalMessage = (message) => void exists.promise.then(() => send.call(connection, message))
  const connected = client.connect().then(
    () => true,
    () => false,
  )
  return {
    async use(open, work) {
      exists.resolve()
      if (await connected) return work(adminSession(client))
      return lateSession(url, database).use(open, work)
    },
    async [Symbol.asyncDispose]() {
      // Nobody waits for the end of a session.
      client.end().catch(() => undefined)
    },
  }
}

/** Connects when the database is open. */
export function lateSession(url: string, database: string): CopySession {
  return {
    async use(open, work) {
      await open
      return withAdminSession({ url, database, endsLater: true }, work)
    },
    async [Symbol.asyncDispose]() {},
  }
}
