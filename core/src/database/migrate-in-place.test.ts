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
    `select relname || ' ' || left(relowner::regrole::text, 8) as line from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('notes', 'moods')
      union all select proname || ' ' || left(proowner::regrole::text, 8) from pg_proc
        where pronamespace = 'public'::regnamespace and proname <> 'notes_count'
      order by 1`,
    { database },
  )
  return rows.map(({ line }) => line)
}

const ways = [
  [2, 'in one go', ['tags', 'tags_count']],
  [3, 'the long way, when one looks at rows', ['counted', 'tags', 'tags_count']],
  [4, 'the long way, when one needs more rights than the owner has', ['counted', 'published', 'tags', 'tags_count']],
] as const

it.each(ways)("what %i migrations make is the owner's, and the tenant uses it: %s", async (count, _way, made) => {
  const id = `m${count}`
  const before = await bed.open({ tenantMigrations: migrations.slice(0, 1) })
  await bed.provision(before, id)
  const after = await bed.open({ tenantMigrations: migrations.slice(0, count) })
  await after.migrate(nameOf(id))
  const own = ['mikro_orm_migrations', ...made].map((name) => `${name} mt_owner`)
  expect(await things(`tenant_${id}`)).toEqual([...own, 'mt_identity postgres'].sort())
  const executed = await bed.query('select name from mikro_orm_migrations order by id', { database: `tenant_${id}` })
  expect(executed).toEqual(migrations.slice(0, count).map(({ name }) => ({ name })))
  const [row] = await bed.query<{ comment: string }>(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = 'tenant_${id}'`,
  )
  expect(row?.comment).toContain(`schema ${after.schemaVersion}`)
  await after.migrate(nameOf(id))
  expect(await things(`tenant_${id}`)).toHaveLength(own.length + 1)
  await after.withTenant(nameOf(id), (em) => em.execute(`insert into tags values ('one'); select tags_count()`))
})

it.each(ways)(
  'takes over a database that its tenant owned, as in earlier versions: %i, %s',
  async (count, _way, made) => {
    const id = `o${count}`
    const before = await bed.open({ tenantMigrations: migrations.slice(0, 1) })
    await bed.provision(before, id)
    const owner = await ownerIn(`tenant_${id}`)
    await bed.query(
      `reassign owned by ${owner} to tenant_${id};
        alter default privileges for role ${owner} revoke all on tables from tenant_${id}`,
      { database: `tenant_${id}` },
    )
    await before.withTenant(nameOf(id), (em) => em.execute('alter table notes alter column text drop not null'))
    const after = await bed.open({ tenantMigrations: migrations.slice(0, count) })
    await after.migrate(nameOf(id))
    const own = ['mikro_orm_migrations', ...made].map((name) => `${name} mt_owner`)
    expect(await things(`tenant_${id}`)).toEqual([...own, 'mt_identity postgres'].sort())
    await after.withTenant(nameOf(id), async (em) => {
      await em.execute(`insert into tags values ('one')`)
      await expect(em.execute('alter table notes add column more text')).rejects.toThrow('must be owner of table notes')
    })
  },
)

async function ownerIn(database: string): Promise<string> {
  const sql = `select relowner::regrole::text as owner from pg_class where relname = 'mikro_orm_migrations'`
  const [row] = await bed.query<{ owner: string }>(sql, { database })
  return String(row?.owner)
}
