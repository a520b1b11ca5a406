import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { defineHandler, marketCompatApi, serve, standardApi } from '@mt-paas/server'
import Koa from 'koa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { migrations, note } from '../fleet/note-fleet.test.support.ts'
import { setupMultiTenant } from '../setup-multi-tenant.ts'
import { lifecycleHandler } from './lifecycle-handler.ts'
import { ownProcedures } from './own-procedures.test.support.ts'

const KEY = 'test-key'
const closing: (() => Promise<unknown>)[] = []
/** What the market received. */
const received: { readonly body: unknown; readonly key: unknown; readonly signed: boolean }[] = []
let server: TemporaryServer
let base: string
let market: string
/** Holds up the making of tenants while it is pending. */
let gate = Promise.resolve()

beforeAll(async () => {
  server = await startTemporaryServer()
  const receiver = createServer(async (request, response) => {
    const { 'x-service-api-key': key, 'webhook-signature': signature } = request.headers
    received.push({ body: await json(request), key, signed: signature !== undefined })
    response.end()
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  closing.push(async () => receiver.close())
  market = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`

  const app = new Koa()
  app.silent = true
  const centralDbUrl = new URL('/central', server.url).href
  const mt = setupMultiTenant(app, {
    centralDbUrl,
    tenantEntities: [note],
    tenantMigrations: migrations(1),
    warmDatabases: 0,
    env: {},
    provision: () => gate,
  })
  closing.push(() => mt.close())
  const handler = defineHandler({
    ...lifecycleHandler(mt, { baseUrl: 'https://advisor.example.com', respondAsyncAfter: 50 }),
    ...ownProcedures,
  })
  const env = { MARKET_API_KEY: KEY }
  app.use(standardApi(handler, { env, idempotency: mt.idempotency, onError: () => undefined }))
  const callback = { origins: [market], serviceKey: 'service-key', secret: `whsec_${'A'.repeat(43)}=` }
  const applications = mt.applications((id) => `https://advisor.example.com/${id}`)
  app.use(marketCompatApi(handler, { env, applications, callback: { ...callback, queue: mt.callbacks } }))
  await mt.init()
  const { url, close } = await serve(app)
  closing.push(() => close(0))
  base = url
})

afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await server?.stop()
})

async function call(path: string, body?: object, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(base + path, {
    headers: { 'X-Market-API-Key': KEY, 'X-API-Key': KEY, 'Content-Type': 'application/json', ...headers },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> }
}

const activation = (id: string) => ({
  tenant_id: id,
  tenant_name: '한림대학교',
  plan: 'premium',
  features: [],
  config: { callback_url: `${market}/callback` },
  contact: { email: 'admin@hallym.ac.kr', name: '홍길동' },
})

it.each([
  ['standard', (id: string) => `/mt/tenant/${id}/activate`],
  ['auto-provision', () => '/api/tenant/webhook/auto-provision'],
])(
  'an activation (%s) that takes its time is 202 for who prefers that, and a callback tells of its end',
  async (way, path) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    const id = `slow-${way}`
    const accepted = await call(path(id), activation(id), { Prefer: 'respond-async', 'Idempotency-Key': id })
    expect(accepted).toMatchObject({ status: 202, body: { success: true, tenant_id: id } })
    const location = accepted.headers.get('Location') ?? ''
    expect(location).toBe(`https://advisor.example.com/mt/tenant/${id}/status`)
    expect(await call(new URL(location).pathname)).toMatchObject({ status: 200, body: { status: 'provisioning' } })
    const again = await call(path(id), activation(id))
    expect(again).toMatchObject({ status: 409, body: { error: 'OPERATION_IN_PROGRESS' } })
    expect(again.headers.get('Retry-After')).toMatch(/^\d+$/)
    expect(received).toEqual([])

    resolve()
    await expect.poll(() => received, { timeout: 10_000 }).toHaveLength(1)
    expect(await call(new URL(location).pathname)).toMatchObject({ body: { status: 'active' } })
    expect(received.splice(0)).toEqual([
      {
        key: 'service-key',
        signed: true,
        body: {
          success: true,
          tenant_id: id,
          message: '한림대학교 활성화 완료',
          access_url: `https://advisor.example.com/tenant/${id}`,
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        },
      },
    ])
  },
)

it('one that is done in time is answered at once, and no callback follows', async () => {
  gate = Promise.resolve()
  const { status, body } = await call('/mt/tenant/quick/activate', activation('quick'))
  expect([status, body.message]).toEqual([200, '한림대학교 활성화 완료'])
  expect((await call('/mt/tenant/quick/status')).body.status).toBe('active')
  expect(received).toEqual([])
})
