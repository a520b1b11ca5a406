import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { defineHandler, marketCompatApi, serve, signCallback } from '@mt-paas/server'
import Koa from 'koa'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { migrations, note } from '../fleet/note-fleet.test.support.ts'
import { lifecycleHandler } from '../handler/lifecycle-handler.ts'
import { ownProcedures } from '../handler/own-procedures.test.support.ts'
import { setupMultiTenant } from '../setup-multi-tenant.ts'

const KEY = 'test-key'
const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
const closing: (() => Promise<unknown>)[] = []
let server: TemporaryServer
let market: Server
let origin = ''
let statuses: number[] = []
let received: { readonly id: unknown; readonly key: unknown; readonly body: string }[] = []

beforeAll(async () => {
  server = await startTemporaryServer()
  market = createServer(async (req, res) => {
    const { 'webhook-id': id, 'x-service-api-key': key } = req.headers
    received.push({ id, key, body: await text(req) })
    res.writeHead(statuses.shift() ?? 200).end()
  })
  await new Promise<void>((resolve) => market.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(market.address() as AddressInfo).port}`
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  received = []
  statuses = []
})

afterAll(async () => {
  market?.close()
  await server?.stop()
})

/** A process of the service; the middleware is put together before the database is open. */
async function start(serviceKey = 'svc-key') {
  const url = new URL(server.url)
  url.pathname = '/central'
  const app = new Koa()
  app.silent = true
  const tenantDatabases = { tenantEntities: [note], tenantMigrations: migrations(1) }
  const mt = setupMultiTenant(app, { centralDbUrl: url.href, ...tenantDatabases, env: {} })
  const handler = defineHandler({
    ...lifecycleHandler(mt, { baseUrl: 'https://advisor.example.com' }),
    ...ownProcedures,
  })
  app.use(
    marketCompatApi(handler, {
      env: { MARKET_API_KEY: KEY },
      applications: mt.applications((id) => `https://advisor.example.com/${id}`),
      webhook: { secret: SECRET, store: mt.webhooks },
      callback: { origins: [origin], serviceKey, secret: SECRET, queue: mt.callbacks, schedule: [0, 1_000, 1_000] },
    }),
  )
  await mt.init()
  const { url: address, close } = await serve(app)
  const stop = async () => {
    await close(0)
    await mt.close()
  }
  closing.push(stop)
  async function post(id: string, application_id: number) {
    const body = JSON.stringify({
      application_id,
      kind: 'demo',
      applicant: { id: 1, name: '홍', email: `${application_id}@hallym.ac.kr`, university_name: '한림대학교' },
      service: { id: 1, slug: 'advisor', title: 'AI Advisor' },
      callback_url: `${origin}/callback`,
    })
    const signed = signCallback({ id, timestamp: new Date(), body, secrets: [SECRET] })
    const headers = { 'Content-Type': 'application/json', 'X-API-Key': KEY, ...signed }
    const response = await fetch(`${address}/api/tenant/webhook/auto-provision`, { method: 'POST', headers, body })
    return { status: response.status, text: await response.text(), replay: response.headers.get('idempotent-replay') }
  }
  return { post, stop }
}

describe('callbacks and webhooks of a service with a central database', () => {
  it('outlive the process: another one sends what is due, and knows the webhook that comes again', async () => {
    statuses = [503]
    const first = await start()
    const answer = await first.post('msg_1', 17)
    expect(answer).toMatchObject({ status: 200, replay: null })
    await expect.poll(() => received.length, { timeout: 5_000 }).toBe(1)
    await first.stop()

    const second = await start('next-key')
    expect(await second.post('msg_1', 17)).toEqual({ ...answer, replay: 'true' })
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(2)
    expect(received.map(({ key }) => key)).toEqual(['svc-key', 'next-key'])
    expect(new Set(received.map(({ id, body }) => `${id} ${body}`)).size).toBe(1)
    expect(received[0]?.id).toMatch(/^cb_[0-9a-f]{32}$/)
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ success: true, tenant_id: 'demo_hanlimdaehaggyo_17' })
  })

  it('are sent once by two processes', async () => {
    const [one, other] = [await start(), await start()]
    const posts = [one.post('msg_2', 21), other.post('msg_3', 22), one.post('msg_4', 23), other.post('msg_5', 24)]
    expect((await Promise.all(posts)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await expect.poll(() => received.length, { timeout: 5_000 }).toBe(4)
    expect(new Set(received.map(({ id }) => id)).size).toBe(4)
  })
})
