import { Client } from 'pg'
import { nameOf, type TenantBed } from './bed.ts'
import { ormEach } from './orm-each.ts'
import { labels } from './schema.ts'
import { forAll, timed } from './time.ts'

const CONCURRENCY = 8
const NO_OP_TENANTS = 10_000

/** One migration over all tenants, ms: ours, the same DDL by raw pg, and by one MikroORM each; then one with nothing to do. */
export async function measureMigrating(bed: TenantBed, ids: readonly string[]) {
  const url = (id: string) => bed.urlOf(nameOf(id).databaseName)
  const raw = await forAll(ids, CONCURRENCY, async (id) => {
    const client = new Client(url(id))
    await client.connect()
    await client.query(`begin; ${labels('raw_labels').join(';')}; commit`)
    await client.end()
  })
  const each = await forAll(ids, CONCURRENCY, async (id) => {
    const orm = await ormEach(url(id))
    await orm.em.getConnection().execute(labels('orm_labels').join(';'))
    await orm.close()
  })
  const databases = await bed.open(2)
  const fleet = bed.fleet(databases)
  const outdated = (await fleet.plan()).tenants.length
  let migrated = 0
  const ours = await timed(async () => {
    migrated = (await fleet.migrate({ concurrency: CONCURRENCY })).migrated
  })
  if (migrated !== outdated) throw new Error(`${migrated} of ${outdated} tenants were migrated`)
  await databases.central().execute(fill, [NO_OP_TENANTS, databases.schemaVersion])
  await databases.central().execute('analyze')
  const noOp = await timed(() => fleet.migrate())
  return { tenants: migrated, raw: (raw / ids.length) * migrated, each: (each / ids.length) * migrated, ours, noOp }
}

/** Tenants that exist in the central database only, all of them up to date. */
const fill = `
  with tenant as (
    insert into tenants (id, name, plan, features, status, contact_email, contact_name, config, db_name, created_at, updated_at)
      select 'fill_' || at, '', 'basic', '[]', 'active', '', '', '{}', 'tenant_fill_' || at, now(), now()
        from generate_series(1, ?::int) at
      returning id, db_name)
  insert into tenant_databases (name, tenant_id, server_id, state, identity, schema_version)
    select db_name, id, 'central', 'ready', gen_random_uuid(), ? from tenant`
