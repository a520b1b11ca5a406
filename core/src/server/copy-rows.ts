import type { AdminSession } from '../database/admin-session.ts'

interface CopiedTable {
  /** Quoted, with its schema. */
  readonly name: string
  /** Quoted, in the order of the table that is written. */
  readonly columns: readonly string[]
  /** Those that are not computed. */
  readonly written: readonly string[]
}

const BATCH = 1_000

const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) as columns,
      array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '') as written
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and (n.nspname, c.relname) <> ('public', 'mt_identity')
      and not exists (select from pg_depend e
        where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
    group by n.nspname, c.relname order by 1`

const SEQUENCES = `
  select format('%I.%I', schemaname, sequencename) as name from pg_sequences
    where schemaname !~ '^pg_' and schemaname <> 'information_schema'`

/**
 * Copies all rows and the places of sequences between databases of the same schema, as they are at one moment. Rows
 * travel as texts of whole rows, which lose nothing. Large objects are not copied.
 * @param to session of a superuser, because triggers and foreign keys sleep meanwhile; what its tables hold goes
 * @returns the number of rows
 */
export async function copyRows(from: AdminSession, to: AdminSession): Promise<number> {
  let copied = 0
  await from.query('begin isolation level repeatable read read only')
  await to.query('begin')
  await to.query(`set local session_replication_role = 'replica'`)
  const tables = await to.query<CopiedTable>(TABLES)
  if (tables.length > 0) await to.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
  for (const table of tables) copied += await copyTable(from, to, table)
  for (const { name } of await from.query<{ name: string }>(SEQUENCES)) {
    const [place] = await from.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${name}`,
    )
    if (place) await to.query('select setval($1::regclass, $2::bigint, $3)', [name, place.value, place.called])
  }
  const views = await to.query<{ name: string }>(
    `select format('%I.%I', schemaname, matviewname) as name from pg_matviews where ispopulated`,
  )
  for (const { name } of views) await to.query(`refresh materialized view ${name}`)
  await to.query('commit')
  await from.query('commit')
  return copied
}

async function copyTable(from: AdminSession, to: AdminSession, table: CopiedTable): Promise<number> {
  const { name, columns, written } = table
  let copied = 0
  await from.query(
    `declare rows no scroll cursor for select row(${columns.join(', ')})::text as line from only ${name}`,
  )
  for (;;) {
    const rows = await from.query<{ line: string }>(`fetch ${BATCH} from rows`)
    if (rows.length === 0) break
    await to.query(
      `insert into ${name} (${written.join(', ')}) overriding system value
        select ${written.map((column) => `(whole).${column}`).join(', ')}
          from (select line::${name} as whole from unnest($1::text[]) as line offset 0) as lines`,
      [rows.map(({ line }) => line)],
    )
    copied += rows.length
  }
  await from.query('close rows')
  return copied
}
