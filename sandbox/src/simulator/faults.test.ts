import { afterEach, describe, expect, it } from 'vitest'
import { type FaultPreset, usualRates } from '../engine/index.ts'
import { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.ts'
import {
  APPROVED,
  applicationIdOf,
  type RecordedRequest,
  type RecordingService,
  startRecordingService,
} from './recording-service.test.support.ts'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ok!').toString('base64')}`
const COUNT = 30
let sandbox: Sandbox
let service: RecordingService

afterEach(async () => {
  await sandbox?.close()
  await service?.close()
})

async function begin(
  preset: FaultPreset,
  options: Partial<SandboxOptions> = {},
  accepts = (_request: RecordedRequest) => true,
) {
  service = await startRecordingService((request) => (accepts(request) ? APPROVED : { status: 401 }))
  sandbox = await createSandbox({ target: service.url, seed: 'fixed', signingSecret: SECRET, ...options })
  await sandbox.engine.setFaults({ preset, seed: '7', rate: usualRates[preset] })
}

async function send(count = COUNT) {
  for (let index = 0; index < count; index++) {
    const application = await sandbox.engine.applications.create('demo')
    await sandbox.engine.deliveries.ofApplication(application)
  }
  await sandbox.engine.idle()
}

/** Faults and states of all attempts in the order of deliveries. */
async function attempts() {
  const deliveries = (await sandbox.engine.deliveries.list({ limit: 500 })).toReversed()
  const all = await Promise.all(deliveries.map(({ id }) => sandbox.engine.deliveries.get(id)))
  return all.map((one) => one.attempts.map(({ number, copy, state, fault }) => ({ number, copy, state, fault })))
}

describe('faults of the market', () => {
  it.each<FaultPreset>(['flaky', 'key-rotated', 'market-restarts', 'bad-signatures'])(
    '%s strike the same attempts for the same seed',
    async (preset) => {
      await begin(preset)
      await send()
      const first = await attempts()
      expect(new Set(first.flat().map(({ fault }) => fault === null)).size).toBe(2)
      await sandbox.close()
      await service.close()
      await begin(preset)
      await send()
      expect(await attempts()).toEqual(first)
    },
  )

  it('flaky loses some requests and some answers, and everything arrives in the end under its own id', async () => {
    await begin('flaky')
    await send()
    await sandbox.advance(80 * 3_600_000)
    const { applications, deliveries, failures } = await sandbox.engine.statistics()
    expect([applications.completed, deliveries.delivered]).toEqual([COUNT, COUNT])
    expect(failures.map(({ reason }) => reason)).toEqual(['fault'])
    const ids = service.requests.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(COUNT)
    expect(ids.length).toBeGreaterThan(COUNT)
  })

  it('duplicate-storm sends every message five times at once under one id', async () => {
    await begin('duplicate-storm')
    await send(3)
    const ids = service.requests.map(({ headers }) => headers['webhook-id'])
    expect([ids.length, new Set(ids).size]).toEqual([15, 3])
    expect((await sandbox.engine.statistics()).attempts).toMatchObject({ total: 15, succeeded: 15 })
  })

  it('out-of-order sends later messages first', async () => {
    await begin('out-of-order')
    await send()
    await sandbox.advance(11_000)
    const order = service.requests.map(applicationIdOf)
    expect(order).toHaveLength(COUNT)
    expect(order).not.toEqual(order.toSorted((a, b) => a - b))
  })

  it('slow-network sends bytes that trickle, and they are all there', async () => {
    await begin('slow-network')
    await send(1)
    const [attempt] = (await attempts()).flat()
    expect(attempt).toMatchObject({ state: 'succeeded', fault: 'transport:slow' })
    expect(JSON.parse(service.requests[0]?.body.toString() ?? '')).toMatchObject({ application: { id: 1_000 } })
  })

  it('key-rotated sends the next key, and who knows both is reached at once', async () => {
    await begin('key-rotated', {}, ({ headers }) => ['old', 'new'].includes(String(headers['x-api-key'])))
    await sandbox.engine.services.save({ slug: 'advisor', api_key: 'old', next_api_key: 'new' })
    await send()
    expect(new Set(service.requests.map(({ headers }) => headers['x-api-key']))).toEqual(new Set(['old', 'new']))
    expect((await sandbox.engine.statistics()).deliveries.delivered).toBe(COUNT)
  })

  it('market-restarts cuts messages off half-way and sends them whole under the same id', async () => {
    await begin('market-restarts')
    await send()
    const { attempts: counted, deliveries } = await sandbox.engine.statistics()
    expect(deliveries.delivered).toBe(COUNT)
    expect(counted.interrupted).toBeGreaterThan(0)
    expect(counted.total).toBe(COUNT + counted.interrupted)
    expect(new Set(service.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(COUNT)
  })

  it('bad-signatures are wrong, stale or missing', async () => {
    await begin('bad-signatures')
    await send()
    const faults = new Set((await attempts()).flat().map(({ fault }) => fault))
    expect(faults).toEqual(new Set([null, 'signature:wrong', 'signature:stale', 'signature:missing']))
    const unsigned = service.requests.filter(({ headers }) => headers['webhook-signature'] === undefined)
    expect(unsigned.length).toBeGreaterThan(0)
  })

  it('end when they are taken away', async () => {
    await begin('flaky')
    await sandbox.engine.setFaults(null)
    await send()
    expect((await attempts()).flat().every(({ fault }) => fault === null)).toBe(true)
  })
})
