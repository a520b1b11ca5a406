import { describe, expect, it } from 'vitest'
import { type RawServer, serveRaw } from '../raw-server.test.support.ts'
import { type BillingSummaryOptions, ServiceMarketClient } from './service-market-client.ts'

const item = { name: 'tokens', unit: '1k', quantity: 3, unit_price: 0.1, amount: 0.3 }
const bill = {
  tenant_id: 'hallym',
  service_id: '',
  period: '2026-01',
  items: [item],
  subtotal: 0,
  tax: 0,
  total: 0.1,
  currency: 'KRW',
}
const usage = (total_cost?: unknown) => ({
  tenant_id: 'hallym',
  period: '2026-01',
  usage: { api_calls: 1, total_cost },
})
const notFound = [404, { detail: 'Not Found' }] as const

type Answer = readonly [status: number, body: unknown]

/** A service with a bill, or without billing and with usage only. */
function biller({
  detail = notFound,
  usage: used = notFound,
}: {
  detail?: Answer
  usage?: Answer
}): Promise<RawServer> {
  return serveRaw((req, res) => {
    const [status, body] = req.url?.includes('/billing/detail') ? detail : used
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
}

async function summaryOf(
  services: Readonly<Record<string, Parameters<typeof biller>[0]>>,
  options?: BillingSummaryOptions,
) {
  await using servers = new AsyncDisposableStack()
  await using market = new ServiceMarketClient({ protocol: 'rest' })
  for (const [id, answers] of Object.entries(services)) {
    market.registerService(id, { baseUrl: servers.use(await biller(answers)).url })
  }
  return await market.getBillingSummary('hallym', '2026-01', options)
}

describe('the billing summary', () => {
  it('adds exactly', async () => {
    const cents = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`s${index}`, { detail: [200, { ...bill, total: 0.1 }] as const }]),
    )
    const big = { detail: [200, { ...bill, total: 9_007_199_254_740_991 }] as const }
    expect(await summaryOf({ ...cents, big })).toMatchObject({
      totals: { KRW: '9007199254740992' },
      partial: false,
      missing: [],
    })
    expect((await summaryOf(cents)).totals).toEqual({ KRW: '1' })
  })

  it('keeps currencies apart', async () => {
    const summary = await summaryOf({
      won: { detail: [200, bill] },
      dollar: { detail: [200, { ...bill, total: 2.5, currency: 'USD' }] },
      more: { detail: [200, { ...bill, total: 1e-7, currency: 'USD' }] },
    })
    expect(summary.totals).toEqual({ KRW: '0.1', USD: '2.5000001' })
    expect(summary.services[0]).toEqual({
      service_id: 'won',
      metrics: [{ name: 'tokens', value: 3, unit: '1k' }],
      cost: '0.1',
      currency: 'KRW',
      source: 'billing',
    })
  })

  it('takes the total of the usage from services without billing', async () => {
    const summary = await summaryOf({ old: { usage: [200, usage(12_500)] } }, { usageCurrency: 'USD' })
    expect(summary.services).toEqual([
      { service_id: 'old', metrics: [], cost: '12500', currency: 'USD', source: 'usage' },
    ])
  })

  it('names every service it has no bill of, and counts none as zero', async () => {
    const unknown = { success: false, error: 'TENANT_NOT_FOUND', message: 'Tenant hallym not found' }
    const summary = await summaryOf({
      fine: { detail: [200, { ...bill, period: '2026-1' }] },
      unpriced: { usage: [200, usage()] },
      text: { usage: [200, usage('12')] },
      absent: { detail: [404, { detail: unknown }], usage: [200, usage(1)] },
      dead: { detail: [500, {}] },
      other: { detail: [200, { ...bill, tenant_id: 'seoul' }] },
      late: { detail: [200, { ...bill, period: '2025-12' }] },
      coinless: { detail: [200, { ...bill, currency: '__proto__' }] },
    })
    expect(summary.totals).toEqual({ KRW: '0.1' })
    expect(summary.partial).toBe(true)
    expect(summary.missing.map(({ serviceId, status, error }) => [serviceId, status, error.code])).toEqual([
      ['unpriced', 'invalid_response', 'INVALID_RESPONSE'],
      ['text', 'invalid_response', 'INVALID_RESPONSE'],
      ['absent', 'rejected', 'TENANT_NOT_FOUND'],
      ['dead', 'rejected', 'INTERNAL_ERROR'],
      ['other', 'invalid_response', 'INVALID_RESPONSE'],
      ['late', 'invalid_response', 'INVALID_RESPONSE'],
      ['coinless', 'invalid_response', 'INVALID_RESPONSE'],
    ])
  })

  it('of no service is empty', async () => {
    expect(await summaryOf({})).toEqual({
      tenant_id: 'hallym',
      period: '2026-01',
      services: [],
      totals: {},
      missing: [],
      partial: false,
    })
  })
})
