import { setTimeout as delay } from 'node:timers/promises'
import type { MikroORM } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCentralDatabase } from '../central/central-database.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { PostgresIdempotencyStore } from './postgres-idempotency-store.ts'

const NOW = new Date('2026-01-31T09:00:00.000Z')
const later = (ms: number) => new Date(NOW.getTime() + ms)
const DAY = 86_400_000

let server: TemporaryServer
let orm: MikroORM

beforeAll(async () => {
  server = await startTemporaryServer()
  const url = new URL(server.url)
  url.pathname = '/central'
  orm = await openCentralDatabase({ url: url.href, onWarning: () => undefined })
})

afterAll(async () => {
  await orm?.close(true)
  await server?.stop()
})

/** Stores like those of processes of their own, on one clock that is set by hand. */
function processes() {
  const clock = { now: NOW }
  const open = (lease = 15_000) =>
    new PostgresIdempotencyStore({ central: () => orm.em.fork(), now: () => clock.now, lease })
  return { clock, one: open(), other: open(), open }
}

const request = (key: string, bodyHash = 'body') => ({ scope: '["scope"]', key, bodyHash })

async function claimed(store: PostgresIdempotencyStore, key: string, bodyHash?: string): Promise<string> {
  const claim = await store.claim(request(key, bodyHash))
  if (claim.state !== 'claimed') throw new Error(`${key} is ${claim.state}`)
  return claim.claimId
}

describe('stores of one table', () => {
  it('know nothing of each other, and keep their answers as long as each is asked to', async () => {
    const { clock, one } = processes()
    const settings = { central: () => orm.em.fork(), now: () => clock.now }
    const webhooks = new PostgresIdempotencyStore({ ...settings, retention: 7 * DAY, prefix: 'webhook:' })
    const same = { scope: '["a"]', key: 'shared', bodyHash: 'body' }
    for (const store of [one, webhooks]) {
      const claim = await store.claim(same)
      if (claim.state !== 'claimed') throw new Error(claim.state)
      await store.finish(claim.claimId, '{}')
    }
    clock.now = later(2 * DAY)
    await one.removeOutdated()
    await webhooks.removeOutdated()
    expect(await webhooks.claim(same)).toEqual({ state: 'finished', answer: '{}' })
    expect(await one.claim(same)).toMatchObject({ state: 'claimed' })
    clock.now = later(7 * DAY)
    expect(await webhooks.claim(same)).toMatchObject({ state: 'claimed' })
    one.close()
    webhooks.close()
  })
})

describe('a claim of a request', () => {
  it('goes to one of many, in whatever process', async () => {
    const { one, other } = processes()
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, at) => (at % 2 ? one : other).claim(request('many'))),
    )
    expect(claims.filter(({ state }) => state === 'claimed')).toHaveLength(1)
    expect(claims.filter(({ state }) => state === 'running')).toHaveLength(39)
  })

  it('ends in an answer that every process gives, and in 422 for another body', async () => {
    const { one, other } = processes()
    const answer = '{"output":{"name":"한림 🎓"},"headers":[]}'
    await one.finish(await claimed(one, 'answered'), answer)
    expect(await other.claim(request('answered'))).toEqual({ state: 'finished', answer })
    expect(await other.claim(request('answered', 'other'))).toEqual({ state: 'reused' })
    expect(await other.claim({ ...request('answered'), scope: '["else"]' })).toMatchObject({ state: 'claimed' })
  })

  it('is free again when it was released, also for another body', async () => {
    const { one, other } = processes()
    await one.release(await claimed(one, 'released'))
    await claimed(other, 'released', 'other')
  })

  it('lapses when its process does not renew it, for the same body only, and then cannot be finished by it', async () => {
    const { clock, one, other } = processes()
    const dead = await claimed(one, 'lapsed')
    clock.now = later(14_999)
    expect(await other.claim(request('lapsed'))).toEqual({ state: 'running' })
    clock.now = later(15_000)
    expect(await other.claim(request('lapsed', 'other'))).toEqual({ state: 'reused' })
    const claims = await Promise.all([other.claim(request('lapsed')), one.claim(request('lapsed'))])
    expect(claims.map(({ state }) => state).toSorted()).toEqual(['claimed', 'running'])
    await one.finish(dead, 'too late')
    await one.release(dead)
    expect(await other.claim(request('lapsed'))).toEqual({ state: 'running' })
  })

  it('is renewed while its request runs', async () => {
    const { clock, open } = processes()
    const [alive, other] = [open(60), open(60)]
    const claimId = await claimed(alive, 'renewed')
    for (let step = 1; step <= 12; step++) {
      clock.now = later(step * 10)
      expect(await other.claim(request('renewed'))).toEqual({ state: 'running' })
      await delay(60)
    }
    await alive.finish(claimId, 'done')
    expect(await other.claim(request('renewed'))).toEqual({ state: 'finished', answer: 'done' })
  })

  it('is forgotten 24 hours after its end', async () => {
    const { clock, one } = processes()
    await one.finish(await claimed(one, 'old'), 'old answer')
    clock.now = later(DAY - 1)
    await one.removeOutdated()
    expect(await one.claim(request('old'))).toEqual({ state: 'finished', answer: 'old answer' })
    clock.now = later(DAY)
    await one.finish(await claimed(one, 'old', 'other'), 'new answer')
    expect(await one.claim(request('old', 'other'))).toEqual({ state: 'finished', answer: 'new answer' })
    clock.now = later(3 * DAY)
    await one.removeOutdated()
    expect(await orm.em.fork().execute(`select 1 from idempotency_keys where key = 'old'`)).toEqual([])
  })
})
