import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTemporaryCentral, type TemporaryCentral } from '../central/temporary-central.test.support.ts'
import type { Rate } from './rate-card.ts'
import { monthSpan, type Span } from './span.ts'
import { Usage } from './usage.ts'
import type { UsageRecord } from './usage-record.ts'

const RUNS = Number(process.env.MT_USAGE_RUNS ?? 30)
const Exact = Decimal.clone({ precision: 1_000 })
const METRICS = ['ai_tokens', 'input_tokens', 'api_calls', 'own_metric']
const USERS = ['a', 'B', 'b', '한림', "o'hara", '😀']
const MODELS = ['gpt', 'claude']
const DAY = 86_400_000

let databases: TemporaryCentral
let tenants = 0

beforeAll(async () => {
  databases = await startTemporaryCentral()
})

afterAll(() => databases?.close())

/** Moments around the ends of days, months and years, leap days and the hours at which summer time begins or ends. */
const moment = fc
  .tuple(
    fc.constantFrom(
      '2024-02-29T00:00:00Z',
      '2024-03-01T00:00:00Z',
      '2026-01-01T00:00:00Z',
      '2026-01-31T00:00:00Z',
      '2026-02-01T00:00:00Z',
      '2026-03-01T05:00:00Z',
      '2026-03-08T07:00:00Z',
      '2026-03-29T01:00:00Z',
      '2026-11-01T06:00:00Z',
    ),
    fc.oneof(fc.constantFrom(-1, 0, 1, DAY - 1, DAY), fc.integer({ min: -2 * DAY, max: 2 * DAY })),
  )
  .map(([text, shift]) => new Date(Date.parse(text) + shift))

const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, scale]) => new Exact(digits.toString()).div(new Exact(10).pow(scale)).toFixed())

const record = fc.record({
  id: fc.integer({ min: 0, max: 40 }).map(String),
  metric: fc.constantFrom(...METRICS),
  quantity: fc.oneof(decimal, fc.constantFrom('0', '0.1', '0.2', '1', '1.0')),
  at: moment,
  userId: fc.option(fc.constantFrom(...USERS), { nil: undefined }),
  model: fc.option(fc.constantFrom(...MODELS), { nil: undefined }),
})
type Generated = typeof record extends fc.Arbitrary<infer TValue> ? TValue : never

const rates = fc.uniqueArray(
  fc.record({
    metric: fc.constantFrom(...METRICS),
    model: fc.constantFrom('', ...MODELS),
    price: decimal,
    per: fc.constantFrom(1, 1_000, 1_000_000),
    effectiveFrom: fc.constantFrom('0001-01-01', '2024-03-01', '2026-01-31', '2026-02-01', '2026-03-08'),
  }),
  { maxLength: 12, selector: ({ metric, model, effectiveFrom }) => [metric, model, effectiveFrom].join() },
)

function toRecord({ model, userId, ...one }: Generated, tenantId: string): UsageRecord {
  return { ...one, tenantId, ...(userId !== undefined && { userId }), attributes: model === undefined ? {} : { model } }
}

function sum(values: readonly (string | Decimal)[]): string {
  return Exact.sum(0, ...values).toFixed()
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function rateOf(one: Generated, card: readonly Required<Rate>[]): Required<Rate> | undefined {
  const [best] = card
    .filter(({ metric, model }) => metric === one.metric && (model === '' || model === one.model))
    .filter(({ effectiveFrom }) => effectiveFrom <= dayOf(one.at))
    .sort((a, b) => Number(b.model !== '') - Number(a.model !== '') || (a.effectiveFrom < b.effectiveFrom ? 1 : -1))
  return best
}

async function newTenant(): Promise<string> {
  tenants += 1
  await databases.addTenants(`t${tenants}`)
  return `t${tenants}`
}

/** Sends several batches at once, several times over, and returns what has to count: one content of every id. */
async function recordAll(usage: Usage, tenantId: string, batches: readonly (readonly Generated[])[]) {
  const sent = [...batches, ...batches.map((batch) => batch.toReversed())]
  const outcomes = await Promise.all(sent.map((batch) => usage.recordMany(batch.map((one) => toRecord(one, tenantId)))))
  const counted = sent.flatMap((batch, index) =>
    batch.filter((_, place) => outcomes[index]?.[place]?.status === 'recorded'),
  )
  expect(new Set(counted.map(({ id }) => id)).size).toBe(counted.length)
  expect(counted.map(({ id }) => id).sort()).toEqual([...new Set(batches.flat().map(({ id }) => id))].sort())
  for (const [index, batch] of sent.entries()) {
    for (const [place, one] of batch.entries()) {
      const winner = counted.find(({ id }) => id === one.id)
      const isSame = winner && content(winner) === content(one)
      const expected = isSame ? ['recorded', 'duplicate'] : ['conflict']
      expect(expected).toContain(outcomes[index]?.[place]?.status)
    }
  }
  return counted
}

function content({ metric, quantity, at, userId, model }: Generated): string {
  return JSON.stringify([metric, new Exact(quantity).toFixed(), at, userId ?? null, model ?? null])
}

async function checkSpan(usage: Usage, tenantId: string, { counted, span }: { counted: Generated[]; span: Span }) {
  const inside = counted.filter(({ at }) => at >= span.from && at < span.to)
  const [totals, days] = await Promise.all([usage.totals(tenantId, span), usage.days(tenantId, span)])
  expect(days).toHaveLength((span.to.getTime() - span.from.getTime()) / DAY)
  expect(totals.activeUsers).toBe(new Set(inside.flatMap(({ userId }) => userId ?? [])).size)
  for (const metric of METRICS) {
    const mine = inside.filter((one) => one.metric === metric)
    const total = totals.metrics[metric] ?? '0'
    expect(total).toBe(sum(mine.map(({ quantity }) => quantity)))
    expect(sum(days.map(({ metrics }) => metrics[metric] ?? '0'))).toBe(total)
    for (const { day, metrics } of days) {
      expect(metrics[metric] ?? '0').toBe(sum(mine.flatMap(({ at, quantity }) => (dayOf(at) === day ? quantity : []))))
    }
    const { users, unattributed } = await usage.byUser(tenantId, span, metric)
    expect(sum([unattributed, ...users.map(({ value }) => value)])).toBe(total)
    expect(unattributed).toBe(sum(mine.flatMap(({ userId, quantity }) => (userId === undefined ? quantity : []))))
    const bytes = (text: string) => Buffer.from(text)
    const ordered = users.toSorted(
      (a, b) => new Exact(b.value).cmp(a.value) || Buffer.compare(bytes(a.userId), bytes(b.userId)),
    )
    expect(users).toEqual(ordered)
  }
}

async function checkBill(
  usage: Usage,
  tenantId: string,
  given: { counted: Generated[]; span: Span; card: Required<Rate>[] },
) {
  const inside = given.counted.filter(({ at }) => at >= given.span.from && at < given.span.to)
  const amounts = inside.map((one) => {
    const rate = rateOf(one, given.card)
    return rate ? new Exact(one.quantity).times(rate.price).div(rate.per) : new Exact(0)
  })
  const bill = await usage.bill(tenantId, given.span)
  expect(bill.subtotal).toBe(sum(amounts))
  expect(bill.tax).toBe(new Exact(bill.subtotal).times('0.1').toFixed())
  expect(bill.total).toBe(sum([bill.subtotal, bill.tax]))
  for (const line of bill.lines) expect(new Exact(line.quantity).times(line.unitPrice).toFixed()).toBe(line.amount)
}

describe('usage that cannot double-bill', () => {
  it('adds up by days, users and rates, whatever is sent twice, at once, or with other content', async () => {
    const batches = fc.array(fc.array(record, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(batches, rates, async (sent, card) => {
        const tenantId = await newTenant()
        const usage = new Usage({ databases, now: () => new Date(), billing: { rates: card, taxRate: '0.1' } })
        const counted = await recordAll(usage, tenantId, sent)
        const months = new Set([...counted.map(({ at }) => at.toISOString().slice(0, 7)), '2026-02'])
        for (const month of months) {
          const span = monthSpan(month)
          await checkSpan(usage, tenantId, { counted, span })
          await checkBill(usage, tenantId, { counted, span, card })
        }
        const years = { from: new Date('2024-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') }
        await checkBill(usage, tenantId, { counted, span: years, card })
      }),
      { numRuns: RUNS },
    )
  })

  it('has roll-ups that are what was recorded', async () => {
    const differing = await databases.central().execute(
      `with counted as (
        select tenant_id, (at at time zone 'UTC')::date as day, metric, coalesce(user_id, '') as user_id,
          coalesce(attributes ->> 'model', '') as model, sum(quantity) as quantity, max(quantity) as peak,
          count(*) as events, max(at) as last_at
        from usage_logs group by 1, 2, 3, 4, 5
      )
      (table counted except select * from usage_daily) union all (select * from usage_daily except table counted)`,
    )
    const [rows] = await databases
      .central()
      .execute<{ count: number }[]>('select count(*)::int as count from usage_daily')
    expect(rows?.count).toBeGreaterThan(RUNS)
    expect(differing).toEqual([])
  })
})
