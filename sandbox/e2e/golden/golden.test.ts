import { readFileSync } from 'node:fs'
import {
  defineLifecycleHandler,
  lifecycleApi,
  marketCompatApi,
  type RunningServer,
  type StandardApiOptions,
  type StandardHandler,
  serve,
  standardApi,
} from '@mt-paas/server'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { goldenHandler } from './golden-handler.ts'

interface GoldenRequest {
  readonly method: string
  readonly path: string
  readonly query?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly body_text?: string
}

interface GoldenCase {
  readonly name: string
  readonly server: string
  readonly setup?: readonly GoldenRequest[]
  readonly request: GoldenRequest
  readonly expect: {
    readonly status: number
    readonly json?: unknown
    readonly volatile?: readonly string[]
    readonly error?: string
    readonly message?: string
    readonly locs?: readonly unknown[]
  }
}

const cases: readonly GoldenCase[] = JSON.parse(readFileSync(new URL('./cases.json', import.meta.url), 'utf8'))

const withKey = { env: { MARKET_API_KEY: 'test-key' } } satisfies StandardApiOptions
const withoutKey = { env: {}, whenKeyMissing: 'respond' } satisfies StandardApiOptions
const silent = { onError: () => {} }
const custom = { prefix: '/svc', apiKeyHeader: 'X-My-Key', apiKeyEnv: 'MY_KEY' }

/** The servers of the recording, by the name a case gives. */
function application(server: string): Koa {
  const handler = goldenHandler()
  switch (server) {
    case 'normal':
      return both(handler, withKey)
    case 'unhealthy':
      return both({ ...handler, checkHealth: () => Promise.reject(new Error('database down')) }, withKey)
    case 'degraded':
      return both({ ...handler, checkHealth: () => 'degraded' }, withKey)
    case 'nokey':
      return both(handler, withoutKey)
    case 'emptykey':
      return both(handler, { ...withoutKey, env: { MARKET_API_KEY: '' } })
    case 'noauth':
      return both(handler, { ...withKey, requireAuth: false })
    case 'custom':
      return new Koa().use(standardApi(handler, { ...custom, ...silent, env: { MY_KEY: 'my-key' } }))
    case 'custom_nokey':
      return new Koa().use(standardApi(handler, { ...custom, ...silent, ...withoutKey }))
    case 'v1':
      return new Koa().use(lifecycleApi(defineLifecycleHandler(handler), { ...withKey, ...silent }))
    default:
      throw new Error(`No such server: ${server}`)
  }
}

function both(handler: StandardHandler, options: StandardApiOptions): Koa {
  const { env, whenKeyMissing = 'throw' } = options
  return new Koa()
    .use(standardApi(handler, { ...options, ...silent }))
    .use(marketCompatApi(handler, { ...(env && { env }), whenKeyMissing, ...silent }))
}

async function send(server: RunningServer, { method, path, query, headers, body, body_text }: GoldenRequest) {
  const text = body_text ?? (body === undefined ? undefined : JSON.stringify(body))
  return fetch(`${server.url}${path}${query === undefined ? '' : `?${query}`}`, {
    method,
    headers,
    ...(text !== undefined && { body: text }),
  })
}

function withoutVolatile(value: unknown, pointers: readonly string[]): unknown {
  const copy = structuredClone(value)
  for (const pointer of pointers) {
    const keys = pointer.split('/').slice(1)
    const last = keys.pop()
    const parent = keys.reduce<unknown>((at, key) => Reflect.get(Object(at), key), copy)
    if (last !== undefined) Reflect.deleteProperty(Object(parent), last)
  }
  return copy
}

describe('the recorded cases of the predecessors', () => {
  it.each(cases.map((one) => [one.name, one] as const))(
    '%s',
    async (_name, { server, setup, request, expect: want }) => {
      const running = await serve(application(server))
      try {
        for (const step of setup ?? []) await send(running, step)
        const response = await send(running, request)
        const body: unknown = await response.json()
        expect({ status: response.status, body }).toMatchObject({ status: want.status })
        expect(response.headers.get('content-type')).toBe('application/json')
        if (want.json !== undefined) {
          const volatile = want.volatile ?? []
          expect(withoutVolatile(body, volatile)).toEqual(withoutVolatile(want.json, volatile))
          expect(Object.keys(Object(body))).toEqual(Object.keys(Object(want.json)))
        }
        if (want.error !== undefined) {
          expect(body).toMatchObject({ success: false, error: want.error, request_id: expect.any(String) })
          expect(Object.keys(Object(body))).toEqual(['success', 'error', 'message', 'detail', 'details', 'request_id'])
        }
        if (want.message !== undefined) expect(body).toMatchObject({ message: want.message, detail: want.message })
        if (want.locs) expect(body).toMatchObject({ details: { issues: want.locs.map((loc) => ({ loc })) } })
      } finally {
        await running.close(0)
      }
    },
  )
})
