import { Migration } from '@mikro-orm/migrations'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { CreateNotes, nameOf, startTestBed, type TestBed } from './tenant-databases.test.support.ts'

class AddTags extends Migration {
  override up(): void {
    this.addSql('create table tags (name text primary key) -- with a comment at its end')
    this.addSql(`create function tags_count() returns bigint language sql as 'select count(*) from tags; '`)
  }
}

class AsRows extends Migration {
  override async up(): Promise<void> {
    const rows = await this.execute('select count(*)::int as count from tags')
    this.addSql(`create table counted as select ${Number(rows[0]?.count)} as count`)
  }
}

/** Only a superuser may. */
class Publish extends Migration {
  override up(): void {
    this.addSql('create table published (id text primary key)')
    this.addSql('create publication everything for all tables')
  }
}

const migrations = [
  { name: 'create-notes', class: CreateNotes },
  { name: 'add-tags', class: AddTags },
  { name: 'as-rows', class: AsRows },
  { name: 'publish', class: Publish },
]
let bed: TestBed

beforeAll(async () => {
  bed = await startTestBed()
})

afterEach(() => bed?.closeAll())
afterAll(() => bed?.server.stop())

/** What is in a database, and whose it is. */
async function things(database: string): Promise<string[]> {
  const rows = await bed.query<{ line: string }>(
    `select relname || ' ' || relowner::regrole as line from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('notes', 'moods')
      union all select proname || ' ' || proowner::regrole from pg_proc
        where pronamespace = 'public'::regnamespace and proname <> 'notes_count'
      order by 1`,
    { database },
  )
  return rows.map(({ line }) => line)
}

it.each([
  [2, 'in one go', ['tags', 'tags_count']],
  [3, 'the long way, when one looks at rows', ['counted', 'tags', 'tags_count']],
  [4, 'the long way, when one needs more rights than the tenant has', ['counted', 'published', 'tags', 'tags_count']],
] as const)("what %i migrations make is the tenant's own: %s", async (count, _way, made) => {
  const id = `m${count}`
  const before = await bed.open({ tenantMigrations: migrations.slice(0, 1) })
  await bed.provision(before, id)
  const after = await bed.open({ tenantMigrations: migrations.slice(0, count) })
  await after.migrate(nameOf(id))
  const own = ['mikro_orm_migrations', ...made].map((name) => `${name} tenant_${id}`)
  expect(await things(`tenant_${id}`)).toEqual([...own, 'mt_identity postgres'].sort())
  const executed = await bed.query('select name from mikro_orm_migrations order by id', { database: `tenant_${id}` })
  expect(executed).toEqual(migrations.slice(0, count).map(({ name }) => ({ name })))
  const [row] = await bed.query<{ comment: string }>(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = 'tenant_${id}'`,
  )
  expect(row?.comment).toContain(`schema ${after.schemaVersion}`)
  await after.migrate(nameOf(id))
  expect(await things(`tenant_${id}`)).toHaveLength(own.length + 1)
})
