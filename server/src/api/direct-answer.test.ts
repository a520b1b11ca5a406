import fc from 'fast-check'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../contract/index.ts'
import { UserExistsError } from '../error/index.ts'
import type { StandardHandler } from '../handler/index.ts'
import { type Answer, type Call, call } from '../http/http-call.test.support.ts'
import { type RunningServer, serve } from '../http/serve.ts'
import { activation, exampleHandler, KEY } from './example-service.test.support.ts'
import { requestFor, rpcRequestFor } from './operation-request.test.support.ts'
import { standardApi } from './standard-api.ts'

type OperationName = keyof typeof operations

const handler = {
  ...exampleHandler,
  createUser: ({ input }) => {
    throw new UserExistsError(input.email)
  },
  getSettings: () => {
    throw new Error('secret')
  },
  getUser: () => ({ user_id: 5 }) as never,
  deactivateTenant: (options) => {
    options.ctx.reply.status = 202
    options.ctx.reply.setHeader('Location', '/jobs/1')
    return exampleHandler.deactivateTenant(options)
  },
} satisfies StandardHandler

const api = () => standardApi(handler, { env: { MARKET_API_KEY: KEY }, onError: () => {}, now: () => new Date(0) })
const passOn: Koa.Middleware = (_koa, next) => next()

let direct: RunningServer
let throughKoa: RunningServer

beforeAll(async () => {
  direct = await serve(new Koa().use(api()))
  throughKoa = await serve(new Koa().use(passOn).use(api()))
})
afterAll(() => Promise.all([direct.close(0), throughKoa.close(0)]))

/** What a caller can see, apart from the time. */
function visible({ status, headers: { date, ...headers }, text }: Answer): object {
  return { status, headers, text }
}

const names = Object.keys(operations) as OperationName[]
const someRequest: fc.Arbitrary<Call> = fc
  .record({
    name: fc.constantFrom(...names),
    rpc: fc.boolean(),
    tenant: fc.constantFrom('t1', '한림', 'a%2Fb', '%', '..', 'a%00b'),
    method: fc.constantFrom(undefined, undefined, undefined, 'HEAD', 'OPTIONS', 'PUT', 'GET', 'POST'),
    query: fc.constantFrom('', '&limit=0', '&role=admin&limit=5', '&__proto__=1', '&batch=1'),
    key: fc.constantFrom(KEY, KEY, KEY, 'wrong', undefined),
    body: fc.constantFrom(undefined, undefined, '{', '[]', '{"tenant_id":"other"}', activation),
  })
  .map(({ name, rpc, tenant, method, query, key, body }) => {
    const request = rpc ? rpcRequestFor(name, tenant) : requestFor(name, encodeURI(tenant))
    const headers = { 'X-Request-Id': 'same', ...(key && { 'X-Market-API-Key': key }) }
    const path = request.path.includes('?') ? request.path + query : request.path
    return { ...request, path, headers, ...(method && { method }), ...(body !== undefined && { body }) }
  })

describe('an answer before Koa', () => {
  it('is the answer that Koa gives', async () => {
    await fc.assert(
      fc.asyncProperty(someRequest, async (request) => {
        const [first, second] = await Promise.all([call(direct.port, request), call(throughKoa.port, request)])
        expect(visible(first)).toEqual(visible(second))
      }),
      { numRuns: 600, seed: 1 },
    )
  })

  it.each(names)('is the one of tRPC itself over its protocol: %s', async (name) => {
    for (const key of [KEY, 'wrong']) {
      const { path, ...request } = rpcRequestFor(name)
      const headers = { 'X-Request-Id': 'same', 'X-Market-API-Key': key }
      const prepared = await call(direct.port, { ...request, path, headers })
      // A target in absolute form is left to tRPC.
      const original = await call(direct.port, { ...request, path: `http://localhost${path}`, headers })
      expect(prepared.headers['content-length']).toBeDefined()
      expect(original.headers['transfer-encoding']).toBe('chunked')
      expect(withoutFraming(prepared)).toEqual(withoutFraming(original))
    }
  })

  it('is the one of tRPC itself for batches whose calls fare differently', async () => {
    const inputs = encodeURIComponent(
      JSON.stringify({ 0: { tenant_id: 't' }, 2: { tenant_id: 't', user_id: 'u' }, 3: {} }),
    )
    const path = `/mt/trpc/getTenantStatus,checkHealth,getUser,getSettings?batch=1&input=${inputs}`
    const headers = { 'X-Request-Id': 'same', 'X-Market-API-Key': KEY }
    const prepared = await call(direct.port, { path, headers })
    const original = await call(direct.port, { path: `http://localhost${path}`, headers })
    expect(prepared.status).toBe(207)
    expect(withoutFraming(prepared)).toEqual(withoutFraming(original))
  })

  it('lets middleware that is mounted before the API see every request', async () => {
    const seen: string[] = []
    const app = new Koa().use(async (koa, next) => {
      await next()
      seen.push(`${koa.path} ${koa.status}`)
    })
    const running = await serve(app.use(api()))
    await call(running.port, { path: '/mt/health' })
    expect(seen).toEqual(['/mt/health 200'])
    await running.close(0)
  })

  it('leaves what the API does not answer to the middleware behind it', async () => {
    const app = new Koa().use(api()).use((koa) => {
      koa.body = 'own'
    })
    const running = await serve(app)
    expect(await call(running.port, { path: '/other' })).toMatchObject({ status: 200, text: 'own' })
    expect(await call(running.port, { path: '/mt/health' })).toMatchObject({ status: 200 })
    await running.close(0)
  })
})

function withoutFraming(answer: Answer): object {
  const { status, headers, text } = answer
  const { date, 'content-length': length, 'transfer-encoding': encoding, ...others } = headers
  return { status, headers: others, text }
}
