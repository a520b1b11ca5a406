import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTemporaryCentral, type TemporaryCentral } from '../central/temporary-central.test.support.ts'
import { Usage, type UsageSettings } from './usage.ts'
import type { UsageRecord } from './usage-record.ts'

const NOW = new Date('2026-01-31T09:00:00.000Z')
const AT = new Date('2026-01-15T12:00:00.000Z')
let databases: TemporaryCentral
let usage: Usage

function open(settings: UsageSettings = {}): Usage {
  return new Usage({ databases, now: () => NOW, ...settings })
}

function item(tenantId: string, id: string, more: Partial<UsageRecord> = {}): UsageRecord {
  return { id, tenantId, metric: 'api_calls', quantity: '1', at: AT, ...more }
}

beforeAll(async () => {
  databases = await startTemporaryCentral()
  await databases.addTenants('univ', 'empty', 'edges', 'gauge', 'priced', 'people')
  usage = open()
})

afterAll(() => databases?.close())

describe('periods', () => {
  it('are UTC and half-open, whatever zone the server and its summer time are in', async () => {
    const moments = [
      ['2026-01-31T23:59:59.999Z', '2026-01'],
      ['2026-02-01T00:00:00.000Z', '2026-02'],
      ['2026-03-08T07:30:00.000Z', '2026-03'],
      ['2026-11-01T05:30:00.000Z', '2026-11'],
      ['2026-11-01T06:30:00.000Z', '2026-11'],
      ['2024-02-29T23:59:59.999Z', '2024-02'],
      ['2024-03-01T00:00:00.000Z', '2024-03'],
      ['2025-12-31T23:59:59.999Z', '2025-12'],
      ['9999-12-31T23:59:59.999Z', '9999-12'],
    ] as const
    await usage.recordMany(moments.map(([at], index) => item('edges', String(index), { at: new Date(at) })))
    for (const period of new Set(moments.map(([, month]) => month))) {
      const expected = moments.filter(([, month]) => month === period).length
      expect((await usage.getTenantUsage('edges', period)).api_calls, period).toBe(expected)
    }
    const february = { from: new Date('2024-02-01T00:00:00Z'), to: new Date('2024-03-01T00:00:00Z') }
    const days = await usage.days('edges', february)
    expect([days.length, days.at(0)?.day, days.at(-1)]).toEqual([
      29,
      '2024-02-01',
      { day: '2024-02-29', metrics: { api_calls: '1' }, activeUsers: 0 },
    ])
    const november = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') }
    expect((await usage.days('edges', november)).map(({ day }) => day)).toHaveLength(30)
  })

  it('with one digit are the same month, echoed as sent, and no others are accepted', async () => {
    await usage.record(item('univ', 'a', { quantity: '3' }))
    expect((await usage.getTenantUsage('univ', '2026-1')).api_calls).toBe(3)
    expect(await usage.getTenantUsage('univ', '2026-1')).toEqual(await usage.getTenantUsage('univ', '2026-01'))
    expect((await usage.getBillingDetail('univ', '2026-1')).period).toBe('2026-1')
    for (const period of ['2026-13', '2026-00', '0000-01', '2026', '30d', '2026-01-01', '']) {
      await expect(usage.getTenantUsage('univ', period)).rejects.toMatchObject({
        error: 'INVALID_REQUEST',
        status: 400,
      })
    }
  })

  it('without usage are zeros, and of an unknown tenant 404', async () => {
    for (const period of ['2026-01', '0001-01', '9999-12']) {
      expect(await usage.getTenantUsage('empty', period)).toEqual({
        active_users: 0,
        total_sessions: 0,
        api_calls: 0,
        ai_tokens: 0,
        storage_mb: 0,
      })
      const report = await usage.getBillingUsage('empty', period)
      expect(report.metrics.map(({ value }) => value)).toEqual(report.metrics.map(() => 0))
      expect(report).toMatchObject({ tenant_id: 'empty', period, total_cost: null })
      expect(await usage.getBillingDetail('empty', period)).toMatchObject({ items: [], subtotal: 0, tax: 0, total: 0 })
    }
    const stats = await usage.stats('empty', '7d')
    expect(stats.summary).toMatchObject({ total_users: 0, total_tokens: 0, estimated_cost_usd: 0 })
    expect(stats.trends?.daily).toHaveLength(7)
    expect(await usage.topUsers({ tenantId: 'empty' })).toEqual([])
    expect(await usage.costs('empty')).toMatchObject({ total_cost_usd: 0, by_model: [], by_user_top10: [] })
    expect(await usage.days('empty', { from: AT, to: AT })).toEqual([])
    for (const limit of [0, -1, 1.5, 501]) {
      await expect(usage.topUsers({ tenantId: 'empty', limit })).rejects.toMatchObject({ status: 422 })
    }
    const calls = [
      () => usage.days('nobody', { from: AT, to: AT }),
      () => usage.getTenantUsage('nobody', '2026-01'),
      () => usage.getBillingUsage('nobody', '2026-01'),
      () => usage.getBillingDetail('nobody', '2026-01'),
      () => usage.stats('nobody'),
      () => usage.costs('nobody'),
      () => usage.topUsers({ tenantId: 'nobody' }),
      () => usage.byUser('nobody', { from: AT, to: NOW }, 'api_calls'),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
  })
})

describe('a gauge', () => {
  it('counts with its largest value, and whole on the wire', async () => {
    const at = (day: number) => new Date(`2026-01-${String(day).padStart(2, '0')}T00:00:00Z`)
    const values = ['10', '30.25', '12', '30.25']
    await usage.recordMany(
      values.map((quantity, index) =>
        item('gauge', `g${index}`, { metric: 'storage_mb', quantity, at: at(index + 1) }),
      ),
    )
    expect((await usage.getTenantUsage('gauge', '2026-01')).storage_mb).toBe(31)
    const priced = open({
      billing: {
        rates: [
          { metric: 'storage_mb', price: '2' },
          { metric: 'storage_mb', price: '3', effectiveFrom: '2026-01-04' },
        ],
      },
    })
    const span = { from: at(1), to: at(31) }
    expect((await priced.bill('gauge', span)).lines).toEqual([
      { metric: 'storage_mb', model: '', unit: 'MB', quantity: '30.25', unitPrice: '2', amount: '60.5' },
    ])
  })
})

describe('a bill', () => {
  it('is exact, by model before metric and by the rate of the day', async () => {
    const day = (text: string) => new Date(`${text}T23:59:59.999Z`)
    await usage.recordMany([
      item('priced', '1', { metric: 'input_tokens', quantity: '1234567', attributes: { model: 'gpt' } }),
      item('priced', '2', {
        metric: 'input_tokens',
        quantity: '3',
        at: day('2026-01-19'),
        attributes: { model: 'gpt' },
      }),
      item('priced', '3', {
        metric: 'input_tokens',
        quantity: '3',
        at: day('2026-01-20'),
        attributes: { model: 'gpt' },
      }),
      item('priced', '4', { metric: 'input_tokens', quantity: '0.1', userId: 'u' }),
      item('priced', '5', { metric: 'input_tokens', quantity: '0.2', userId: 'u' }),
      item('priced', '6', { metric: 'output_tokens', quantity: '7', userId: 'u', attributes: { model: 'gpt' } }),
      item('priced', '7', { metric: 'sessions', quantity: '4' }),
    ])
    const priced = open({
      billing: {
        currency: 'USD',
        taxRate: '0.1',
        serviceId: 'advisor',
        rates: [
          { metric: 'input_tokens', price: '0.3' },
          { metric: 'input_tokens', model: 'gpt', price: '2.5', per: 1_000_000 },
          { metric: 'input_tokens', model: 'gpt', price: '5', per: 1_000_000, effectiveFrom: '2026-01-20' },
          { metric: 'output_tokens', price: '1', effectiveFrom: '2026-02-01' },
        ],
      },
    })
    const bill = await priced.bill('priced', { from: new Date('2026-01-01'), to: new Date('2026-02-01') })
    const unit = '1,000,000 tokens'
    const line = { metric: 'input_tokens', model: 'gpt', unit }
    expect(bill).toEqual({
      lines: [
        { metric: 'input_tokens', model: '', unit: 'tokens', quantity: '0.3', unitPrice: '0.3', amount: '0.09' },
        { ...line, quantity: '1.23457', unitPrice: '2.5', amount: '3.086425' },
        { ...line, quantity: '0.000003', unitPrice: '5', amount: '0.000015' },
      ],
      subtotal: '3.17644',
      tax: '0.317644',
      total: '3.494084',
      currency: 'USD',
    })
    expect(await priced.getBillingDetail('priced', '2026-01')).toMatchObject({
      tenant_id: 'priced',
      service_id: 'advisor',
      items: [{ name: 'input_tokens' }, { name: 'gpt input_tokens', unit, quantity: 1.23457, amount: 3.086425 }, {}],
      total: 3.494084,
    })
    expect(await priced.getBillingUsage('priced', '2026-01')).toMatchObject({ total_cost: 3.17644 })
    expect(await priced.getTenantUsage('priced', '2026-01')).toMatchObject({
      total_cost: 3.17644,
      ai_tokens: 1_234_581,
      total_sessions: 4,
      active_users: 1,
    })
    const costs = await priced.costs('priced', '2026-01')
    expect(costs).toMatchObject({
      total_cost_usd: 3.17644,
      by_model: [{ model: 'gpt', input_tokens: 1_234_573, output_tokens: 7, cost_usd: 3.08644 }],
      by_user_top10: [{ user_id: 'u', cost_usd: 0.09, tokens: 8 }],
    })
    expect(costs.daily_trend.map(({ date }) => date)).toEqual(['2026-01-15', '2026-01-19', '2026-01-20'])
  })

  it('is refused a rate that cannot be one', () => {
    const rates =
      (...given: readonly object[]) =>
      () =>
        open({ billing: { rates: given as never } })
    expect(rates({ metric: 'x', price: '-1' })).toThrow('Rate 0 of the rate card needs a price')
    expect(rates({ metric: 'x', price: '1', per: 3 })).toThrow('10, 100')
    expect(rates({ metric: 'x', price: '1', effectiveFrom: '2026-02-30' })).toThrow('YYYY-MM-DD')
    expect(rates({ metric: 'x', price: '1' }, { metric: 'x', price: '2' })).toThrow('Rate 1 of the rate card repeats')
    expect(() => open({ billing: { currency: 'won' } })).toThrow('currency')
    expect(() => open({ billing: { taxRate: '10%' } })).toThrow('taxRate')
  })
})

describe('the users of a tenant', () => {
  it('come by what they used, then by id, and statistics count them', async () => {
    const day = (text: string) => new Date(`${text}T10:00:00Z`)
    await usage.recordMany([
      item('people', '1', { metric: 'input_tokens', quantity: '5', userId: 'b', at: day('2025-06-01') }),
      item('people', '2', { metric: 'input_tokens', quantity: '5', userId: 'b', at: day('2026-01-30') }),
      item('people', '3', { metric: 'output_tokens', quantity: '2', userId: 'b', at: day('2026-01-31') }),
      item('people', '4', { metric: 'ai_tokens', quantity: '7', userId: 'a', at: day('2026-01-31') }),
      item('people', '5', { metric: 'ai_tokens', quantity: '7', userId: 'B', at: day('2026-01-02') }),
      item('people', '6', { metric: 'messages', quantity: '3', userId: 'c', at: day('2026-01-31') }),
      item('people', '7', { metric: 'ai_tokens', quantity: '9', at: day('2026-01-31') }),
    ])
    const top = await usage.topUsers({ tenantId: 'people', limit: 3 })
    expect(top.map(({ userId, value }) => [userId, value])).toEqual([
      ['B', '7'],
      ['a', '7'],
      ['b', '7'],
    ])
    const two = await usage.topUsers({ tenantId: 'people', limit: 2 })
    expect(two.map(({ userId }) => userId)).toEqual(['B', 'a'])
    expect(top.at(2)).toEqual({
      userId: 'b',
      value: '7',
      metrics: { input_tokens: '5', output_tokens: '2' },
      lastActive: day('2026-01-31'),
    })
    const messages = await usage.topUsers({ tenantId: 'people', metric: 'messages', limit: 1 })
    expect(messages.map(({ userId }) => userId)).toEqual(['c'])
    const stats = await usage.stats('people', '30d')
    expect(stats.summary).toEqual({
      total_users: 4,
      active_users: 4,
      new_users_this_period: 3,
      total_sessions: 0,
      total_messages: 3,
      total_tokens: 30,
      estimated_cost_usd: 0,
    })
    const daily = stats.trends?.daily
    expect([daily?.length, daily?.at(0)?.date, daily?.at(-1)]).toEqual([
      30,
      '2026-01-02',
      { date: '2026-01-31', users: 3, messages: 3, tokens: 18 },
    ])
  })
})
