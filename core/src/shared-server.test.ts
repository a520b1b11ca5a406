import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startTemporaryServer, type TemporaryServer } from './embedded/temporary-server.ts'
import { ForeignRoleError } from './error/foreign-database-error.ts'
import { InvalidDatabasePrefixError } from './error/invalid-database-prefix-error.ts'
import { migrations, note } from './fleet/note-fleet.test.support.ts'
import { type MultiTenantService, type MultiTenantSetup, setupMultiTenant } from './setup-multi-tenant.ts'

const closing: MultiTenantService[] = []
let server: TemporaryServer

beforeAll(async () => {
  server = await startTemporaryServer()
})

afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

afterAll(() => server?.stop())

function urlOf(database: string): string {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}

/** A service with a central database of its own on the server that all share. */
async function service(name: string, setup: Partial<MultiTenantSetup> = {}) {
  const app = { use: () => app }
  const mt = setupMultiTenant(app, {
    centralDbUrl: urlOf(name),
    tenantEntities: [note],
    tenantMigrations: migrations(1),
    env: {},
    warmDatabases: 1,
    ...setup,
  })
  closing.push(mt)
  await mt.init()
  await mt.databases.refillWarmPool()
  return mt
}

function activate({ lifecycle }: MultiTenantService, id: string) {
  const contact = { email: `a@${id}.kr`, name: '홍길동' }
  return lifecycle.activate({ id, name: '한림대학교', plan: 'basic', features: [], contact })
}

async function query<TRow extends object>(sql: string): Promise<TRow[]> {
  const client = new Client(server.url)
  await client.connect()
  try {
    return (await client.query<TRow>(sql)).rows
  } finally {
    await client.end()
  }
}

it('two services have a tenant of one id on one server, and what one removes is its own', async () => {
  const advisor = await service('advisor', { databasePrefix: 'advisor_' })
  const chatbot = await service('chatbot', { env: { MT_DB_PREFIX: 'chatbot_' } })
  const names = []
  for (const one of [advisor, chatbot]) {
    const { tenant } = await activate(one, 'hallym')
    await one.databases.withTenant({ tenantId: 'hallym', databaseName: tenant.dbName }, (em) =>
      em.insert(note, { id: '1', text: tenant.dbName }),
    )
    await one.databases.refillWarmPool()
    names.push(tenant.dbName)
  }
  expect(names).toEqual(['advisor_hallym', 'chatbot_hallym'])
  expect(await advisor.doctor.examine()).toEqual([])
  expect(await chatbot.doctor.examine()).toEqual([])

  // A role that the other service has made a moment ago, and its database not yet.
  const [central] = await query<{ id: string }>(
    `select split_part(shobj_description(oid, 'pg_authid'), ' ', 5) as id from pg_roles where rolname = 'chatbot_hallym'`,
  )
  await query(
    `create role advisor_next login; comment on role advisor_next is 'mt-paas tenant role central ${central?.id}'`,
  )
  expect(await advisor.doctor.fix(await advisor.doctor.examine())).toEqual([])
  expect(await query(`select 1 from pg_roles where rolname = 'advisor_next'`)).toHaveLength(1)

  await advisor.lifecycle.delete('hallym', { hard: true })
  expect(await query(`select datname from pg_database where datname like '%hallym'`)).toEqual([
    { datname: 'chatbot_hallym' },
  ])
  const kept = { tenantId: 'hallym', databaseName: 'chatbot_hallym' }
  expect(await chatbot.databases.withTenant(kept, (em) => em.count(note))).toBe(1)
})

it('a service with the prefix of another cannot take the database of its tenant', async () => {
  const first = await service('first')
  await activate(first, 'same')
  const second = await service('second')
  const refused: unknown = await activate(second, 'same').catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(ForeignRoleError)
  expect(await second.doctor.fix(await second.doctor.examine())).toEqual([])
  const name = { tenantId: 'same', databaseName: 'tenant_same' }
  expect(await first.databases.withTenant(name, (em) => em.count(note))).toBe(0)
  expect(await first.doctor.examine()).toEqual([])
})

it('a database keeps its name when the prefix changes', async () => {
  const before = await service('changing', { databasePrefix: 'old_' })
  await activate(before, 'kept')
  await before.close()
  const after = await service('changing', { databasePrefix: 'new_' })
  expect((await after.tenants.get('kept')).dbName).toBe('old_kept')
  expect((await activate(after, 'added')).tenant.dbName).toBe('new_added')
  expect(await after.doctor.examine()).toEqual([])
  await after.lifecycle.delete('kept', { hard: true })
  expect(await query(`select 1 from pg_database where datname like 'old\\_%'`)).toEqual([])
})

it.each(['Tenant_', 'tenant', 'pg_x_', 'mt_', '_', '1_', 'sixteen_letters_', 'é_', ''])(
  'the prefix %j is refused',
  async (databasePrefix) => {
    await expect(service('refused', { databasePrefix })).rejects.toThrow(InvalidDatabasePrefixError)
  },
)
