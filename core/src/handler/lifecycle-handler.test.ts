import {
  defineHandler,
  marketCompatApi,
  type ProcedureResult,
  type StandardHandler,
  serve,
  standardApi,
} from '@mt-paas/server'
import Koa from 'koa'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { startTcpProxy } from '../context/tcp-proxy.test.support.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { migrations, note } from '../fleet/note-fleet.test.support.ts'
import { setupMultiTenant } from '../setup-multi-tenant.ts'
import { lifecycleHandler, type ReadyHandler } from './lifecycle-handler.ts'

const KEY = 'test-key'
const Metered = z.object({ metrics: z.array(z.unknown()) })
/** Settings with every member that they have. */
const Settings = z.object({
  config: z.looseObject({
    features: z.record(z.string(), z.unknown()),
    limits: z.record(z.string(), z.unknown()),
    branding: z.record(z.string(), z.unknown()),
  }),
})
const closing: (() => Promise<unknown>)[] = []
let server: TemporaryServer

beforeAll(async () => {
  server = await startTemporaryServer()
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

afterAll(() => server?.stop())

function urlOf(port?: number): string {
  const url = new URL(server.url)
  url.pathname = '/central'
  if (port !== undefined) url.port = String(port)
  return url.href
}

const unused = () => Promise.reject(new Error('This service has no such thing'))

/** What a service has to write itself. */
const ownProcedures = {
  getTenantStats: unused,
  getTenantCosts: unused,
  listUsers: unused,
  createUser: unused,
  getUser: unused,
  updateUser: unused,
  deleteUser: unused,
} satisfies Partial<StandardHandler>

/** The service of the architecture's example. */
async function start(port?: number) {
  const app = new Koa()
  app.silent = true
  const tenantDatabases = { tenantEntities: [note], tenantMigrations: migrations(1) }
  const mt = setupMultiTenant(app, { centralDbUrl: urlOf(port), ...tenantDatabases, env: {} })
  closing.push(() => mt.close())
  const handler = defineHandler({
    ...lifecycleHandler(mt, { baseUrl: 'https://advisor.example.com' }),
    ...ownProcedures,
  })
  const env = { MARKET_API_KEY: KEY }
  app.use(standardApi(handler, { env, idempotency: mt.idempotency, onError: () => undefined }))
  app.use(marketCompatApi(handler, { env, applications: mt.applications((id) => `https://advisor.example.com/${id}`) }))
  await mt.init()
  const { url, close } = await serve(app)
  closing.push(() => close(0))
  async function call(request: string, body?: object, headers: Readonly<Record<string, string>> = {}) {
    const [method = '', path = ''] = request.split(' ')
    const answer = await fetch(`${url}/mt${path}`, {
      method,
      headers: { 'X-Market-API-Key': KEY, 'Content-Type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const parsed: unknown = JSON.parse(await answer.text())
    return { status: answer.status, headers: answer.headers, body: parsed }
  }
  return { mt, call }
}

function activation(id: string, more: object = {}) {
  return {
    tenant_id: id,
    tenant_name: '한림대학교',
    plan: 'premium',
    features: ['own_words'],
    config: { max_users: 500, branding: { primary_color: '#123456' } },
    contact: { email: 'admin@hallym.ac.kr', name: '홍길동' },
    ...more,
  }
}

async function query<TRow extends object>(sql: string): Promise<TRow[]> {
  const client = new Client(urlOf())
  await client.connect()
  try {
    return (await client.query<TRow>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('the ready-made procedures', () => {
  it('leave to the service what is its own', () => {
    type Missing = Exclude<keyof StandardHandler, keyof ReadyHandler>
    expectTypeOf<keyof typeof ownProcedures>().toExtend<Missing>()
    // @ts-expect-error the rest is missing
    const incomplete: StandardHandler = {} as ReadyHandler
    expect(incomplete).toEqual({})
    expectTypeOf<ReadyHandler['getSettings']>().returns.resolves.toExtend<ProcedureResult<'getSettings'>>()
  })

  it('take a tenant through its life', async () => {
    const { mt, call } = await start()
    const heard: string[] = []
    mt.lifecycle.on('afterActivate', ({ tenantId }) => void heard.push(tenantId))
    const key = { 'Idempotency-Key': 'activation-1' }
    const activated = await call('POST /tenant/hallym/activate', activation('hallym'), key)
    expect(activated).toMatchObject({
      status: 200,
      body: {
        success: true,
        tenant_id: 'hallym',
        access_url: 'https://advisor.example.com/tenant/hallym',
        message: '한림대학교 활성화 완료',
      },
    })
    const again = await call('POST /tenant/hallym/activate', activation('hallym'), key)
    expect([again.body, again.headers.get('idempotent-replay')]).toEqual([activated.body, 'true'])
    expect(await call('POST /tenant/hallym/activate', activation('hallym'))).toMatchObject({ status: 409 })
    expect(await call('GET /tenant/hallym/status')).toMatchObject({
      body: { status: 'active', plan: 'premium', features: ['own_words'] },
    })
    while (!heard.includes('hallym')) await new Promise((resolve) => setTimeout(resolve, 20))

    const ended = await call('POST /tenant/hallym/deactivate', { reason: 'subscription_expired' })
    expect(ended).toMatchObject({ status: 200, body: { status: 'deactivated', data_preserved: true } })
    expect(await call('GET /tenant/hallym/settings')).toMatchObject({ status: 410 })
    expect(await call('GET /tenant/hallym/status')).toMatchObject({ status: 200, body: { status: 'deactivated' } })
    const resumed = await call('POST /tenant/hallym/activate', activation('hallym'))
    expect(resumed.body).toMatchObject({ message: '한림대학교 재활성화 완료' })
    const removed = await call('POST /tenant/hallym/deactivate', { reason: 'violation', preserve_data: false })
    expect(removed.body).toMatchObject({ data_preserved: false, data_retention_until: null })
    const trail = await mt.lifecycle.events('hallym')
    expect(trail.map(({ toState }) => toState)).toContain('active')
    expect(trail.every(({ actor }) => actor.startsWith('market:') || actor === 'service')).toBe(true)
    expect(trail.map(({ reason }) => reason)).toContain('violation')
    expect(await call('GET /tenant/nobody/status')).toMatchObject({ status: 404 })
    expect(await call('GET /health')).toMatchObject({ body: { status: 'healthy' } })
  })

  it('answer usage and bills from what was recorded', async () => {
    const { mt, call } = await start()
    await call('POST /tenant/used/activate', activation('used'))
    const at = new Date('2026-01-15T00:00:00Z')
    await mt.usage.record({ id: '1', tenantId: 'used', metric: 'api_calls', quantity: '3', at })
    expect(await call('GET /tenant/used/usage?period=2026-01')).toMatchObject({
      body: { tenant_id: 'used', period: '2026-01', usage: { api_calls: 3, ai_tokens: 0 } },
    })
    const { body } = await call('GET /tenant/used/billing/usage?period=2026-01')
    expect(Metered.parse(body).metrics).toContainEqual({ name: 'api_calls', value: 3, unit: 'calls' })
    expect(await call('GET /tenant/used/billing/detail?period=2026-01')).toMatchObject({ body: { items: [] } })
    expect(await call('GET /tenant/used/usage?period=2026-13')).toMatchObject({ status: 400 })
    expect(await call('GET /tenant/unused/usage?period=2026-01')).toMatchObject({ status: 404 })
  })

  it('answer the last bill of a tenant also when its data is removed', async () => {
    const { mt, call } = await start()
    await call('POST /tenant/billed/activate', activation('billed'))
    const at = new Date('2026-01-15T00:00:00Z')
    await mt.usage.record({ id: '1', tenantId: 'billed', metric: 'api_calls', quantity: '3', at })
    await call('POST /tenant/billed/deactivate', { reason: 'x', preserve_data: false })
    expect((await mt.tenants.get('billed')).status).toBe('purged')
    for (const of of ['usage', 'billing/usage', 'billing/detail']) {
      const asked = `GET /tenant/billed/${of}?period=2026-01`
      expect([asked, (await call(asked)).status]).toEqual([asked, 200])
    }
    const { body } = await call('GET /tenant/billed/billing/usage?period=2026-01')
    expect(Metered.parse(body).metrics).toContainEqual({ name: 'api_calls', value: 3, unit: 'calls' })
  })

  it('change of the settings only what is named', async () => {
    const { call } = await start()
    await call('POST /tenant/set/activate', activation('set'))
    const first = await call('GET /tenant/set/settings')
    expect(first.body).toMatchObject({
      config: {
        max_users: 500,
        max_storage_mb: null,
        features: { rag: true, quiz: true, custom_branding: false, own_words: true },
        limits: { max_users: 10_000, max_file_size_mb: 200 },
        branding: { logo_url: null, primary_color: '#123456', custom_css: null },
      },
      subscription: { plan: 'premium', end_date: null, auto_renew: false },
    })
    const changed = await call('PUT /tenant/set/settings', {
      features: { quiz: false },
      limits: { max_users: 2_000 },
      branding: { logo_url: 'https://example.com/logo.svg' },
    })
    const { config } = Settings.parse(first.body)
    const expected = {
      ...config,
      features: { ...config.features, quiz: false },
      limits: { ...config.limits, max_users: 2_000 },
      branding: { ...config.branding, logo_url: 'https://example.com/logo.svg' },
    }
    expect([changed.status, Settings.parse(changed.body).config]).toEqual([200, expected])
    const other = await call('PUT /tenant/set/settings', { branding: { primary_color: null } })
    const changedAgain = { ...expected, branding: { ...expected.branding, primary_color: null } }
    expect(Settings.parse(other.body).config).toEqual(changedAgain)
    expect(Settings.parse((await call('PUT /tenant/set/settings', {})).body).config).toEqual(changedAgain)
    const many = Array.from({ length: 6 }, (_, index) =>
      call('PUT /tenant/set/settings', { features: { [`f${index}`]: true } }),
    )
    expect((await Promise.all(many)).map(({ status }) => status)).toEqual(Array(6).fill(200))
    const { features } = Settings.parse((await call('GET /tenant/set/settings')).body).config
    expect(Object.keys(features).filter((name) => /^f\d$/.test(name))).toHaveLength(6)
    expect(await call('PUT /tenant/unset/settings', {})).toMatchObject({ status: 404 })
  })

  it('let people of a tenant switch on only what the subscription includes', async () => {
    const { mt, call } = await start()
    await call('POST /tenant/own/activate', activation('own', { plan: 'basic' }))
    const { updateSettings } = lifecycleHandler(mt)
    const caller = { kind: 'user', userId: 'u1', tenantId: 'own', role: 'admin', claims: {} } as const
    const ctx = {
      signal: new AbortController().signal,
      requestId: 'r1',
      tenantId: 'own',
      caller,
      idempotencyKey: undefined,
      respondAsync: false,
      reply: { status: undefined, setHeader: () => undefined },
    }
    const change = async (features: Record<string, boolean>, limits?: object) =>
      (await updateSettings({ input: { tenant_id: 'own', features, limits }, ctx })).config.features
    expect(await change({ rag: false, own_words: false })).toMatchObject({ rag: false, own_words: false })
    expect(await change({ rag: true, own_words: true })).toMatchObject({ rag: true, own_words: true })
    await expect(change({ rag: false, quiz: true })).rejects.toMatchObject({ error: 'FEATURE_DISABLED', status: 403 })
    await expect(change({}, { max_users: 9 })).rejects.toMatchObject({ error: 'FORBIDDEN' })
    expect(await call('GET /tenant/own/settings')).toMatchObject({
      body: { config: { features: { rag: true, quiz: false } } },
    })
    await call('PUT /tenant/own/settings', { features: { quiz: true } })
    expect(await change({ quiz: false })).toMatchObject({ quiz: false })
  })

  it('forget the look of a tenant with its data', async () => {
    const { call } = await start()
    await call('POST /tenant/look/activate', activation('look', { config: {} }))
    await call('PUT /tenant/look/settings', { branding: { primary_color: 'red' } })
    await call('POST /tenant/look/deactivate', { reason: 'x' })
    await call('POST /tenant/look/activate', activation('look', { config: {} }))
    expect(await call('GET /tenant/look/settings')).toMatchObject({
      body: { config: { branding: { primary_color: 'red' } } },
    })
    await call('POST /tenant/look/deactivate', { reason: 'x', preserve_data: false })
    expect(await query(`select 1 from tenant_settings where tenant_id = 'look'`)).toEqual([])
  })

  it('refuse with 422 what cannot be kept', async () => {
    const { call } = await start()
    for (const tenant_name of ['a\0b', 'half \ud800']) {
      const refused = await call('POST /tenant/nul/activate', activation('nul', { tenant_name }))
      expect(refused).toMatchObject({ status: 422, body: { details: { issues: [{ loc: ['body', 'tenant_name'] }] } } })
    }
    expect(await call('GET /tenant/nul/status')).toMatchObject({ status: 404 })
  })
})

describe('without its central database', () => {
  it.each(['pause', 'cut'] as const)(
    'by %s every answer is 503 within 2.5 s, and right again within 5 s',
    async (way) => {
      const proxy = await startTcpProxy(Number(new URL(server.url).port))
      closing.push(proxy.close)
      const { call } = await start(proxy.port)
      const id = `gone-${way}`
      await call(`POST /tenant/${id}/activate`, activation(id))
      proxy[way]()
      const began = performance.now()
      const answers = await Promise.all([
        call(`GET /tenant/${id}/status`),
        call(`GET /tenant/${id}/usage?period=2026-01`),
        call(`GET /tenant/${id}/settings`),
        call('POST /tenant/new-one/activate', activation('new-one')),
        call('GET /health'),
      ])
      expect(performance.now() - began).toBeLessThan(2_500)
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 200])
      expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1', '1', '1', null])
      expect(answers[4]).toMatchObject({ body: { status: 'unhealthy' } })
      proxy[way === 'pause' ? 'resume' : 'restore']()
      const back = performance.now()
      while ((await call(`GET /tenant/${id}/status`)).status !== 200);
      while ((await call(`GET /tenant/${id}/settings`)).status !== 200);
      expect(performance.now() - back).toBeLessThan(5_000)
    },
  )
})
