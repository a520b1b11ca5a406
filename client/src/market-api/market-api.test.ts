import { serve } from '@mt-paas/server'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { serveAdvisor } from '../advisor.test.support.ts'
import { ServiceMarketClient } from '../market/service-market-client.ts'
import { closedPort, serveRaw } from '../raw-server.test.support.ts'
import { marketApi } from './market-api.ts'
import type { MarketRouter } from './market-router.ts'

const market = new ServiceMarketClient({ backoff: 1 })
let advisor: Awaited<ReturnType<typeof serveAdvisor>>
let running: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  advisor = await serveAdvisor()
  market.registerService('advisor', { baseUrl: advisor.url, apiKey: 'key1' })
  market.registerService('misconfigured', { baseUrl: advisor.url, apiKey: 'wrong' })
  const api = marketApi(market, { apiKeys: ['op-old', 'op-new'], authenticate: (koa) => koa.get('x-sso') === 'yes' })
  running = await serve(new Koa().use(api))
})

afterAll(async () => {
  await running.close(0)
  await advisor.close(0)
  await market.close()
})

const Refusal = z.object({ message: z.string() })

interface Sent {
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

async function call(method: string, path: string, { body, headers = { 'x-api-key': 'op-new' } }: Sent = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${running.url}${path}`, { method, headers, ...(body !== undefined && { body: text }) })
  const answer = await response.text()
  const parsed: unknown = answer === '' ? null : JSON.parse(answer)
  return { status: response.status, body: parsed }
}

const contact = { email: 'a@b.kr', name: 'a' }
const request = { tenant_name: 'New', plan: 'basic', features: [], contact }

describe('the management paths', () => {
  it('do what they say', async () => {
    const path = '/services/advisor/tenants/new'
    expect(await call('POST', `${path}/activate`, { body: request })).toMatchObject({
      status: 200,
      body: { success: true },
    })
    expect(await call('GET', `${path}/status`)).toMatchObject({
      status: 200,
      body: { tenant_id: 'new', status: 'active' },
    })
    expect(await call('GET', `${path}/usage?period=2026-01`)).toMatchObject({
      status: 200,
      body: { usage: { api_calls: 7 } },
    })
    expect(await call('POST', `${path}/deactivate`, { body: { reason: 'x' } })).toMatchObject({
      body: { status: 'deactivated' },
    })
    expect(await call('GET', '/services/advisor/health')).toMatchObject({
      body: { status: 'healthy', version: '1.4.0' },
    })
  })

  it('register services and check them all', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`
    const registered = await call('POST', '/services/register', {
      body: { service_id: 'gone', base_url: url, api_key: 'secret' },
    })
    expect(registered.body).toEqual({ service_id: 'gone', base_url: url, protocol: 'auto' })
    const { body } = await call('GET', '/services/health')
    expect(body).toMatchObject({
      partial: true,
      services: {
        advisor: { outcome: 'ok', answer: { status: 'healthy' } },
        gone: { outcome: 'unreachable', error: 'UNREACHABLE' },
      },
    })
    market.unregister('gone')
  })

  it('sum bills up without hiding what is missing', async () => {
    const { body } = await call('GET', '/tenants/hallym/billing/summary?period=2026-01')
    expect(body).toMatchObject({
      tenant_id: 'hallym',
      period: '2026-01',
      services: { advisor: { metrics: [], cost: 0.1, currency: 'KRW' } },
      total_cost: 0.1,
      currency: 'KRW',
      totals: { KRW: '0.1' },
      missing: { misconfigured: { outcome: 'rejected', error: 'UNAUTHORIZED' } },
      partial: true,
    })
  })

  it("hand the operator's key and request id on", async () => {
    const seen: unknown[] = []
    await using service = await serveRaw((req, res) => {
      seen.push(req.headers['idempotency-key'], req.headers['x-request-id'])
      res.writeHead(409).end('{"error":"TENANT_EXISTS","message":"m"}')
    })
    market.registerService('spy', { baseUrl: service.url, protocol: 'rest' })
    const headers = { 'x-api-key': 'op-old', 'idempotency-key': 'k1', 'x-request-id': 'r1' }
    const answer = await call('POST', '/services/spy/tenants/a/activate', { body: request, headers })
    expect(answer).toMatchObject({ status: 409, body: { error: 'TENANT_EXISTS', request_id: 'r1' } })
    expect(seen).toEqual(['k1', 'r1'])
    market.unregister('spy')
  })
})

describe('errors', () => {
  it.each([
    ['GET', '/services/nobody/health', 404, 'SERVICE_NOT_REGISTERED'],
    ['GET', '/services/advisor/tenants/ghost/status', 404, 'TENANT_NOT_FOUND'],
    ['GET', '/services/advisor/tenants/hallym/usage?period=2026-13', 422, 'INVALID_REQUEST'],
    ['GET', '/services/advisor/tenants/hallym/usage', 422, 'INVALID_REQUEST'],
    ['GET', '/services/misconfigured/tenants/hallym/status', 502, 'UNAUTHORIZED'],
    ['GET', '/services/advisor/tenants/a%0Ab/status', 400, 'INVALID_REQUEST'],
    ['PUT', '/services/health', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/services/register', 405, 'METHOD_NOT_ALLOWED'],
  ])('%s %s is %i %s', async (...[method, path, status, error]) => {
    const answer = await call(method, path)
    const { message } = Refusal.parse(answer.body)
    expect(answer).toMatchObject({ status, body: { success: false, error, detail: message } })
  })

  it.each([
    ['{', 400],
    ['[]', 400],
    ['"a"', 400],
    ['{"__proto__":{}}', 400],
    [{}, 422],
    [{ ...request, tenant_id: 'other' }, 400],
    [{ ...request, features: 'x' }, 422],
  ])('a body %j is %i', async (body, status) => {
    const answer = await call('POST', '/services/advisor/tenants/new/activate', { body })
    expect(answer).toMatchObject({ status, body: { error: 'INVALID_REQUEST' } })
  })

  it('a service that cannot be registered is 422', async () => {
    for (const service of [
      {},
      { service_id: 'a', base_url: 'file:///etc' },
      { service_id: 'a/b', base_url: 'http://a' },
    ]) {
      expect(await call('POST', '/services/register', { body: service })).toMatchObject({ status: 422 })
    }
  })

  it('a service that is gone is 502, one that is silent is 504', async () => {
    await using silent = await serveRaw(() => {})
    market.registerService('gone', { baseUrl: `http://127.0.0.1:${await closedPort()}` })
    market.registerService('silent', { baseUrl: silent.url, timeout: 50 })
    expect(await call('GET', '/services/gone/health')).toMatchObject({ status: 502, body: { error: 'UNREACHABLE' } })
    expect(await call('GET', '/services/silent/health')).toMatchObject({ status: 504, body: { error: 'TIMEOUT' } })
    market.unregister('gone')
    market.unregister('silent')
  })
})

describe('authentication', () => {
  it.each([{}, { 'x-api-key': 'wrong' }, { 'x-api-key': '' }, { authorization: 'Bearer op-new' }, { 'x-sso': 'no' }])(
    'refuses %j, on every path, before the body is read',
    async (headers) => {
      for (const [method, path] of [
        ['GET', '/services/health'],
        ['POST', '/services/register'],
        ['PUT', '/services/health'],
        ['GET', '/services/nobody/health'],
        ['GET', '/trpc/checkServices'],
        ['POST', '/trpc/registerService'],
      ] as const) {
        const answer = await call(method, path, { headers, ...(method === 'POST' && { body: '{' }) })
        expect(answer).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } })
      }
    },
  )

  it('accepts every key, and the check of the market', async () => {
    for (const headers of [{ 'x-api-key': 'op-old' }, { 'x-api-key': 'op-new' }, { 'x-sso': 'yes' }]) {
      expect(await call('GET', '/services/advisor/health', { headers })).toMatchObject({ status: 200 })
    }
  })

  it('cannot be left out', () => {
    expect(() => marketApi(market, {})).toThrow(TypeError)
    expect(() => marketApi(market, { apiKeys: [] })).toThrow(TypeError)
    expect(() => marketApi(market, { apiKeys: [''] })).toThrow(TypeError)
  })
})

it('the same procedures answer over tRPC, typed', async () => {
  const links = [httpBatchLink({ url: `${running.url}/trpc`, headers: { 'x-api-key': 'op-new' } })]
  const client = createTRPCClient<MarketRouter>({ links })
  const status = await client.getTenantStatus.query({ service_id: 'advisor', tenant_id: 'hallym' })
  expect(status.features).toEqual(['rag'])
  const error = await client.getTenantStatus.query({ service_id: 'advisor', tenant_id: 'ghost' }).catch((e) => e)
  expect(error).toMatchObject({
    message: 'Tenant ghost not found',
    data: { error: 'TENANT_NOT_FOUND', httpStatus: 404, details: { service_id: 'advisor' } },
  })
})

it('other paths go on to the next middleware', async () => {
  expect(await fetch(`${running.url}/elsewhere`).then(({ status }) => status)).toBe(404)
  expect(await call('OPTIONS', '/services/health')).toMatchObject({ status: 204 })
})
