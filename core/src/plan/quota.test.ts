import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTemporaryCentral, type TemporaryCentral } from '../central/temporary-central.test.support.ts'
import { Subscriptions } from '../tenant/subscriptions.ts'
import { planCatalogue } from './plan-catalogue.ts'
import { Quota } from './quota.ts'

let now = new Date('2026-01-31T23:59:59.999Z')
let databases: TemporaryCentral
let subscriptions: Subscriptions
let quota: Quota
const plans = planCatalogue({
  plans: { standard: { quotas: { api_calls: { day: 20, month: 30 }, exports: { month: 2 } } } },
})

beforeAll(async () => {
  databases = await startTemporaryCentral()
  await databases.addTenants('crowd', 'tokens', 'windows', 'free_of', 'features', 'decimals', 'first')
  const options = { databases, plans, now: () => now }
  subscriptions = new Subscriptions(options)
  quota = new Quota(options)
})

afterAll(() => databases?.close())

async function passing(tries: number, work: () => Promise<void>): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: tries }, work))
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  for (const reason of refused) expect(reason).toMatchObject({ error: 'QUOTA_EXCEEDED', status: 429 })
  return tries - refused.length
}

describe('a quota', () => {
  it('lets exactly its limit pass, however many ask at once', async () => {
    const api = { tenantId: 'crowd', metric: 'api_calls' }
    expect(await passing(50, () => quota.consume(api))).toBe(20)
    expect(await quota.remaining(api)).toEqual({
      day: { limit: 20, used: '20', remaining: '0' },
      month: { limit: 30, used: '20', remaining: '10' },
    })
    now = new Date('2026-02-01T00:00:00.000Z')
    expect(await passing(50, () => quota.consume({ ...api, quantity: 3 }))).toBe(6)
    now = new Date('2026-02-02T00:00:00.000Z')
    expect(await passing(50, () => quota.consume(api))).toBe(12)
    await expect(quota.consume(api)).rejects.toMatchObject({ details: { resource: 'api_calls_per_month', limit: 30 } })
  })

  it('refuses what is more than the limit at the first time too', async () => {
    const api = { tenantId: 'first', metric: 'api_calls' }
    await expect(quota.consume({ ...api, quantity: 21 })).rejects.toMatchObject({
      details: { resource: 'api_calls_per_day', limit: 20 },
    })
    await quota.consume({ ...api, quantity: 20 })
    expect((await quota.remaining(api)).day.remaining).toBe('0')
  })

  it('has windows of the UTC day and month', async () => {
    const exports = { tenantId: 'windows', metric: 'exports' }
    now = new Date('2028-02-29T23:59:59.999Z')
    expect(await passing(3, () => quota.consume(exports))).toBe(2)
    expect((await quota.remaining(exports)).day).toEqual({ limit: null, used: '2', remaining: null })
    await expect(quota.assert(exports)).rejects.toMatchObject({ details: { resource: 'exports_per_month', limit: 2 } })
    now = new Date('2028-03-01T00:00:00.000Z')
    expect((await quota.remaining(exports)).month).toEqual({ limit: 2, used: '0', remaining: '2' })
    expect(await passing(3, () => quota.consume(exports))).toBe(2)
  })

  it('of tokens follows the plan and the limits of the subscription', async () => {
    const tokens = { tenantId: 'tokens', metric: 'ai_tokens' }
    await quota.consume({ ...tokens, quantity: 900_000 })
    await expect(quota.assert({ ...tokens, quantity: 100_001 })).rejects.toMatchObject({
      details: { resource: 'daily_tokens', limit: 1_000_000 },
    })
    await quota.assert({ ...tokens, quantity: 100_000 })
    await subscriptions.change('tokens', { limits: { dailyTokens: 800_000 } })
    expect((await quota.remaining(tokens)).day).toEqual({ limit: 800_000, used: '900000', remaining: '0' })
    await expect(quota.consume(tokens)).rejects.toMatchObject({ details: { limit: 800_000 } })
    await subscriptions.change('tokens', { plan: 'premium', limits: { monthlyTokens: 900_001 } })
    await quota.consume(tokens)
    await expect(quota.consume(tokens)).rejects.toMatchObject({ details: { resource: 'monthly_tokens' } })
    await quota.release({ ...tokens, quantity: 900_001 })
    await quota.release({ ...tokens, quantity: 5 })
    expect((await quota.remaining(tokens)).month.used).toBe('0')
  })

  it('does not limit what no plan limits', async () => {
    expect(
      await passing(5, () => quota.consume({ tenantId: 'free_of', metric: 'constructor', quantity: '1e3'.length })),
    ).toBe(5)
    expect((await quota.remaining({ tenantId: 'free_of', metric: 'constructor' })).day).toEqual({
      limit: null,
      used: '15',
      remaining: null,
    })
  })

  it('is exact, and refuses what is no quantity', async () => {
    const exports = { tenantId: 'decimals', metric: 'exports' }
    for (let time = 0; time < 20; time++) await quota.consume({ ...exports, quantity: '0.1' })
    expect((await quota.remaining(exports)).month.remaining).toBe('0')
    await expect(quota.consume({ ...exports, quantity: '0.000000000001' })).rejects.toMatchObject({ status: 429 })
    for (const quantity of [-1, Number.NaN, Number.POSITIVE_INFINITY, 'x', '', '-0.1']) {
      await expect(quota.consume({ ...exports, quantity })).rejects.toMatchObject({ status: 422 })
    }
    await expect(quota.consume({ tenantId: 'nobody', metric: 'x' })).rejects.toMatchObject({
      error: 'TENANT_NOT_FOUND',
    })
  })

  it('also holds what exists at the same time', async () => {
    const users = { tenantId: 'features', limit: 'maxUsers' } as const
    await quota.assertHeld({ ...users, value: 1_000 })
    for (const value of [1_001, Number.NaN]) {
      await expect(quota.assertHeld({ ...users, value })).rejects.toMatchObject({
        status: 429,
        details: { resource: 'max_users', limit: 1_000 },
      })
    }
  })
})

describe('a feature', () => {
  it('is the plan’s, what the market listed, and what the subscription says', async () => {
    await quota.assertFeature('features', 'quiz')
    await expect(quota.assertFeature('features', 'custom_branding')).rejects.toMatchObject({
      error: 'FEATURE_DISABLED',
      status: 403,
      details: { feature: 'custom_branding' },
    })
    await databases
      .central()
      .execute(`update tenants set features = '["ai_chat", "custom_branding"]' where id = 'features'`)
    expect(await quota.hasFeature('features', 'ai_chat')).toBe(true)
    expect(await quota.hasFeature('features', 'custom_branding')).toBe(true)
    await subscriptions.change('features', { features: { custom_branding: false, quiz: false } })
    expect(await quota.hasFeature('features', 'custom_branding')).toBe(false)
    await expect(quota.assertFeature('features', 'quiz')).rejects.toMatchObject({ status: 403 })
    for (const feature of ['constructor', '__proto__', ''])
      expect(await quota.hasFeature('features', feature)).toBe(false)
    await expect(quota.hasFeature('nobody', 'quiz')).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
  })
})
