import { isServiceError, type Protocol, ServiceClient } from '@mt-paas/client'
import { serve, standardApi } from '@mt-paas/server'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RecordedCall, type RecordedCase, recordedCalls, replay } from './client-recorded-case.ts'
import { goldenHandler } from './golden/golden-handler.ts'

let handler = goldenHandler()
let service: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  const delegates = Object.entries(handler).map(([name, member]) => [
    name,
    typeof member === 'function' ? (call: unknown) => Reflect.get(handler, name)(call) : member,
  ])
  const options = { env: { MARKET_API_KEY: 'test-key' }, onError: () => {} }
  service = await serve(new Koa().use(standardApi(Object.fromEntries(delegates), options)))
})
afterAll(() => service.close(0))

/** Our own service, brought to the state the case starts from. */
async function ourService({ setup = [] }: RecordedCase) {
  handler = goldenHandler()
  for (const { method, path, headers, body } of setup) {
    await fetch(`${service.url}${path}`, { method, headers, body: JSON.stringify(body) })
  }
  return { url: service.url, close: async () => {} }
}

const ways: readonly (readonly [string, Protocol, (recorded: RecordedCase) => ReturnType<typeof ourService>])[] = [
  ['our service over tRPC', 'trpc', ourService],
  ['our service over REST', 'rest', ourService],
  ['the recorded answers of the predecessors over REST', 'rest', replay],
]

async function outcome({ operation, input, apiKey }: RecordedCall, url: string, protocol: Protocol) {
  await using client = new ServiceClient({
    id: 'svc',
    baseUrl: url,
    protocol,
    maxAttempts: 1,
    ...(apiKey !== undefined && { apiKey }),
  })
  const call = client[operation] as (input: unknown) => Promise<unknown>
  try {
    return { status: 'ok', value: await call(input) }
  } catch (error) {
    if (!isServiceError(error)) throw error
    return { status: error.status, code: error.code, message: error.message, details: error.details, error }
  }
}

function withoutVolatile(value: unknown, pointers: readonly string[] = []): unknown {
  const names = new Set(pointers.map((pointer) => pointer.split('/').at(-1)))
  return JSON.parse(JSON.stringify(value, (key, member) => (names.has(key) ? undefined : member)))
}

it('enough of the recording can be said with the typed client', () => {
  expect(recordedCalls.length).toBeGreaterThan(150)
  expect(new Set(recordedCalls.map(({ call }) => call.operation)).size).toBe(16)
})

describe.each(ways)('%s', (_name, protocol, start) => {
  it.each(recordedCalls.map((one) => [one.recorded.name, one] as const))('%s', async (_case, { recorded, call }) => {
    const { expect: want } = recorded
    const started = await start(recorded)
    try {
      const got = await outcome(call, started.url, protocol)
      if (want.json !== undefined) {
        expect(got).toHaveProperty('status', 'ok')
        expect(withoutVolatile(got.value, want.volatile)).toEqual(withoutVolatile(want.json, want.volatile))
        return
      }
      expect(got).toMatchObject({ status: want.status, code: want.error })
      if (want.message !== undefined && want.error !== 'UNAUTHORIZED') expect(got.message).toBe(want.message)
      if (want.locs) expect(got.details).toMatchObject({ issues: want.locs.map((loc) => ({ loc })) })
      expect(got.error?.data).toMatchObject({ error: want.error, httpStatus: want.status })
      expect(JSON.stringify(got.details)).not.toContain('secret')
    } finally {
      await started.close()
    }
  })
})
