import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTemporaryCentral, type TemporaryCentral } from '../central/temporary-central.test.support.ts'
import { Usage } from './usage.ts'
import type { UsageRecord } from './usage-record.ts'

const NOW = new Date('2026-01-31T09:00:00.000Z')
const AT = new Date('2026-01-15T12:00:00.000Z')
let databases: TemporaryCentral
let usage: Usage

function item(tenantId: string, id: string, more: Partial<UsageRecord> = {}): UsageRecord {
  return { id, tenantId, metric: 'api_calls', quantity: '1', at: AT, ...more }
}

beforeAll(async () => {
  databases = await startTemporaryCentral()
  await databases.addTenants('univ', 'batch', 'other', 'crowd', 'order', 'own')
  usage = new Usage({ databases, now: () => NOW })
})

afterAll(() => databases?.close())

describe('recording usage', () => {
  it('counts an item once, however often and in whatever form it comes', async () => {
    const one = item('univ', 'a', { quantity: '1.50', attributes: { model: 'm', deep: { x: 1, y: [true, null] } } })
    expect(await usage.record(one)).toBe('recorded')
    expect(await usage.record(one)).toBe('duplicate')
    const other = { ...one, quantity: 1.5, attributes: { deep: { y: [true, null], x: 1.0 }, model: 'm' } }
    expect(await usage.record(other)).toBe('duplicate')
    expect((await usage.getTenantUsage('univ', '2026-01')).api_calls).toBe(2)
    expect((await usage.totals('univ', { from: AT, to: NOW })).metrics).toEqual({ api_calls: '1.5' })
  })

  it('refuses an id that has other content, in any member', async () => {
    const one = item('other', 'a', { userId: 'u', attributes: { model: 'm' } })
    await usage.record(one)
    const { userId: _, ...without } = one
    const others = [
      { ...one, quantity: '2' },
      { ...one, metric: 'sessions' },
      { ...one, at: new Date(AT.getTime() + 1) },
      { ...one, userId: 'v' },
      without,
      { ...one, attributes: { model: 'n' } },
      { ...one, attributes: {} },
    ]
    for (const record of others) {
      await expect(usage.record(record)).rejects.toMatchObject({
        error: 'IDEMPOTENCY_KEY_REUSED',
        details: { id: 'a' },
      })
    }
    expect(await usage.record(item('univ', 'another tenant has the id as well'))).toBe('recorded')
    expect((await usage.totals('other', { from: AT, to: NOW })).metrics).toEqual({ api_calls: '1' })
  })

  it('tells of each item of a batch what became of it, and one that is bad hinders no other', async () => {
    const bad = [
      item('batch', '', {}),
      item('batch', 'nul\0'),
      item('batch', 'half\ud800'),
      item('batch', 'x'.repeat(256)),
      item('batch', 'q1', { quantity: '-1' }),
      item('batch', 'q2', { quantity: '1e3' }),
      item('batch', 'q3', { quantity: Number.NaN }),
      item('batch', 'q4', { quantity: 0.1 + 0.2 }),
      item('batch', 'q5', { quantity: Number.POSITIVE_INFINITY }),
      item('batch', 'q6', { quantity: '' }),
      item('batch', 'm', { metric: 'Tokens' }),
      item('batch', 't1', { at: new Date(Number.NaN) }),
      item('batch', 't2', { at: new Date('1999-12-31T23:59:59Z') }),
      item('batch', 'u1', { userId: '' }),
      item('batch', 'u2', { userId: 'a\0' }),
      item('batch', 'a1', { attributes: { a: 'half \udc00' } }),
      item('batch', 'a2', { attributes: { 'nul\0': 1 } }),
      item('batch', 'a3', { attributes: { a: new Date() } }),
      item('batch', 'a4', { attributes: { a: Number.NaN } }),
      item('batch', 'a5', { attributes: { model: 5 } }),
      item('batch', 'a6', { attributes: { a: 'x'.repeat(9_000) } }),
      item('batch', 'a7', { attributes: JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`) }),
      item('No tenant', 'n'),
    ]
    const batch = [
      item('batch', 'one'),
      ...bad,
      item('nobody', 'x'),
      item('batch', 'one'),
      item('batch', 'one', { quantity: '9' }),
      item('batch', `quote ' " \\ ? ?? $1 한`, {
        userId: `' ? \\u0000 \\`,
        attributes: { note: '\\u0000 \\ud800 ? ??' },
      }),
      item('batch', 'last'),
    ]
    const outcomes = await usage.recordMany(batch)
    expect(outcomes.map(({ status }) => status)).toEqual([
      'recorded',
      ...bad.map(() => 'invalid'),
      'unknown_tenant',
      'duplicate',
      'conflict',
      'recorded',
      'recorded',
    ])
    const [, first] = outcomes
    expect(first).toMatchObject({ error: { status: 422, details: { issues: [{ loc: ['body', 'id'] }] } } })
    expect((await usage.totals('batch', { from: AT, to: NOW })).metrics).toEqual({ api_calls: '3' })
    const [row] = await databases
      .central()
      .execute(`select * from usage_logs where user_id is not null and tenant_id = 'batch'`)
    expect(row).toMatchObject({ user_id: `' ? \\u0000 \\`, attributes: { note: '\\u0000 \\ud800 ? ??' } })
    expect(await usage.recordMany([])).toEqual([])
  })

  it('takes 500 items at once and refuses more', async () => {
    const many = Array.from({ length: 501 }, (_, index) => item('own', String(index), { userId: `u${index % 7}` }))
    await expect(usage.recordMany(many)).rejects.toMatchObject({ status: 422, details: { most: 500 } })
    const outcomes = await usage.recordMany(many.slice(0, 500))
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['recorded']))
    expect((await usage.totals('own', { from: AT, to: NOW })).metrics).toEqual({ api_calls: '500' })
  })

  it('by many at the same time counts every item once, and one content of every id', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `i${index}`)
    const batches = Array.from({ length: 20 }, (_, writer) => {
      const order = writer % 2 ? ids : ids.toReversed()
      return order.map((id) => item('crowd', id, { quantity: writer % 4 ? '1' : '5', userId: `u${id}` }))
    })
    const outcomes = (await Promise.all(batches.map((batch) => usage.recordMany(batch)))).flat()
    const counted = (status: string) => outcomes.filter((outcome) => outcome.status === status).length
    expect(counted('recorded')).toBe(ids.length)
    const [log] = await databases
      .central()
      .execute<{ sum: number }[]>(`select sum(quantity)::int as sum from usage_logs where tenant_id = 'crowd'`)
    const sum = log?.sum ?? 0
    expect((await usage.totals('crowd', { from: AT, to: NOW })).metrics.api_calls).toBe(String(sum))
    const fives = (sum - ids.length) / 4
    expect(counted('duplicate')).toBe(fives * 4 + (ids.length - fives) * 14)
    expect(counted('conflict')).toBe(outcomes.length - counted('recorded') - counted('duplicate'))
  })

  it('in batches of opposite orders that wait for each other locks none of them out', async () => {
    for (let round = 0; round < 8; round++) {
      const ids = ['a', 'b', 'c', 'd'].map((letter) => `${letter}${round}`)
      const orders = [ids, ids.toReversed(), ids]
      let outcomes: Promise<unknown[]> = Promise.resolve([])
      const held = databases.central().transactional(async (em) => {
        await em.execute(
          `insert into usage_logs select 'order', id, 'held', 0, now(), null, '{}' from unnest(array['b${round}', 'c${round}']) as id`,
        )
        outcomes = Promise.all(orders.map((order) => usage.recordMany(order.map((id) => item('order', id)))))
        await untilWaiting(orders.length)
        throw new Error('rolled back')
      })
      await expect(held).rejects.toThrow('rolled back')
      const statuses = (await outcomes).flat()
      expect(statuses.filter((outcome) => JSON.stringify(outcome) === '{"status":"recorded"}')).toHaveLength(ids.length)
      expect(statuses.filter((outcome) => JSON.stringify(outcome) === '{"status":"duplicate"}')).toHaveLength(8)
    }
    expect((await usage.totals('order', { from: AT, to: NOW })).metrics).toEqual({ api_calls: '32' })
  })
})

/** Waits until so many sessions of the central database wait for a lock. */
async function untilWaiting(sessions: number): Promise<void> {
  const sql = `select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = 'central'`
  let waiting = 0
  while (waiting < sessions) {
    const [row] = await databases.central().execute<{ count: number }[]>(sql)
    waiting = row?.count ?? 0
  }
}
