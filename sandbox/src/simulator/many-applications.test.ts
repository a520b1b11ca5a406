import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Statistics } from '../engine/index.ts'
import {
  APPROVED,
  applicationIdOf,
  call,
  type RecordingService,
  startRecordingService,
} from './recording-service.test.support.ts'
import { type Simulator, startSimulator } from './start-simulator.ts'
import type { ApplicationView, AttemptView, ResultView } from './views.ts'

/** `MT_APPLICATIONS=10000` for the long run; CI makes 1,000. */
const COUNT = Number(process.env.MT_APPLICATIONS ?? 200)
const AT_ONCE = 50
let folder: string
let service: RecordingService
let simulator: Simulator

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mt-paas-many-'))
  let requests = 0
  service = await startRecordingService(() => {
    requests += 1
    if (requests % 10 === 0) return { status: 503 }
    return requests % 25 === 0 ? { status: 422 } : APPROVED
  })
  simulator = await startSimulator({ port: 0, file: join(folder, 'log.sqlite'), schedule: [0, 0, 0, 0] })
  await simulator.engine.services.save({ slug: 'advisor', base_url: service.url })
})

afterAll(async () => {
  await simulator?.close()
  await service?.close()
  await rm(folder, { recursive: true, force: true })
})

async function apply(): Promise<void> {
  const { json } = await call(simulator.url, '/applications/service', { body: {} })
  await call(simulator.url, `/applications/${json.id}/send`, { body: {} })
}

async function everyPage<TRow extends { sequence?: number; id: unknown }>(
  path: string,
  member: string,
): Promise<TRow[]> {
  const rows: TRow[] = []
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const page = (await call(simulator.url, `${path}?limit=500&before=${before}`)).json[member] as TRow[]
    rows.push(...page)
    const last = page.at(-1)
    if (!last) return rows
    before = Number(last.sequence ?? last.id)
  }
}

function countBy(values: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(Object.groupBy(values, (value) => value)).map(([name, all]) => [name, all?.length ?? 0]),
  )
}

describe('many applications at once', () => {
  it(`are all delivered (${COUNT} at ${AT_ONCE} at once), and the statistics equal a recount`, {
    timeout: 60_000 + COUNT * 60,
  }, async () => {
    let left = COUNT
    const memory: number[] = []
    const worker = async () => {
      while (left-- > 0) {
        await apply()
        if (left % Math.ceil(COUNT / 10) === 0) memory.push(process.memoryUsage().heapUsed)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    await simulator.engine.idle()
    const statistics = (await call(simulator.url, '/stats')).json as unknown as Statistics

    const applications = await everyPage<ApplicationView>('/applications', 'applications')
    const results = await everyPage<ResultView>('/results', 'results')
    expect([applications.length, results.length]).toEqual([COUNT, COUNT])
    expect(new Set(service.requests.map(applicationIdOf)).size).toBe(COUNT)
    expect(statistics.applications).toMatchObject({
      total: COUNT,
      ...countBy(applications.map(({ status }) => status)),
    })
    expect(statistics.deliveries).toMatchObject({ total: COUNT, ...countBy(results.map(({ state }) => state)) })
    const delivered = results.filter(({ success }) => success).length
    expect(statistics.success_rate).toBe(delivered / COUNT)

    const attempts: AttemptView[] = []
    for (const { id, attempts: made } of results) {
      const { delivery, attempts: all } = await simulator.engine.deliveries.get(id)
      expect([delivery.id, all.length]).toEqual([id, made])
      attempts.push(
        ...all.map((one) => ({ state: one.state, reason: one.reason, duration_ms: one.durationMs }) as AttemptView),
      )
    }
    expect(attempts).toHaveLength(service.requests.length)
    expect(statistics.attempts).toMatchObject({
      total: attempts.length,
      ...countBy(attempts.map(({ state }) => state)),
    })
    const reasons = countBy(attempts.flatMap(({ reason }) => reason ?? []))
    expect(Object.fromEntries(statistics.failures.map(({ reason, count }) => [reason, count]))).toEqual(reasons)
    const durations = attempts.flatMap(({ duration_ms }) => duration_ms ?? []).toSorted((a, b) => a - b)
    const rank = (share: number) => durations[Math.ceil(share * durations.length) - 1]
    const { mean, ...exact } = statistics.duration_ms
    expect(exact).toEqual({
      count: durations.length,
      min: durations[0],
      max: durations.at(-1),
      p50: rank(0.5),
      p95: rank(0.95),
      p99: rank(0.99),
    })
    expect(mean).toBeCloseTo(durations.reduce((sum, one) => sum + one, 0) / durations.length, 6)
    process.stdout.write(`heap (MB): ${memory.map((bytes) => Math.round(bytes / 1e6)).join(' ')}\n`)
  })
})
