import { Migration } from '@mikro-orm/migrations'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { databaseComment, parseDatabaseComment } from './database-comment.ts'
import { CreateNotes, nameOf, note, startTestBed, type TestBed } from './tenant-databases.test.support.ts'

class AddTags extends Migration {
  override up(): void {
    this.addSql('create table tags (id text primary key)')
  }
}

const FIRST = [{ name: 'create-notes', class: CreateNotes }]
const SECOND = [...FIRST, { name: 'add-tags', class: AddTags }]

let bed: TestBed

beforeAll(async () => {
  bed = await startTestBed()
})

afterEach(() => bed?.closeAll())
afterAll(() => bed?.server.stop())

function templates(): Promise<{ datname: string; datistemplate: boolean; datallowconn: boolean }[]> {
  return bed.query(
    `select datname, datistemplate, datallowconn from pg_database where datname like 'mt\\_%' order by datname`,
  )
}

async function commentOf(database: string): Promise<string | null> {
  const sql = `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = '${database}'`
  const [row] = await bed.query<{ comment: string | null }>(sql)
  return row?.comment ?? null
}

async function tables(database: string): Promise<string[]> {
  const rows = await bed.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    { database },
  )
  return rows.map(({ name }) => name)
}

describe('the template of a schema version', () => {
  it('is made once by processes that need it at once, is whole, and nobody can connect to it', async () => {
    const several = await Promise.all(Array.from({ length: 4 }, () => bed.open()))
    await Promise.all(several.map((databases, index) => bed.provision(databases, `at-once-${index}`)))
    const [template, ...more] = await templates()
    expect(more).toEqual([])
    expect(template).toMatchObject({ datistemplate: true, datallowconn: false })
    expect(template?.datname).toMatch(/^mt_template_[0-9a-f]{16}$/)
    expect(parseDatabaseComment(await commentOf(template?.datname ?? ''))).toMatchObject({
      kind: 'template',
      schemaVersion: several[0]?.schemaVersion,
    })
    expect(await tables('tenant_at-once-3')).toEqual(['mikro_orm_migrations', 'moods', 'mt_identity', 'notes'])
  })

  it('spares new tenants the migrations, and their comment tells tenant and version', async () => {
    const databases = await bed.open()
    await bed.provision(databases, 'copied')
    const [row] = await bed.query<{ ran: Date }>('select min(executed_at) as ran from mikro_orm_migrations', {
      database: 'tenant_copied',
    })
    const [identity] = await bed.query<{ made: Date; tenant: string }>(
      'select created_at as made, tenant_id as tenant from mt_identity',
      { database: 'tenant_copied' },
    )
    expect(row?.ran.getTime()).toBeLessThan(identity?.made.getTime() ?? 0)
    expect(identity?.tenant).toBe('copied')
    expect(parseDatabaseComment(await commentOf('tenant_copied'))).toMatchObject({
      kind: 'tenant',
      tenantId: 'copied',
      schemaVersion: databases.schemaVersion,
    })
  })

  it('is another one when the migrations change; the old one and its warm databases go when nobody needs them', async () => {
    const before = await bed.open({ warmDatabases: 1 })
    await before.refillWarmPool()
    await bed.provision(before, 'older')
    const after = await bed.open({ tenantMigrations: SECOND, warmDatabases: 1 })
    expect(after.schemaVersion).not.toBe(before.schemaVersion)
    await bed.provision(after, 'newer')
    expect(await tables('tenant_newer')).toContain('tags')
    await after.refillWarmPool()
    expect((await templates()).map(({ datname }) => datname.slice(0, 8))).toEqual([
      'mt_templ',
      'mt_templ',
      'mt_warm_',
      'mt_warm_',
    ])
    const later = await bed.open({ tenantMigrations: SECOND, warmDatabases: 1, outdatedAfter: 0 })
    await later.refillWarmPool()
    expect((await templates()).map(({ datname }) => datname.slice(0, 8))).toEqual(['mt_templ', 'mt_warm_'])
    expect(await bed.query(`select rolname from pg_roles where rolname like 'mt\\_warm\\_%'`)).toHaveLength(1)

    await later.migrate(nameOf('older'))
    expect(await tables('tenant_older')).toContain('tags')
    expect(parseDatabaseComment(await commentOf('tenant_older'))?.schemaVersion).toBe(after.schemaVersion)
    expect(await later.withTenant(nameOf('older'), (em) => em.execute('select * from tags'))).toEqual([])
  })

  it('is made anew when its making was cut off, or when somebody removed it', async () => {
    const databases = await bed.open()
    const [template] = await templates()
    for (const { datname } of await templates()) {
      await bed.query(`alter database ${datname} is_template false`)
      await bed.query(`drop database ${datname}`)
    }
    await bed.query(`create database mt_making_${template?.datname.slice('mt_template_'.length)}`)
    await bed.query(`delete from tenant_databases where tenant_id is null`, { database: 'central' })
    await bed.provision(databases, 'again')
    expect(await databases.withTenant(nameOf('again'), (em) => em.count(note))).toBe(0)
  })
})

it('is copied file by file where no disk is waited for', async () => {
  const databases = await bed.open()
  await bed.provision(databases, 'light')
  await databases.refillWarmPool()
  const [server] = await databases.servers.list()
  expect(server?.copyStrategy).toBe('file_copy')
})

it('is copied in the way that a trial found best, made once for the server, of which nothing is left', async () => {
  await setDurable('on')
  await bed.query('update servers set copy_strategy = null', { database: 'central' })
  const databases = await bed.open()
  await databases.refillWarmPool()
  await bed.provision(databases, 'tried')
  const [server] = await databases.servers.list()
  expect(['default', 'file_clone']).toContain(server?.copyStrategy)
  expect(await bed.query(`select 1 from pg_database where datname like 'mt\\_trial\\_%'`)).toEqual([])
  await setDurable('off')
})

async function setDurable(fsync: 'on' | 'off'): Promise<void> {
  await bed.query(`alter system set fsync = ${fsync}`)
  await bed.query('select pg_reload_conf()')
  const now = () => bed.query('show fsync')
  await expect.poll(now).toEqual([{ fsync }])
}

describe('a database of the form of earlier versions', () => {
  it('is recognised by its comment, gets role and identity, and keeps its data', async () => {
    await bed.query('create database tenant_early')
    await bed.query(`comment on database tenant_early is 'mt-paas tenant early'`)
    await bed.query(`create table kept as select 'kept' as word`, { database: 'tenant_early' })
    const databases = await bed.open()
    await bed.provision(databases, 'early')
    expect(await databases.withTenant(nameOf('early'), (em) => em.execute('select word from kept'))).toEqual([
      { word: 'kept' },
    ])
  })

  it('of another tenant, of another central database or of somebody else is left alone', async () => {
    const centralId = '00000000-0000-4000-8000-000000000000'
    const other = databaseComment({ kind: 'tenant', tenantId: 'p', centralId, schemaVersion: 'x', madeAt: null })
    const databases = await bed.open()
    for (const comment of ['mt-paas tenant q', other, 'mine', null]) {
      await bed.query('create database tenant_p')
      await bed.query(`comment on database tenant_p is ${comment === null ? 'null' : `'${comment}'`}`)
      await expect(bed.provision(databases, 'p')).rejects.toThrow('was not made for')
      await expect(databases.locked('tenant:p', (lock) => databases.drop(lock, nameOf('p')))).rejects.toThrow(
        'not made',
      )
      await bed.query('drop database tenant_p')
    }
  })
})
