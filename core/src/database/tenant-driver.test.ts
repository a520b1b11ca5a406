import { defineEntity, p } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'
import { MikroORM } from '@mikro-orm/postgresql'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { ormOptions } from './orm-options.ts'
import { poolOptions } from './pool-options.ts'
import { openTenantDatabase, type TenantDatabase, typeParsers } from './tenant-driver.ts'

const author = defineEntity({
  name: 'Author',
  tableName: 'authors',
  properties: { id: p.text().primary(), name: p.text(), books: () => p.oneToMany(book).mappedBy('author') },
})
const book = defineEntity({
  name: 'Book',
  tableName: 'books',
  properties: { id: p.text().primary(), title: p.text(), author: () => p.manyToOne(author) },
})

class CreateLibrary extends Migration {
  override up(): void {
    this.addSql('create table authors (id text primary key, name text not null)')
    this.addSql(
      'create table books (id text primary key, title text not null, author_id text not null references authors (id))',
    )
  }
}

const NAMES = ['tenant_a', 'tenant_b', 'tenant_c', 'tenant_d'] as const
const LIMITS = { max: 3, queryTimeout: 10_000 }

let server: TemporaryServer
let orm: MikroORM
let databases: ReadonlyMap<string, TenantDatabase>

function open(name: string): TenantDatabase {
  return openTenantDatabase(orm, new Pool({ ...poolOptions(server.url, name, LIMITS), types: typeParsers(orm) }))
}

function database(name: string): TenantDatabase {
  const found = databases.get(name)
  if (!found) throw new Error(`No database ${name}`)
  return found
}

beforeAll(async () => {
  server = await startTemporaryServer()
  const client = new Client({ connectionString: server.url })
  await client.connect()
  for (const name of NAMES) await client.query(`create database ${name}`)
  await client.end()
  orm = await MikroORM.init({
    ...ormOptions({
      contextName: 'contract',
      entities: [author, book],
      migrations: [{ name: 'create-library', class: CreateLibrary }],
      onWarning: () => undefined,
    }),
    dbName: 'no-such-database',
  })
  databases = new Map(NAMES.map((name) => [name, open(name)]))
  // In parallel, because migrators of one configuration must not disturb each other.
  await Promise.all([...databases.values()].map((one) => one.migrate()))
  await Promise.all(
    NAMES.map(async (name) => {
      const em = database(name).entityManager()
      const writer = em.create(author, { id: 'writer', name: `writer of ${name}` })
      em.create(book, { id: 'book', title: `book of ${name}`, author: writer })
      await em.flush()
    }),
  )
})

afterAll(async () => {
  await Promise.all([...(databases?.values() ?? [])].map((one) => one.close()))
  await server?.stop()
})

describe('a tenant driver on shared metadata', () => {
  it('keeps an identity map per entity manager', async () => {
    const em = database('tenant_a').entityManager()
    const first = await em.findOneOrFail(author, { id: 'writer' })
    const again = await em.findOneOrFail(author, { id: 'writer' })
    const elsewhere = await database('tenant_a').entityManager().findOneOrFail(author, { id: 'writer' })
    expect([again === first, elsewhere === first]).toEqual([true, false])
  })

  it('reads and writes only its own tenant when tenants interleave', async () => {
    await Promise.all(
      Array.from({ length: 400 }, async (_, index) => {
        const name = NAMES[index % NAMES.length] ?? 'tenant_a'
        const em = database(name).entityManager()
        const found = await em.findOneOrFail(book, { id: 'book' }, { populate: ['author'] })
        expect(found.title).toBe(`book of ${name}`)
        expect(found.author.name).toBe(`writer of ${name}`)
        const [row] = await em.execute<{ db: string }[]>('select current_database() as db')
        expect(row?.db).toBe(name)
        expect(await em.createQueryBuilder(book).getCount()).toBe(1)
        const kysely = await em.getKysely<{ books: { title: string } }>().selectFrom('books').select('title').execute()
        expect(kysely).toEqual([{ title: `book of ${name}` }])
      }),
    )
  })

  it('commits what returns, rolls back what throws, and nests', async () => {
    const em = database('tenant_b').entityManager()
    await em.transactional(async (inner) => {
      inner.create(author, { id: 'kept', name: 'kept' })
      await inner.flush()
      await inner
        .transactional(async (innermost) => {
          innermost.create(author, { id: 'undone', name: 'undone' })
          await innermost.flush()
          throw new Error('undo')
        })
        .catch(() => undefined)
    })
    await expect(
      em.transactional(async (inner) => {
        inner.create(author, { id: 'lost', name: 'lost' })
        await inner.flush()
        throw new Error('undo')
      }),
    ).rejects.toThrow('undo')
    const ids = (await database('tenant_b').entityManager().find(author, {})).map(({ id }) => id)
    expect(ids.sort()).toEqual(['kept', 'writer'])
    expect(await database('tenant_a').entityManager().count(author)).toBe(1)
  })

  it('counts what it changed, streams rows, and ends a query that is given up', async () => {
    const em = database('tenant_c').entityManager()
    await em.insertMany(author, [
      { id: 'first', name: 'x' },
      { id: 'second', name: 'x' },
    ])
    expect(await em.nativeUpdate(author, { name: 'x' }, { name: 'y' })).toBe(2)
    const streamed: string[] = []
    for await (const { id } of em.stream(author, { where: { name: 'y' }, orderBy: { id: 'asc' } })) streamed.push(id)
    expect(streamed).toEqual(['first', 'second'])
    expect(await em.nativeDelete(author, { name: 'y' })).toBe(2)
    const signal = AbortSignal.timeout(50)
    const given = em.fork({ signal, inflightQueryAbortStrategy: 'cancel query' })
    await expect(
      given.createQueryBuilder(author).select('*').where('pg_sleep(20) is not null').execute(),
    ).rejects.toThrow()
    expect(await em.count(author)).toBe(1)
  })

  it('does not repeat migrations and never connects the shared ORM', async () => {
    await database('tenant_a').migrate()
    const [row] = await database('tenant_a')
      .entityManager()
      .execute<{ runs: number }[]>('select count(*)::int as runs from mikro_orm_migrations')
    expect(row?.runs).toBe(1)
    expect(await orm.isConnected()).toBe(false)
  })

  it('caches no result for another tenant', async () => {
    const titles = await Promise.all(
      NAMES.map(async (name) => {
        const em = database(name).entityManager()
        return (await em.findOneOrFail(book, { id: 'book' }, { cache: ['book', 60_000] })).title
      }),
    )
    expect(titles).toEqual(NAMES.map((name) => `book of ${name}`))
  })

  it('does not create a missing database', async () => {
    const missing = open('tenant_missing')
    await expect(missing.entityManager().count(author)).rejects.toMatchObject({ code: '3D000' })
    await missing.close()
  })
})
