import { defineEntity, p } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTemporaryServer, type TemporaryServer } from './embedded/temporary-server.ts'
import type { TenantProfile } from './lifecycle/tenant-profile.ts'
import { type MultiTenant, type MultiTenantOptions, openMultiTenant } from './multi-tenant.ts'

const note = defineEntity({
  name: 'Note',
  tableName: 'notes',
  properties: { id: p.text().primary(), text: p.text() },
})

class CreateNotes extends Migration {
  override up(): void {
    this.addSql('create table notes (id text primary key, text text not null)')
  }
}

const NOW = new Date('2026-01-31T09:00:00.000Z')
const opened: MultiTenant[] = []
let server: TemporaryServer

beforeAll(async () => {
  server = await startTemporaryServer()
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

afterAll(() => server?.stop())

function urlOf(database: string): string {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  return url.href
}

async function open(options: Partial<MultiTenantOptions> = {}): Promise<MultiTenant> {
  const multiTenant = await openMultiTenant({
    centralUrl: urlOf('central'),
    tenantEntities: [note],
    tenantMigrations: [{ name: 'create-notes', class: CreateNotes }],
    now: () => NOW,
    ...options,
  })
  opened.push(multiTenant)
  return multiTenant
}

async function query<TRow extends object>(sql: string, database = 'postgres'): Promise<TRow[]> {
  const client = new Client({ connectionString: urlOf(database) })
  await client.connect()
  try {
    return (await client.query<TRow>(sql)).rows
  } finally {
    await client.end()
  }
}

function activation(id: string, more: Partial<TenantProfile> = {}): TenantProfile {
  const contact = { email: `admin@${id}.ac.kr`, name: '홍길동' }
  return { id, name: '한림대학교', plan: 'premium', features: ['ai_chat'], contact, ...more }
}

describe('activating a tenant', () => {
  it('makes a migrated database of its own that not everyone may connect to', async () => {
    const { lifecycle, tenants } = await open()
    const { tenant, outcome } = await lifecycle.activate(activation('hallym_univ', { config: { max_users: 500 } }))
    expect(outcome).toBe('created')
    expect(tenant).toMatchObject({
      id: 'hallym_univ',
      name: '한림대학교',
      status: 'active',
      features: ['ai_chat'],
      config: { max_users: 500 },
      dbName: 'tenant_hallym_univ',
      createdAt: NOW,
    })
    const em = await tenants.entityManager('hallym_univ')
    em.create(note, { id: '1', text: '안녕하세요' })
    await em.flush()
    expect(await query('select text from notes', 'tenant_hallym_univ')).toEqual([{ text: '안녕하세요' }])
    const rights = await query(
      `select has_database_privilege('pg_monitor', 'tenant_hallym_univ', 'CONNECT') as "everyone",
        (select datallowconn from pg_database where datname = 'tenant_hallym_univ') as open`,
    )
    expect(rights).toEqual([{ everyone: false, open: true }])
  })

  it('a second time is TENANT_EXISTS, and outside the rule INVALID_TENANT_ID', async () => {
    const { lifecycle } = await open()
    await lifecycle.activate(activation('twice'))
    await expect(lifecycle.activate(activation('twice'))).rejects.toMatchObject({ error: 'TENANT_EXISTS', status: 409 })
    await expect(lifecycle.activate(activation('Twice'))).rejects.toMatchObject({ error: 'INVALID_TENANT_ID' })
  })

  it('by many processes at once makes one database and no other answer than exists or in progress', async () => {
    const [one, other] = await Promise.all([open(), open()])
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => (index % 2 ? one : other).lifecycle.activate(activation('crowded'))),
    )
    const fulfilled = results.filter(({ status }) => status === 'fulfilled')
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.error] : []))
    expect(fulfilled).toHaveLength(1)
    expect(errors.filter((error) => !['TENANT_EXISTS', 'OPERATION_IN_PROGRESS'].includes(error))).toEqual([])
    expect((await one.tenants.get('crowded')).status).toBe('active')
  })

  it('goes on after a crash at any step', async () => {
    await query(`create database tenant_crashed allow_connections false`)
    const broken = await open({
      provision: async () => {
        throw new Error('killed')
      },
    })
    await expect(broken.lifecycle.activate(activation('crashed'))).rejects.toThrow('killed')
    expect((await broken.tenants.get('crashed')).status).toBe('provisioning')
    await expect(broken.tenants.entityManager('crashed')).rejects.toMatchObject({ status: 503 })

    const sound = await open({
      provision: async (em) => {
        em.create(note, { id: 'first', text: 'seeded' })
        await em.flush()
      },
    })
    const { tenant, outcome } = await sound.lifecycle.activate(activation('crashed'))
    expect([tenant.status, outcome]).toEqual(['active', 'created'])
    expect(await query('select text from notes', 'tenant_crashed')).toEqual([{ text: 'seeded' }])
  })

  it('leaves a database of someone else alone', async () => {
    await query('create database tenant_foreign')
    const { lifecycle } = await open()
    await expect(lifecycle.activate(activation('foreign'))).rejects.toThrow('was not made for')
    expect(await query(`select to_regclass('notes') as notes`, 'tenant_foreign')).toEqual([{ notes: null }])
  })
})

describe('deactivating a tenant', () => {
  it('keeps its data for the retention time, and activating again resumes it', async () => {
    const { lifecycle, tenants } = await open()
    await lifecycle.activate(activation('resumed'))
    const em = await tenants.entityManager('resumed')
    em.create(note, { id: '1', text: 'kept' })
    await em.flush()

    const ended = await lifecycle.deactivate('resumed', { preserveData: true })
    expect(ended).toMatchObject({ status: 'deleted', dataRetentionUntil: new Date('2026-05-01T09:00:00.000Z') })
    expect(await lifecycle.deactivate('resumed', { preserveData: true })).toMatchObject({
      dataRetentionUntil: ended.dataRetentionUntil,
    })
    await expect(tenants.entityManager('resumed')).rejects.toMatchObject({ status: 410 })
    expect(await (await tenants.entityManager('resumed', { retained: true })).count(note)).toBe(1)

    const { tenant, outcome } = await lifecycle.activate(activation('resumed', { plan: 'basic' }))
    expect([tenant.status, tenant.plan, tenant.dataRetentionUntil, outcome]).toEqual([
      'active',
      'basic',
      null,
      'resumed',
    ])
    expect(await (await tenants.entityManager('resumed')).count(note)).toBe(1)
  })

  it('removes the data when told, or once its time has passed, and a new activation begins empty', async () => {
    let now = NOW
    const { lifecycle, tenants } = await open({ now: () => now })
    for (const wait of [0, 91]) {
      await lifecycle.activate(activation('emptied'))
      const em = await tenants.entityManager('emptied')
      em.create(note, { id: '1', text: 'gone' })
      await em.flush()
      await lifecycle.deactivate('emptied', { preserveData: wait > 0 })
      now = new Date(now.getTime() + wait * 86_400_000)
      await expect(tenants.entityManager('emptied', { retained: true })).rejects.toMatchObject({ status: 410 })
      const { outcome } = await lifecycle.activate(activation('emptied'))
      expect(outcome).toBe('created')
      expect(await (await tenants.entityManager('emptied')).count(note)).toBe(0)
      await lifecycle.deactivate('emptied', { preserveData: false })
    }
    expect(await query(`select 1 from pg_database where datname = 'tenant_emptied'`)).toEqual([])
  })

  it('of an unknown tenant is TENANT_NOT_FOUND', async () => {
    const { lifecycle, tenants } = await open()
    await expect(lifecycle.deactivate('unknown', { preserveData: true })).rejects.toMatchObject({
      error: 'TENANT_NOT_FOUND',
    })
    await expect(tenants.entityManager('unknown')).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
    await expect(tenants.get('"; drop table tenants')).rejects.toMatchObject({ error: 'INVALID_TENANT_ID' })
    expect(await tenants.find('"; drop table tenants')).toBeUndefined()
  })
})

describe('the applications of tenants', () => {
  it('are kept, found by the e-mail in any case, and give one tenant an e-mail', async () => {
    const one = await open()
    const accessUrl = (id: string) => `https://advisor.example.com/?tenant=${id}`
    const store = one.applications(accessUrl)
    const application = {
      tenantId: 'applied',
      email: ' Kim@Hallym.ac.KR',
      universityName: '한림대학교',
      kind: 'demo',
      accessUrl: accessUrl('applied'),
      createdAt: '2026-01-31T09:00:00Z',
      expiresAt: '2026-03-02T09:00:00Z',
    } as const
    await one.lifecycle.activate(activation('applied'))
    expect(await store.findByTenant('applied')).toBeUndefined()
    await store.save(application)
    await one.lifecycle.activate(activation('applied_too'))
    await store.save({ ...application, tenantId: 'applied_too', kind: 'service' })

    const other = (await open()).applications(accessUrl)
    const kept = { ...application, email: 'kim@hallym.ac.kr' }
    expect(await other.findByEmail('KIM@hallym.ac.kr')).toEqual(kept)
    expect(await other.findByTenant('applied')).toEqual(kept)
    expect(await other.findByTenant('applied_too')).toMatchObject({ email: '', kind: 'service' })
    expect(await other.findByEmail('lee@hallym.ac.kr')).toBeUndefined()
    expect((await one.tenants.findByApplicant('kim@hallym.ac.kr'))?.id).toBe('applied')
  })
})

describe('the central database', () => {
  it('is made once by processes that start at the same time, and kept', async () => {
    const centralUrl = urlOf('Central-2')
    const several = await Promise.all(Array.from({ length: 4 }, () => open({ centralUrl })))
    const first = several.at(0)
    await first?.lifecycle.activate(activation('kept_tenant'))
    const again = await open({ centralUrl })
    expect((await again.tenants.list()).map(({ id }) => id)).toEqual(['kept_tenant'])
    const [row] = await query('select count(distinct name) = count(*) as once from mikro_orm_migrations', 'Central-2')
    expect(row).toEqual({ once: true })
  })
})
