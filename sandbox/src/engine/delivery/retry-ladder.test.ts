import { afterEach, describe, expect, it } from 'vitest'
import {
  type CannedAnswer,
  type RecordingService,
  startRecordingService,
} from '../../simulator/recording-service.test.support.ts'
import { type Engine, openEngine } from '../engine.ts'

const HOUR = 3_600_000
let engine: Engine
let service: RecordingService

afterEach(async () => {
  await engine?.close()
  await service?.close()
})

async function begin(answer: (attempt: number) => CannedAnswer | null) {
  let attempt = 0
  service = await startRecordingService(() => answer(++attempt))
  engine = await openEngine()
  await engine.services.save({ slug: 'advisor', base_url: service.url })
  const application = await engine.applications.create('demo')
  const { delivery } = await engine.attempted(() => engine.deliveries.ofApplication(application))
  return { application, id: delivery.id }
}

/** Waits between attempts, s, by the sandbox's clock. */
async function waitsOf(id: string) {
  const { attempts } = await engine.deliveries.get(id)
  return attempts.slice(1).map(({ startedAt }, index) => {
    const before = attempts[index]?.finishedAt?.getTime() ?? Number.NaN
    return Math.round((startedAt.getTime() - before) / 1_000)
  })
}

describe('the retry ladder', () => {
  it('has ten attempts within 75 hours, and takes under two seconds with the moved clock', async () => {
    const { application, id } = await begin(() => ({ status: 500 }))
    const began = performance.now()
    await engine.advance(76 * HOUR)
    expect(performance.now() - began).toBeLessThan(2_000)
    const { delivery, attempts } = await engine.deliveries.get(id)
    expect(delivery).toMatchObject({ state: 'failed', attempts: 10, nextAttemptAt: null })
    expect(attempts.map(({ number, reason }) => [number, reason])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index + 1, 'server_error']),
    )
    expect(await waitsOf(id)).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])
    expect(await engine.applications.get(application.id)).toMatchObject({ status: 'failed', failure: 'server_error' })
    expect(service.requests).toHaveLength(10)
  })

  it('ends with the first 2xx', async () => {
    const { application, id } = await begin((attempt) =>
      attempt < 3 ? { status: 502 } : { status: 201, body: { success: true } },
    )
    expect((await engine.applications.get(application.id)).status).toBe('pending')
    await engine.advance(HOUR)
    expect((await engine.deliveries.get(id)).delivery).toMatchObject({ state: 'delivered', attempts: 3 })
    expect((await engine.applications.get(application.id)).status).toBe('completed')
  })

  it('stops at 410 for good', async () => {
    const { id } = await begin(() => ({ status: 410 }))
    await engine.advance(100 * HOUR)
    expect((await engine.deliveries.get(id)).delivery).toMatchObject({ state: 'stopped', attempts: 1 })
  })

  it('takes a redirect for a failure and does not follow it', async () => {
    const { id } = await begin(() => ({ status: 302, headers: { location: '/elsewhere' } }))
    const { attempts } = await engine.deliveries.get(id)
    expect(attempts[0]).toMatchObject({ state: 'failed', reason: 'redirect', responseStatus: 302 })
    expect(service.requests.map(({ path }) => path)).not.toContain('/elsewhere')
  })

  it.each([429, 503])('waits as long as Retry-After of %i asks, and no shorter than the ladder', async (status) => {
    const { id } = await begin((attempt) => ({ status, headers: { 'retry-after': attempt === 1 ? '120' : '1' } }))
    await engine.advance(HOUR / 4)
    expect(await waitsOf(id)).toEqual([120, 300])
  })

  it('replays under the same id from the foot of the ladder', async () => {
    const { id } = await begin((attempt) => ({ status: attempt <= 10 ? 500 : 200 }))
    await engine.advance(76 * HOUR)
    const { delivery } = await engine.attempted(() => engine.deliveries.replay(id))
    expect(delivery).toMatchObject({ id, state: 'delivered', attempts: 11 })
  })
})
