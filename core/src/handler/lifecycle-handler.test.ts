import type { ProcedureResult, StandardHandler } from '@mt-paas/server'
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { startTcpProxy } from '../context/tcp-proxy.test.support.ts'
import type { ReadyHandler } from './lifecycle-handler.ts'
import type { ownProcedures } from './own-procedures.test.support.ts'
import { activation, type ReadyServiceBed, startReadyServiceBed } from './ready-service.test.support.ts'

const Metered = z.object({ metrics: z.array(z.unknown()) })

let bed: ReadyServiceBed

beforeAll(async () => {
  bed = await startReadyServiceBed()
})

afterEach(() => bed?.closeAll())
afterAll(() => bed?.stop())

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
    const { mt, call } = await bed.start()
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
    const { mt, call } = await bed.start()
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
    const { mt, call } = await bed.start()
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

  it('refuse with 422 what cannot be kept', async () => {
    const { call } = await bed.start()
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
      const proxy = await startTcpProxy(bed.port)
      bed.closeLater(proxy.close)
      const { call } = await bed.start(proxy.port)
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
