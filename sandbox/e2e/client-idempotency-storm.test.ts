import { type AddressInfo, connect, createServer } from 'node:net'
import { isServiceError, ServiceClient } from '@mt-paas/client'
import { memoryIdempotencyStore, type ProcedureOptions, serve, standardApi } from '@mt-paas/server'
import Koa from 'koa'
import { expect, it } from 'vitest'
import { goldenHandler } from './golden/golden-handler.ts'

/** `MT_MUTATIONS=10000` for the long run, which CI makes. */
const MUTATIONS = Number(process.env.MT_MUTATIONS ?? 2_000)
const CUT_SHARE = 0.3

/** A service that honours idempotency keys; `effects` lists the ids of the users that were made for an e-mail. */
async function idempotentService() {
  const effects = new Map<string, string[]>()
  let users = 0
  const handler = {
    ...goldenHandler(),
    createUser({ input: { email, name, role } }: ProcedureOptions<'createUser'>) {
      const user_id = `user_${users++}`
      effects.set(email, [...(effects.get(email) ?? []), user_id])
      return { user_id, email, name, role, status: 'active', created_at: '', temporary_password: true } as const
    },
  }
  const idempotency = memoryIdempotencyStore({ max: 2 * MUTATIONS })
  const running = await serve(new Koa().use(standardApi(handler, { env: { MARKET_API_KEY: 'k' }, idempotency })))
  return { running, effects }
}

/** Passes everything on, and cuts a share of the answers: before their first byte, or in the middle. */
function cuttingProxy(port: number, random: () => number) {
  const seen = { answers: 0, cut: 0 }
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    const end = () => [client, upstream].map((socket) => socket.destroy())
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
    client.on('data', (chunk) => upstream.write(chunk))
    upstream.on('data', (chunk) => {
      seen.answers++
      if (random() >= CUT_SHARE) return client.write(chunk)
      seen.cut++
      if (random() < 0.5) return end()
      client.write(chunk.subarray(0, chunk.length - 5), end)
    })
  })
  return { server, seen }
}

/** The same cuts in every run. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

it(`${MUTATIONS} mutations over REST and tRPC, 30 % of whose answers are cut, take effect exactly once each`, async () => {
  const { running, effects } = await idempotentService()
  const { server, seen } = cuttingProxy(running.port, seededRandom(42))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const clients = (['rest', 'trpc'] as const).map(
    (protocol) =>
      new ServiceClient({
        baseUrl: `http://127.0.0.1:${port}`,
        apiKey: 'k',
        protocol,
        backoff: 1,
        retryMutations: 'always',
        retryBudget: { ratio: 1 },
        breaker: false,
      }),
  )
  let givenUp = 0

  /** A caller that means it: after the client's own attempts it comes again with the same key. */
  async function create(number: number) {
    const client = clients[number % clients.length]
    const input = { tenant_id: 'hallym', email: `${number}@hallym.ac.kr`, name: '학생' }
    for (;;) {
      try {
        return await client?.createUser(input, { idempotencyKey: `key-${number}` })
      } catch (error) {
        if (!isServiceError(error, 'UNREACHABLE')) throw error
        givenUp++
      }
    }
  }

  let next = 0
  const done: Awaited<ReturnType<typeof create>>[] = []
  async function worker(): Promise<void> {
    while (next < MUTATIONS) done.push(await create(next++))
  }
  await Promise.all(Array.from({ length: 32 }, worker))

  expect(done).toHaveLength(MUTATIONS)
  expect(effects.size).toBe(MUTATIONS)
  expect([...effects.values()].filter((users) => users.length !== 1)).toEqual([])
  expect(done.filter((user) => !user || effects.get(user.email)?.[0] !== user.user_id)).toEqual([])
  expect(seen.cut / seen.answers).toBeCloseTo(CUT_SHARE, 1)
  expect(givenUp).toBeLessThan(MUTATIONS * 0.05)

  for (const client of clients) await client.close()
  await new Promise((resolve) => server.close(resolve))
  await running.close(0)
}, 240_000)
