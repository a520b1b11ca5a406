import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineEntity, p } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'
import { currentTenant, requireTenant, serve } from '@mt-paas/server'
import Koa from 'koa'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ConfigurationError } from './config/configuration-error.ts'
import type { RequestTenant } from './context/request-tenant.ts'
import { startTcpProxy } from './context/tcp-proxy.test.support.ts'
import { startTemporaryServer, type TemporaryServer } from './embedded/temporary-server.ts'
import { NotRunningError } from './error/not-running-error.ts'
import { type MultiTenantService, type MultiTenantSetup, setupMultiTenant } from './setup-multi-tenant.ts'

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

const tenantEntities = [note]
const tenantMigrations = [{ name: 'create-notes', class: CreateNotes }]
const closing: (() => Promise<unknown>)[] = []
let server: TemporaryServer

beforeAll(async () => {
  server = await startTemporaryServer()
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

afterAll(() => server?.stop())

function urlOf(database: string, port?: number): string {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  if (port !== undefined) url.port = String(port)
  return url.href
}

function prepare(setup: Partial<MultiTenantSetup> = {}) {
  const app = new Koa()
  app.silent = true
  const mt = setupMultiTenant(app, {
    centralDbUrl: urlOf('central'),
    tenantEntities,
    tenantMigrations,
    env: {},
    ...setup,
  })
  closing.push(() => mt.close())
  app.use(async (ctx) => {
    if (ctx.path === '/open') ctx.body = { tenant: currentTenant() ?? null }
    else {
      const { em, id } = requireTenant<RequestTenant>()
      if (ctx.method === 'POST') await em.insert(note, { id: String(ctx.query.note), text: id })
      ctx.body = await em.find(note, {}, { orderBy: { id: 'asc' } })
    }
  })
  return { app, mt }
}

async function start(setup: Partial<MultiTenantSetup> = {}) {
  const { app, mt } = prepare(setup)
  await mt.init()
  return { mt, call: await listen(app) }
}

async function listen(app: Koa) {
  const { url, close } = await serve(app)
  closing.push(() => close(0))
  return async function call(path: string, { tenant, method = 'GET' }: { tenant?: string; method?: string } = {}) {
    const answer = await fetch(url + path, { method, ...(tenant && { headers: { 'X-Tenant-ID': tenant } }) })
    const text = await answer.text()
    const body: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text
    return { status: answer.status, headers: answer.headers, body }
  }
}

async function activate({ lifecycle }: MultiTenantService, id: string): Promise<void> {
  await lifecycle.activate({
    id,
    name: '한림대학교',
    plan: 'basic',
    features: [],
    contact: { email: `a@${id}.kr`, name: '홍길동' },
  })
}

async function query(sql: string): Promise<unknown[]> {
  const client = new Client(urlOf('central'))
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('a service with a database per tenant', () => {
  it('gives each request the database of its own tenant', async () => {
    const { mt, call } = await start()
    await Promise.all([activate(mt, 'one'), activate(mt, 'other')])
    for (const tenant of ['one', 'other', 'one']) {
      await call(`/notes?note=${tenant}-${closing.length}-${Math.random()}`, { tenant, method: 'POST' })
    }
    const [one, other] = await Promise.all([call('/notes', { tenant: 'one' }), call('/tenant/other/notes')])
    expect(one.body).toMatchObject([{ text: 'one' }, { text: 'one' }])
    expect(other.body).toMatchObject([{ text: 'other' }])
    expect(await call('/open')).toMatchObject({ status: 200, body: { tenant: null } })
    expect(await call('/notes', { tenant: 'nobody' })).toMatchObject({
      status: 404,
      body: { error: 'TENANT_NOT_FOUND' },
    })
    expect(await call('/notes', { tenant: 'Not-An-Id' })).toMatchObject({
      status: 422,
      body: { error: 'INVALID_TENANT_ID' },
    })
  })

  it('answers a tenant that ends or is resumed as it is from then on', async () => {
    const { mt, call } = await start()
    await activate(mt, 'ending')
    expect(await call('/notes', { tenant: 'ending' })).toMatchObject({ status: 200 })
    await mt.lifecycle.deactivate('ending', { preserveData: true })
    const until = async (status: number) => {
      for (;;) if ((await call('/notes', { tenant: 'ending' })).status === status) return
    }
    await until(410)
    await activate(mt, 'ending')
    await until(200)
  })

  it('has the plans, metrics and rates that it is told', async () => {
    const { mt } = await start({
      centralDbUrl: urlOf('told'),
      plans: { plans: { basic: { limits: { maxUsers: 3 } }, campus: {} } },
      usage: {
        metrics: { pages: { unit: 'pages' } },
        billing: { currency: 'USD', rates: [{ metric: 'pages', price: '0.5' }] },
      },
    })
    await activate(mt, 'planned')
    expect(mt.plans.find('campus')).toBeDefined()
    expect((await mt.quota.entitlement('planned')).limits.maxUsers).toBe(3)
    const at = new Date()
    await mt.usage.record({ id: '1', tenantId: 'planned', metric: 'pages', quantity: '4', at })
    const bill = await mt.usage.getBillingDetail('planned', at.toISOString().slice(0, 7))
    expect(bill).toMatchObject({ currency: 'USD', total: 2 })
  })

  it('looks again when the database of a tenant is gone, and no other tenant suffers', async () => {
    const { mt, call } = await start()
    const ids = ['dropped', 'stale', 'sound']
    await Promise.all(ids.map((id) => activate(mt, id)))
    for (const tenant of ids) expect(await call('/notes', { tenant })).toMatchObject({ status: 200 })
    // Nobody is told of the change.
    await query(`alter table tenants disable trigger tenants_notify;
      update tenants set status = 'suspended' where id = 'stale';
      alter table tenants enable trigger tenants_notify`)
    await query(`alter database tenant_stale with allow_connections false`)
    await query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'tenant_stale'`)
    await query('drop database tenant_dropped with (force)')
    const suspended = { status: 403, body: { error: 'TENANT_SUSPENDED' } }
    expect(await call('/notes', { tenant: 'stale' })).toMatchObject(suspended)
    expect(await call('/notes', { tenant: 'stale' })).toMatchObject(suspended)
    const unavailable = { status: 503, body: { error: 'SERVICE_UNAVAILABLE' } }
    expect(await call('/notes', { tenant: 'dropped' })).toMatchObject(unavailable)
    expect(await call('/notes', { tenant: 'sound' })).toMatchObject({ status: 200 })
  })

  it('leaves the procedures that are told their tenant alone', async () => {
    const { call } = await start()
    for (const path of ['/mt/tenant/nobody/status', '/api/tenant/list']) {
      expect((await call(path, { tenant: 'nobody' })).body).not.toMatchObject({ error: 'TENANT_NOT_FOUND' })
    }
  })
})

describe('a service that starts and ends', () => {
  it('refuses tenants with 503 before its start and after its end, and can be told twice', async () => {
    const { app, mt } = prepare()
    const call = await listen(app)
    const refusal = { status: 503, body: { error: 'SERVICE_UNAVAILABLE' } }
    expect(await call('/notes', { tenant: 'one' })).toMatchObject(refusal)
    expect(() => mt.lifecycle).toThrow(NotRunningError)
    await expect(mt.applications(() => '').list()).rejects.toThrow('await mt.init() first')
    await expect(mt.idempotency.release('1')).rejects.toThrow(NotRunningError)
    await Promise.all([mt.init(), mt.init()])
    await mt.init()
    expect(await call('/notes', { tenant: 'nobody' })).toMatchObject({ status: 404 })
    await Promise.all([mt.close(), mt.close()])
    await mt.close()
    const answer = await call('/notes', { tenant: 'one' })
    expect(answer).toMatchObject(refusal)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(await query(`select 1 from pg_stat_activity where application_name = 'mt-paas'`)).toEqual([])
    await mt.init()
    expect(await call('/notes', { tenant: 'nobody' })).toMatchObject({ status: 404 })
  })

  it('lets requests under way end, with their database', async () => {
    const { app, mt } = prepare()
    await mt.init()
    await activate(mt, 'draining')
    const entered = Promise.withResolvers<void>()
    const slow = new Koa()
    slow.use(app.middleware[0] ?? (() => undefined))
    slow.use(async (ctx) => {
      const { em } = requireTenant<RequestTenant>()
      entered.resolve()
      await em.execute('select pg_sleep(0.5)')
      ctx.body = await em.find(note, {})
    })
    const call = await listen(slow)
    const answer = call('/notes', { tenant: 'draining' })
    await entered.promise
    await mt.close()
    expect(await answer).toMatchObject({ status: 200, body: [] })
  })

  it('uses the embedded PostgreSQL when no other is configured, and its data is kept', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'mt-paas-setup-'))
    closing.push(() => rm(dataDir, { recursive: true, force: true }))
    const { mt } = await start({ centralDbUrl: undefined, env: { MT_DATA_DIR: dataDir } })
    await activate(mt, 'embedded')
    await mt.close()
    await mt.init()
    expect(await mt.tenants.get('embedded')).toMatchObject({ status: 'active' })
  })

  it('says what is wrong in the environment, when it is set up', () => {
    const env = { MT_DB_HOST: 'db', MT_API_PORT: 'http' }
    expect(() => prepare({ env })).toThrow(ConfigurationError)
    expect(() => prepare({ env })).toThrow(/- MT_API_PORT must be .*\n- MT_DB_HOST cannot be set together/)
  })

  it('that cannot reach its central database says so and can be started later', async () => {
    const proxy = await startTcpProxy(Number(new URL(server.url).port))
    closing.push(proxy.close)
    proxy.cut()
    const { mt } = prepare({ centralDbUrl: urlOf('central', proxy.port) })
    await expect(mt.init()).rejects.toThrow()
    proxy.restore()
    await mt.init()
    await mt.tenants.ping()
  })
})

describe('a central database that does not answer', () => {
  it.each(['pause', 'cut'] as const)(
    'by %s is 503 within 2.5 s for who is not known, and back within 5 s',
    async (way) => {
      const proxy = await startTcpProxy(Number(new URL(server.url).port))
      closing.push(proxy.close)
      const { mt, call } = await start({ centralDbUrl: urlOf('central', proxy.port) })
      await activate(mt, `silent_${way}`)
      expect(await call('/notes', { tenant: `silent_${way}` })).toMatchObject({ status: 200 })
      proxy[way]()
      const began = performance.now()
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => call('/notes', { tenant: `unknown_${index}` })),
      )
      expect(performance.now() - began).toBeLessThan(2_500)
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(503))
      expect(answers[0]?.headers.get('retry-after')).toBe('1')
      proxy[way === 'pause' ? 'resume' : 'restore']()
      const back = performance.now()
      while ((await call('/notes', { tenant: `silent_${way}` })).status !== 200);
      while ((await call('/notes', { tenant: 'nobody' })).status !== 404);
      expect(performance.now() - back).toBeLessThan(5_000)
    },
  )
})
