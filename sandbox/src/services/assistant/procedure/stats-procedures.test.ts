import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AssistantBench, openAssistantBench } from '../assistant-bench.test.support.ts'
import { addActivity } from '../sample-activity.test.support.ts'

let bench: AssistantBench

beforeAll(async () => {
  bench = await openAssistantBench()
})

afterAll(() => bench?.close())

beforeEach(async () => {
  await bench.reset()
})

const call: AssistantBench['call'] = (name, input) => bench.call(name, input)

async function seed(): Promise<void> {
  await addActivity(await bench.entityManager())
  await bench.meter()
}

describe('statistics', () => {
  it('are computed from rows, day by day, and the days sum up to the total', async () => {
    await seed()
    const { summary, trends, health } = await call('getTenantStats', { period: '2d' })
    expect(summary).toEqual({
      total_users: 3,
      active_users: 2,
      new_users_this_period: 2,
      total_sessions: 2,
      total_messages: 6,
      total_tokens: 1_500_114,
      estimated_cost_usd: 0.45035105,
    })
    expect(trends?.daily).toEqual([
      { date: '2026-01-30', users: 1, messages: 4, tokens: 1_500_110 },
      { date: '2026-01-31', users: 1, messages: 2, tokens: 4 },
    ])
    expect(health).toEqual({ status: 'healthy', last_check: '2026-01-31T09:00:00Z', response_time_ms: 0 })
  })

  it('of a time without activity are zeros', async () => {
    const { summary, trends } = await call('getTenantStats', { period: '2025-02' })
    expect(Object.values(summary).every((value) => value === 0)).toBe(true)
    expect(trends?.daily).toHaveLength(28)
    expect((await call('getTenantCosts', { period: '2025-02' })).total_cost_usd).toBe(0)
    expect((await call('getTopUsers', { period: '2025-02' })).users).toEqual([])
  })

  it('price every answer by its model, and keep the costs of users who were removed', async () => {
    await seed()
    const before = await call('getTenantCosts', { period: '2d' })
    expect(before.by_model).toEqual([
      { model: 'gpt-4o-mini', input_tokens: 1_000_003, output_tokens: 500_001, cost_usd: 0.45000105 },
      { model: 'gpt-4o', input_tokens: 100, output_tokens: 10, cost_usd: 0.00035 },
    ])
    expect(before.by_user_top10.map(({ user_id, cost_usd }) => [user_id, cost_usd])).toEqual([
      ['kim', 0.45035],
      ['lee', 0.00000105],
    ])
    expect(before.daily_trend).toEqual([
      { date: '2026-01-30', cost_usd: 0.45035 },
      { date: '2026-01-31', cost_usd: 0.00000105 },
    ])
    await call('deleteUser', { user_id: 'lee' })
    const after = await call('getTenantCosts', { period: '2d' })
    expect(after.total_cost_usd).toBe(before.total_cost_usd)
    expect(after.by_user_top10.map(({ user_id }) => user_id)).toEqual(['kim'])
  })

  it('rank users by messages', async () => {
    await seed()
    expect((await call('getTopUsers', { period: '30d' })).users).toEqual([
      {
        user_id: 'kim',
        name: '김하늘',
        email: 'kim@hallym.ac.kr',
        sessions: 1,
        messages: 4,
        tokens: 1_500_110,
        last_active: '2026-01-30T23:59:59Z',
      },
      {
        user_id: 'lee',
        name: '이바다 100%',
        email: 'lee@hallym.ac.kr',
        sessions: 1,
        messages: 2,
        tokens: 4,
        last_active: '2026-01-31T00:00:00Z',
      },
    ])
    expect((await call('getTopUsers', { period: '30d', limit: 1 })).users).toHaveLength(1)
  })
})

describe('usage and bills', () => {
  it('are those of the UTC month', async () => {
    await seed()
    expect((await call('getTenantUsage', { period: '2025-12' })).usage).toEqual({
      active_users: 1,
      total_sessions: 1,
      sessions: 1,
      messages: 2,
      api_calls: 1,
      ai_tokens: 2_000,
      input_tokens: 1_000,
      output_tokens: 1_000,
      storage_mb: 0,
      total_cost: 0.0125,
    })
    const january = await call('getTenantUsage', { period: '2026-1' })
    expect(january.usage).toMatchObject({ active_users: 2, api_calls: 3, storage_mb: 4, total_cost: 0.45035105 })
    const { metrics, total_cost } = await call('getBillingUsage', { period: '2026-01' })
    const value = (metric: string) => metrics.find(({ name }) => name === metric)?.value
    expect([value('input_tokens'), value('output_tokens'), value('sessions')]).toEqual([1_000_103, 500_011, 2])
    expect(value('ai_tokens')).toBe(january.usage.ai_tokens)
    expect(total_cost).toBe(january.usage.total_cost)
  })

  it('list what was used at which price, and the lines sum up', async () => {
    await seed()
    const bill = await call('getBillingDetail', { period: '2026-01' })
    const line = { unit: '1,000,000 tokens' }
    expect(bill.items).toEqual([
      { ...line, name: 'gpt-4o input_tokens', quantity: 0.0001, unit_price: 2.5, amount: 0.00025 },
      { ...line, name: 'gpt-4o-mini input_tokens', quantity: 1.000003, unit_price: 0.15, amount: 0.15000045 },
      { ...line, name: 'gpt-4o output_tokens', quantity: 0.00001, unit_price: 10, amount: 0.0001 },
      { ...line, name: 'gpt-4o-mini output_tokens', quantity: 0.500001, unit_price: 0.6, amount: 0.3000006 },
    ])
    expect(bill).toMatchObject({ subtotal: 0.45035105, tax: 0, total: 0.45035105, currency: 'USD' })
    expect(await call('getBillingDetail', { period: '2024-02' })).toMatchObject({ items: [], total: 0 })
    expect((await call('getTenantUsage', { period: '9999-12' })).usage).toMatchObject({ api_calls: 0 })
    expect((await call('getTenantUsage', { period: '0001-01' })).usage).toMatchObject({ api_calls: 0 })
  })
  it('are those of the rows, also when what a crash left is recorded twice', async () => {
    await seed()
    const em = await bench.entityManager()
    await em.execute('update messages set metered = false')
    await call('deleteUser', { user_id: 'lee' })
    await Promise.all([bench.meter(), bench.meter()])
    const { usage } = await call('getTenantUsage', { period: '2026-01' })
    const { summary } = await call('getTenantStats', { period: '2026-01' })
    expect(usage).toMatchObject({ ai_tokens: summary.total_tokens, messages: summary.total_messages })
    expect(usage.total_cost).toBe(summary.estimated_cost_usd)
    expect(usage.total_cost).toBe((await call('getTenantCosts', { period: '2026-01' })).total_cost_usd)
  })
})
