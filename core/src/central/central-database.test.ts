import { createHash } from 'node:crypto'
import { type MikroORM, SchemaGenerator } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readMigrations } from '../database/read-migration.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { openCentralDatabase } from './central-database.ts'
import { centralMigrations } from './central-migrations.ts'

let server: TemporaryServer

beforeAll(async () => {
  server = await startTemporaryServer()
})

afterAll(() => server?.stop())

function open(database: string): Promise<MikroORM> {
  return openCentralDatabase({ url: new URL(`/${database}`, server.url).href, onWarning: () => undefined })
}

it('the central migrations make what the entities describe', async () => {
  const orm = await open('central')
  try {
    expect(await new SchemaGenerator(orm.em).getUpdateSchemaSQL({ wrap: false, dropTables: false })).toBe('')
  } finally {
    await orm.close(true)
  }
})

it('a migration that databases may have run stays as it was', async () => {
  const digests = (await readMigrations(centralMigrations)).map(({ name, statements }) => {
    const text = statements?.join(';').replace(/\s+/g, ' ') ?? ''
    return `${name} ${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
  })
  expect(digests).toEqual([
    'create-tenants f2ff73cf8a4d',
    'notify-tenants d6ca5319f047',
    'create-subscriptions 81b534fee6aa',
    'create-usage 90157b8509eb',
    'add-lifecycle 719dd1990a9e',
    'create-idempotency-keys 25ddf1b2096a',
    'notify-subscriptions 4a7841ab9ff8',
    'create-databases 075942c88297',
    'add-fleet-migration 3c5b870ffead',
    'create-tenant-settings af6aad4c08b5',
    'widen-copy-strategies 2e6f345d5708',
    'make-tenant-role 8366badf8760',
    'give-tenant-role-options 7a8b393fafaa',
  ])
})

it('a central database of before makes roles of tenants for this version, and goes on for the one before', async () => {
  const before = await open('older')
  try {
    await before.em.execute('drop function make_tenant_role(text, text, text)')
    await before.em.execute(`delete from mikro_orm_migrations where name = 'give-tenant-role-options'`)
  } finally {
    await before.close(true)
  }
  const now = await open('older')
  try {
    const make = `select make_tenant_role('tenant_x', 'login connection limit 3', 'of a test') as made`
    expect(await now.em.execute(make)).toEqual([{ made: true }])
    expect(await now.em.execute(make)).toEqual([{ made: false }])
    const earlier = `select make_tenant_role('tenant_y', 'no verifier', 3, 'of a test') as made`
    expect(await now.em.execute(earlier)).toEqual([{ made: true }])
  } finally {
    await now.close(true)
  }
})
