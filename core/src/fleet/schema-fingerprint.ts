import { createHash } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'

/** What a database's schema is made of, one line each, sorted, and a digest of all. */
export interface SchemaFingerprint {
  readonly digest: string
  readonly lines: readonly string[]
}

/** What the schema of a tenant is compared without: the identity row and the list of migrations that were run. */
const NOT_COMPARED = `('mt_identity', 'mikro_orm_migrations')`

const OURS = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`
const TABLE = `${OURS} and c.relname not in ${NOT_COMPARED}`

function noExtensionHas(catalogue: string, oid: string): string {
  return `not exists (select from pg_depend e
    where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`
}

/** Neither owners nor rights: each tenant has its own. Positions of columns are not part of it either. */
const LINES = `
  select format('extension %s', extname) as line from pg_extension where extname <> 'plpgsql'
  union all
  select format('schema %I', n.nspname) from pg_namespace n where ${OURS} and n.nspname <> 'public'
    and ${noExtensionHas('pg_namespace', 'n.oid')}
  union all
  select format('%s %I.%I', case c.relkind when 'r' then 'table' when 'p' then 'partitioned table'
      when 'f' then 'foreign table' else 'sequence' end, n.nspname, c.relname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${TABLE} and c.relkind in ('r', 'p', 'f', 'S') and ${noExtensionHas('pg_class', 'c.oid')}
      and c.relname <> 'mikro_orm_migrations_id_seq'
  union all
  select format('%s %I.%I as %s', case c.relkind when 'v' then 'view' else 'materialized view' end, n.nspname, c.relname,
      pg_get_viewdef(c.oid))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${TABLE} and c.relkind in ('v', 'm') and ${noExtensionHas('pg_class', 'c.oid')}
  union all
  select format('column %I.%I.%I %s%s%s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attcollation <> t.typcollation then format(' collate %s', a.attcollation::regcollation) end,
      case when a.attnotnull then ' not null' end,
      case a.attidentity when 'a' then ' always as identity' when 'd' then ' by default as identity' end,
      case when d.oid is not null then
        format(case a.attgenerated when '' then ' default %s' else ' generated %s' end, pg_get_expr(d.adbin, d.adrelid)) end)
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where ${TABLE} and c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
      and ${noExtensionHas('pg_class', 'c.oid')}
  union all
  select format('constraint %I on %I.%I %s', k.conname, n.nspname, c.relname, pg_get_constraintdef(k.oid))
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where ${TABLE} and k.contype <> 'n' and ${noExtensionHas('pg_class', 'c.oid')}
  union all
  select pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' invalid' end
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where ${TABLE} and ${noExtensionHas('pg_class', 'c.oid')}
  union all
  select pg_get_triggerdef(g.oid) || case g.tgenabled when 'O' then '' else ' enabled ' || g.tgenabled::text end
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where ${TABLE} and not g.tgisinternal
  union all
  select format('policy %I on %I.%I %s %s', o.polname, n.nspname, c.relname, pg_get_expr(o.polqual, o.polrelid),
      pg_get_expr(o.polwithcheck, o.polrelid))
    from pg_policy o join pg_class c on c.oid = o.polrelid join pg_namespace n on n.oid = c.relnamespace where ${TABLE}
  union all
  select case when p.prokind = 'a' then format('aggregate %s', p.oid::regprocedure) else pg_get_functiondef(p.oid) end
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS} and ${noExtensionHas('pg_proc', 'p.oid')}
  union all
  select format('type %I.%I %s', n.nspname, t.typname, coalesce(
      (select string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid),
      format_type(t.typbasetype, t.typtypmod)))
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where ${OURS} and t.typtype in ('e', 'd') and ${noExtensionHas('pg_type', 't.oid')}`

/** Reads the schema of a database. */
export async function schemaFingerprint(em: EntityManager): Promise<SchemaFingerprint> {
  const rows = await em.execute<{ line: string }[]>(`select line from (${LINES}) as lines order by line collate "C"`)
  const lines = rows.map(({ line }) => line)
  return { digest: createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 16), lines }
}

/** What a schema lacks and what it has beside another. */
export function schemaDifference(expected: SchemaFingerprint, found: SchemaFingerprint) {
  const [wanted, there] = [new Set(expected.lines), new Set(found.lines)]
  return {
    missing: expected.lines.filter((line) => !there.has(line)),
    extra: found.lines.filter((line) => !wanted.has(line)),
  }
}
