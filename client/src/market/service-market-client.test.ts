import type { HealthResponse } from '@mt-paas/server/contract'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { serveAdvisor } from '../advisor.test.support.ts'
import { closedPort, serveJson, serveRaw } from '../raw-server.test.support.ts'
import type { FanOut } from './fan-out.ts'
import { ServiceMarketClient } from './service-market-client.ts'

const health = { status: 'healthy', version: '1', timestamp: '2026-01-31T09:00:00Z' }

describe('a market', () => {
  it('calls services over both protocols, typed end to end', async () => {
    const advisor = await serveAdvisor()
    await using chatbot = await serveJson(health)
    await using market = new ServiceMarketClient()
    market.registerService('advisor', { baseUrl: advisor.url, apiKey: 'key1' })
    market.registerService('chatbot', { baseUrl: chatbot.url, apiKey: 'key2', protocol: 'rest' })
    const all = await market.healthCheckAll()
    expectTypeOf(all).toEqualTypeOf<FanOut<HealthResponse>>()
    expect(all).toMatchObject({
      partial: false,
      results: [{ serviceId: 'advisor' }, { serviceId: 'chatbot', value: health }],
    })
    const users = await market.service('advisor').listUsers.query({ tenant_id: 'hallym', role: 'admin' })
    expect(users.users).toHaveLength(1)
    const contact = { email: 'a@b.kr', name: 'a' }
    const request = { tenant_id: 'new', tenant_name: 'New', plan: 'basic', features: [], contact }
    expect(await market.activateTenant('advisor', request)).toMatchObject({ success: true })
    await expect(market.activateTenant('advisor', request)).rejects.toMatchObject({ code: 'TENANT_EXISTS' })
    const ended = await market.deactivateTenant('advisor', { tenant_id: 'new', reason: 'admin_request' })
    expect(ended).toMatchObject({ status: 'deactivated' })
    await advisor.close(0)
  })

  it('knows its services', async () => {
    await using market = new ServiceMarketClient()
    market.registerService('a', { baseUrl: 'http://a.example.com' })
    market.registerService('a', { baseUrl: 'http://b.example.com', protocol: 'auto' })
    market.registerService('한림 상담', { baseUrl: 'http://c.example.com' })
    expect(market.services()).toEqual([
      { id: 'a', baseUrl: 'http://b.example.com', protocol: 'auto' },
      { id: '한림 상담', baseUrl: 'http://c.example.com', protocol: 'trpc' },
    ])
    expect(market.unregister('a')).toBe(true)
    expect(market.unregister('a')).toBe(false)
    expect(() => market.service('a')).toThrow('Service not registered: a')
    await expect(market.callAll(async () => 1, { services: ['a'] })).rejects.toMatchObject({
      code: 'SERVICE_NOT_REGISTERED',
      serviceId: 'a',
    })
    for (const id of ['', 'a/b', 'a\n', '..', 'x'.repeat(129)]) {
      expect(() => market.registerService(id, { baseUrl: 'http://a.example.com' })).toThrow(TypeError)
    }
  })

  it('fails calls after it was closed', async () => {
    const market = new ServiceMarketClient()
    market.registerService('a', { baseUrl: 'http://127.0.0.1:1', maxAttempts: 1 })
    await market.close()
    await expect(market.service('a').healthCheck()).rejects.toMatchObject({ code: 'UNREACHABLE', answerLost: false })
  })

  it('shows no key, not even when it is printed', async () => {
    await using market = new ServiceMarketClient()
    const service = market.registerService('a', { baseUrl: 'http://a.example.com', apiKey: 'top-secret' })
    const { inspect } = await import('node:util')
    expect(inspect([market, service, market.services()], { depth: 10, showHidden: true })).not.toContain('top-secret')
  })
})

describe('a call to all services', () => {
  it('says of each how it ended, in the order of registration', async () => {
    await using healthy = await serveJson(health)
    await using failing = await serveJson({ detail: 'no' }, 500)
    await using nonsense = await serveJson({ status: 5 })
    await using hanging = await serveRaw(() => {})
    await using broken = await serveRaw((_req, res) => res.destroy())
    await using market = new ServiceMarketClient({ protocol: 'rest', breaker: { minimumAttempts: 2 }, backoff: 1 })
    market.registerService('ok', { baseUrl: healthy.url })
    market.registerService('rejected', { baseUrl: failing.url })
    market.registerService('invalid_response', { baseUrl: nonsense.url })
    market.registerService('timeout', { baseUrl: hanging.url })
    market.registerService('unreachable', { baseUrl: `http://127.0.0.1:${await closedPort()}`, breaker: false })
    market.registerService('circuit_open', { baseUrl: broken.url, maxAttempts: 2 })
    await market
      .service('circuit_open')
      .healthCheck()
      .catch(() => {})
    const { results, partial } = await market.healthCheckAll({ deadline: 300 })
    expect(partial).toBe(true)
    expect(results.map(({ status }) => status)).toEqual(market.services().map(({ id }) => id))
    for (const result of results) {
      if (result.status === 'ok') expect(result.value).toEqual(health)
      else expect(result.error.serviceId).toBe(result.serviceId)
      expect(result.duration).toBeLessThan(550)
    }
  })

  it('reaches a few of them when told so, and ends with its caller', async () => {
    await using hanging = await serveRaw(() => {})
    await using market = new ServiceMarketClient({ protocol: 'rest' })
    market.registerService('a', { baseUrl: hanging.url })
    market.registerService('b', { baseUrl: hanging.url })
    const { results } = await market.getAllUsage('t', '2026-01', { services: ['b'], signal: AbortSignal.timeout(50) })
    expect(results).toMatchObject([{ serviceId: 'b', status: 'timeout', error: { code: 'ABORTED' } }])
  })
})
