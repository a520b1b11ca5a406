import type { AdminSession } from '../database/admin-session.ts'
import { type DatabaseNote, parseDatabaseComment } from '../database/database-comment.ts'
import { FRESH_COMMENT, FRESH_PREFIX } from '../fleet/fresh-schema.ts'

/** A database that looks like one of ours. */
export interface CatalogueDatabase {
  readonly name: string
  /** Whether it takes connections. */
  readonly open: boolean
  /** Whether its removal was cut off. */
  readonly invalid: boolean
  /** Whether every role may connect. */
  readonly publicConnect: boolean
  /** What its comment says; undefined when that is none of ours. */
  readonly note: DatabaseNote | undefined
  /** Whether it was made for a moment. */
  readonly fresh: boolean
}

/** What a server has that looks like ours. */
export interface ServerCatalogue {
  readonly serverId: string
  readonly databases: ReadonlyMap<string, CatalogueDatabase>
  /** Login roles with the comment that ours have. */
  readonly roles: ReadonlySet<string>
}

/** Names that ours begin with. */
export const OUR_NAMES = /^(?:tenant_|mt_warm_|mt_fresh_|mt_template_|mt_making_)/

/** Reads a server's catalogues. */
export async function readCatalogue(serverId: string, session: AdminSession): Promise<ServerCatalogue> {
  const databases = await session.query<Omit<CatalogueDatabase, 'note' | 'fresh'> & { comment: string | null }>(
    `select datname as name, datallowconn as open, datconnlimit = -2 as invalid,
        has_database_privilege('public', oid, 'CONNECT') as "publicConnect",
        shobj_description(oid, 'pg_database') as comment
      from pg_database where datname like 'tenant\\_%' or datname like 'mt\\_%'`,
  )
  const roles = await session.query<{ name: string }>(
    `select rolname as name from pg_roles where shobj_description(oid, 'pg_authid') = 'mt-paas tenant role'`,
  )
  const ours = databases.filter(({ name }) => OUR_NAMES.test(name))
  return {
    serverId,
    databases: new Map(
      ours.map(({ comment, ...database }) => {
        const fresh = database.name.startsWith(FRESH_PREFIX) && comment === FRESH_COMMENT
        return [database.name, { ...database, note: parseDatabaseComment(comment), fresh }]
      }),
    ),
    roles: new Set(roles.map(({ name }) => name)),
  }
}
