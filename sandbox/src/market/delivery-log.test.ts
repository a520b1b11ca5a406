import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operatorBrowser } from '../console/console-client.test.support.ts'
import { APPROVED, type RecordingService, startRecordingService } from '../simulator/recording-service.test.support.ts'
import { type Simulator, startSimulator } from '../simulator/start-simulator.ts'

let simulator: Simulator
let service: RecordingService
let operator: Awaited<ReturnType<typeof operatorBrowser>>['client']

beforeAll(async () => {
  let asked = 0
  service = await startRecordingService(() => {
    asked += 1
    return asked % 3 === 0 ? { status: 503, body: {} } : APPROVED
  })
  simulator = await startSimulator({ port: 0, schedule: [0, 60_000] })
  operator = (await operatorBrowser(simulator)).client
  await simulator.engine.services.save({ slug: 'advisor', base_url: service.url })
  for (let time = 0; time < 30; time++) {
    const university_name = time % 2 === 0 ? '한림대학교' : '100% 대학, "본교"'
    const { id } = await operator.simulator.applyForDemo.mutate({ applicant: { university_name, name: '=홍길동' } })
    await operator.simulator.sendApplication.mutate({ id })
  }
})

afterAll(async () => {
  await simulator?.close()
  await service?.close()
})

describe('the log of deliveries', () => {
  it('filters by everything at once, and counts', async () => {
    const { listDeliveries } = operator.market
    expect(await listDeliveries.query({})).toMatchObject({ total: 30 })
    expect(await listDeliveries.query({ state: 'delivered' })).toMatchObject({ total: 20 })
    expect(await listDeliveries.query({ state: 'waiting', reason: 'unavailable' })).toMatchObject({ total: 10 })
    expect(await listDeliveries.query({ reason: 'timeout' })).toEqual({ total: 0, deliveries: [] })
    const korean = await listDeliveries.query({ text: '한림', service: 'advisor', source: 'application' })
    expect(korean.total).toBe(15)
    expect(korean.deliveries[0]).toMatchObject({ university: '한림대학교', tenant_id: 'hallym' })
    expect(await listDeliveries.query({ text: '100%' })).toMatchObject({ total: 15 })
    expect(await listDeliveries.query({ text: '100_' })).toMatchObject({ total: 0 })
    const { deliveries } = await listDeliveries.query({ application_id: 1_010 })
    expect(deliveries).toMatchObject([{ application_id: 1_010 }])
    expect(await listDeliveries.query({ to: deliveries[0]?.created_at })).toMatchObject({ total: 10 })
    expect(await listDeliveries.query({ from: deliveries[0]?.created_at })).toMatchObject({ total: 20 })
  })

  it('is paged without repeating or leaving out any', async () => {
    const seen: number[] = []
    for (let before: number | undefined; ; ) {
      const { deliveries, total } = await operator.market.listDeliveries.query({ before, limit: 7, state: 'delivered' })
      expect(total).toBe(20)
      if (deliveries.length === 0) break
      seen.push(...deliveries.map(({ sequence }) => sequence))
      before = deliveries.at(-1)?.sequence
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a))
    expect(seen).toHaveLength(20)
  })

  it('is exported as CSV that spreadsheets open, and as JSON', async () => {
    const csv = await operator.market.exportDeliveries.query({ state: 'delivered' })
    expect(csv).toMatchObject({ count: 20, name: expect.stringMatching(/^deliveries-.+\.csv$/) })
    const [header, ...lines] = csv.content.replace('\uFEFF', '').trimEnd().split('\r\n')
    expect(header).toContain('id,sequence,application_id,service,source')
    expect(lines).toHaveLength(20)
    expect(csv.content).toContain(`"100% 대학, ""본교"""`)
    expect(csv.content).toContain(`,'=홍길동,`)
    const json = await operator.market.exportDeliveries.query({ format: 'json', limit: 1 } as { format: 'json' })
    expect(JSON.parse(json.content)).toHaveLength(30)
  })

  it('shows the same numbers in the overview', async () => {
    const overview = await operator.market.overview.query({ buckets: 24 })
    expect(overview).toMatchObject({
      tiles: {
        deliveries: { total: 30, by_state: { delivered: 20, waiting: 10 } },
        success_rate: 1,
        duration_ms: { count: 30 },
      },
      failures: [{ reason: 'unavailable', count: 10 }],
      waiting: { total: 10 },
    })
    expect(overview.waiting.next).toHaveLength(10)
    expect(overview.buckets).toHaveLength(24)
    const sum = (name: 'succeeded' | 'failed' | 'samples') =>
      overview.buckets.reduce((total, bucket) => total + bucket[name], 0)
    expect([sum('succeeded'), sum('failed'), sum('samples')]).toEqual([20, 10, 30])
    const all = await operator.simulator.statistics.query()
    const { p50, p95, p99, count } = overview.tiles.duration_ms
    expect({ p50, p95, p99, count }).toEqual({
      p50: all.duration_ms.p50,
      p95: all.duration_ms.p95,
      p99: all.duration_ms.p99,
      count: all.duration_ms.count,
    })
    const quiet = await operator.market.overview.query({ from: '2001-01-01T00:00:00Z', to: '2001-01-02T00:00:00Z' })
    expect(quiet).toMatchObject({ tiles: { deliveries: { total: 0 }, success_rate: null, duration_ms: { p50: null } } })
  })

  it('sends many again, by name and by filter', async () => {
    const { deliveries } = await operator.market.listDeliveries.query({ state: 'delivered', limit: 2 })
    const ids = [...deliveries.map(({ id }) => id), 'msg_nobody']
    expect(await operator.market.replayDeliveries.mutate({ ids })).toEqual({ replayed: 2, skipped: 1, remaining: 0 })
    await simulator.engine.idle()
    const again = await operator.simulator.getDelivery.query({ id: ids[0] ?? '' })
    expect(again.attempts_made).toHaveLength(2)
    const byFilter = { filter: { reason: 'unavailable' as const }, limit: 4 }
    const { replayed, remaining } = await operator.market.replayDeliveries.mutate(byFilter)
    expect(replayed).toBe(4)
    expect(remaining).toBeGreaterThan(0)
  })
})

describe('50,000 deliveries', () => {
  const COUNT = 50_000

  it('are looked through', async () => {
    const now = Date.now()
    await simulator.engine.store.transaction(async (em) => {
      await em.execute(
        `with recursive n (i) as (select 1000 union all select i + 1 from n where i < ?)
         insert into deliveries (sequence, id, application_id, service_slug, source, shape, url, headers, body, retry,
           state, attempts, uncounted, created_at, finished_at, reason, status_code, duration_ms)
         select i, 'msg_many_' || i, 1000 + i % 30, 'advisor', 'application', 'flat', 'http://127.0.0.1:9/webhook', '{}',
           zeroblob(700), 0, iif(i % 10 = 0, 'failed', 'delivered'), 1, 0, ? - (? - i) * 1000, ? - (? - i) * 1000,
           iif(i % 10 = 0, 'timeout', null), iif(i % 10 = 0, null, 200), i % 300 from n`,
        [COUNT + 999, now, COUNT + 999, now, COUNT + 999],
      )
      await em.execute(
        `insert into attempts (delivery_id, application_id, number, copy, state, started_at, finished_at, duration_ms,
           url, request_headers, request_body, reason)
         select id, application_id, 1, 0, iif(reason is null, 'succeeded', 'failed'), created_at, created_at,
           duration_ms, url, '{}', zeroblob(700), reason from deliveries where id like 'msg_many_%'`,
      )
    })
    const { listDeliveries, overview } = operator.market
    expect((await listDeliveries.query({})).total).toBeGreaterThanOrEqual(COUNT)
    expect(await listDeliveries.query({ state: 'failed', before: 20_000 })).toMatchObject({ total: COUNT / 10 })
    expect(await listDeliveries.query({ reason: 'timeout', service: 'advisor' })).toMatchObject({ total: COUNT / 10 })
    const hour = new Date(now - 3_600_000).toISOString()
    const recent = await listDeliveries.query({ from: hour, to: new Date(now - 1).toISOString() })
    expect(recent.total).toBeGreaterThanOrEqual(3_600)
    expect((await listDeliveries.query({ text: '한림대' })).total).toBeGreaterThanOrEqual(COUNT / 2)
    const week = await overview.query({ from: new Date(now - 604_800_000).toISOString() })
    expect(week.tiles.duration_ms.count).toBeGreaterThanOrEqual(COUNT)
  })
})
