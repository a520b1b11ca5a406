import { escapeIdentifier, escapeLiteral } from 'pg'
import type { AdminSession } from './admin-session.ts'

/** Whose a tenant's schema is: migrations run as its owner, the service as its user. */
export interface SchemaRoles {
  readonly owner: string
  readonly user: string
}

/** A right that the user of a schema has on things of the owner. */
export interface SchemaRight {
  readonly rights: string
  /** Of one kind of things, or of all of that kind that the owner will make. */
  readonly kind: 'schema' | 'table' | 'sequence' | 'schemas' | 'tables' | 'sequences'
  /** Quoted, with their schemas; null for what will be made. */
  readonly names: string | null
}

/** Reads what the user of the connected database's schema has to be given: to work with rows, and to change no table. */
export function readSchemaUse(inside: AdminSession, owner: string): Promise<readonly SchemaRight[]> {
  const ownerId = `${escapeLiteral(escapeIdentifier(owner))}::regrole`
  return inside.query<SchemaRight>(`
    select ${SCHEMA} as rights, 'schema' as kind, string_agg(quote_ident(nspname), ', ') as names
      from pg_namespace where nspowner = ${ownerId} or nspname = 'public'
    union all
    select case kind when 'sequence' then ${SEQUENCE} when 'table' then ${TABLE} else ${HISTORY} end,
        replace(kind, 'history', 'table'), string_agg(name, ', ')
      from (select format('%I.%I', n.nspname, c.relname) as name, case when c.relkind = 'S' then 'sequence'
          when c.oid = to_regclass('public.mikro_orm_migrations') then 'history' else 'table' end as kind
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relowner = ${ownerId} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')) as found
      group by kind
    union all values (${SCHEMA}, 'schemas', null), (${TABLE}, 'tables', null), (${SEQUENCE}, 'sequences', null)`)
}

/** Statements that give it. */
export function grantUseSql(use: readonly SchemaRight[], roles: SchemaRoles): readonly string[] {
  const [owner, user] = [escapeIdentifier(roles.owner), escapeIdentifier(roles.user)]
  return use.map(({ rights, kind, names }) =>
    names === null
      ? `alter default privileges for role ${owner} grant ${rights} on ${kind} to ${user}`
      : `grant ${rights} on ${kind} ${names} to ${user}`,
  )
}

const SCHEMA = `'usage'`
const SEQUENCE = `'usage, select, update'`
/** Refreshing a materialized view is a right of its own since PostgreSQL 17. */
const TABLE = `'select, insert, update, delete, truncate, references'
  || case when current_setting('server_version_num')::int >= 170000 then ', maintain' else '' end`
/** Which migrations have run is written by who runs them. */
const HISTORY = `'select'`
