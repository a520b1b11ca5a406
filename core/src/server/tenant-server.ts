import { type AdminSession, withAdminSession } from '../database/admin-session.ts'

/** Id of the server that also holds the central database. */
export const CENTRAL_SERVER = 'central'

/** How a server copies a template: as it does by itself, by copying files, or by cloning them where its file system can. */
export type CopyStrategy = 'default' | 'file_copy' | 'file_clone'

/** A PostgreSQL server that holds tenants' databases. */
export interface TenantServer {
  readonly id: string
  /** Connection string of a role that may make databases and roles. */
  readonly url: string
  /** Where tenants' connections go, as to a pooler; sessions that hold locks never go there. */
  readonly poolUrl: string
  /** Most databases it should hold. */
  readonly capacity: number
  /** A closed server gets no new tenants. */
  readonly state: 'open' | 'closed'
  /** Undefined until it was tried. */
  readonly copyStrategy: CopyStrategy | undefined
}

/** What making a database on a server needs to know of it. */
export type MakingPlace = Pick<TenantServer, 'id' | 'url' | 'copyStrategy'>

/** Which server, and how its administrator reaches it. */
export type ServerAddress = Pick<TenantServer, 'id' | 'url'>

/**
 * Runs `work` with a session on the server.
 * @param session of the central database's server, used when that is the one
 */
export function onServer<TResult>(
  server: ServerAddress,
  session: AdminSession | undefined,
  work: (session: AdminSession) => Promise<TResult>,
): Promise<TResult> {
  if (session && server.id === CENTRAL_SERVER) return work(session)
  return withAdminSession({ url: server.url }, work)
}
