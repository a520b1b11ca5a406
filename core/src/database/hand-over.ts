import type { AdminSession } from './admin-session.ts'

/**
 * Statement that gives everything in the connected database to a role, except what belongs to PostgreSQL, to an
 * extension or to the identity row. (`REASSIGN OWNED` would take other databases too.)
 */
export function handOverSql(session: AdminSession, role: string): string {
  const name = session.identifier(role)
  const body = `
    declare
      statement text;
    begin
      for statement in ${statementsFor(session.literal(role))} loop
        execute statement || ${session.literal(` owner to ${name}`)};
      end loop;
    end`
  return `
    revoke all on schema public from public;
    grant usage, create on schema public to ${name};
    do ${session.literal(body)}`
}

function statementsFor(role: string): string {
  const owner = `(select oid from pg_roles where rolname = ${role})`
  return `
    select format('alter schema %I', n.nspname) from pg_namespace n
      where ${OURS} and n.nspname <> 'public' and n.nspowner <> ${owner} and ${noExtensionHas('pg_namespace', 'n.oid')}
    union all
    select format('alter %s %I.%I', case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
        when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end, n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and c.relowner <> ${owner}
        and (n.nspname, c.relname) <> ('public', 'mt_identity') and ${noExtensionHas('pg_class', 'c.oid')}
        and not exists (select from pg_depend o where o.classid = 'pg_class'::regclass and o.objid = c.oid
          and c.relkind = 'S' and o.refclassid = 'pg_class'::regclass and o.deptype in ('a', 'i'))
    union all
    select format('alter routine %s', p.oid::regprocedure) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${OURS} and p.prokind <> 'a' and p.proowner <> ${owner} and ${noExtensionHas('pg_proc', 'p.oid')}
    union all
    select format('alter type %I.%I', n.nspname, t.typname) from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where ${OURS} and t.typowner <> ${owner} and ${noExtensionHas('pg_type', 't.oid')}
        and (t.typtype in ('e', 'd', 'r')
          or t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))`
}

const OURS = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

function noExtensionHas(catalogue: string, oid: string): string {
  return `not exists (select from pg_depend e
    where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`
}
