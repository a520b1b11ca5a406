import type { AdminSession } from '../database/admin-session.ts'
import { type DatabaseNote, parseDatabaseComment } from '../database/database-comment.ts'
import { roleComment } from '../database/tenant-role.ts'
import { FRESH_PREFIX, freshComment } from '../fleet/fresh-schema.ts'

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
  /** Roles whose comment names this central database. */
  readonly roles: ReadonlySet<string>
}

/** What is looked at on a server. */
export interface Territory {
  readonly centralId: string
  /** What the names of tenants' databases begin with. */
  readonly databasePrefix: string
  /** Names of databases that the central database knows, whatever they begin with. */
  readonly known: ReadonlySet<string>
}

const WORKING_PREFIXES = ['mt_warm_', FRESH_PREFIX, 'mt_template_', 'mt_making_']

/** Whether a database or role of ours may have the name. */
export function isOurName(name: string, { databasePrefix, known }: Omit<Territory, 'centralId'>): boolean {
  return known.has(name) || [databasePrefix, ...WORKING_PREFIXES].some((prefix) => name.startsWith(prefix))
}

/** Reads a server's catalogues. */
export async function readCatalogue(
  serverId: string,
  session: AdminSession,
  territory: Territory,
): Promise<ServerCatalogue> {
  const databases = await session.query<Omit<CatalogueDatabase, 'note' | 'fresh'> & { comment: string | null }>(
    `select datname as name, datallowconn as open, datconnlimit = -2 as invalid,
        has_database_privilege('public', oid, 'CONNECT') as "publicConnect",
        shobj_description(oid, 'pg_database') as comment
      from pg_database`,
  )
  const roles = await session.query<{ name: string }>(
    `select rolname as name from pg_roles where shobj_description(oid, 'pg_authid') = $1`,
    [roleComment(territory.centralId)],
  )
  const ours = databases.filter(({ name }) => isOurName(name, territory))
  return {
    serverId,
    databases: new Map(
      ours.map(({ comment, ...database }) => {
        const fresh = database.name.startsWith(FRESH_PREFIX) && comment === freshComment(territory.centralId)
        return [database.name, { ...database, note: parseDatabaseComment(comment), fresh }]
      }),
    ),
    roles: new Set(roles.map(({ name }) => name).filter((name) => isOurName(name, territory))),
  }
}
