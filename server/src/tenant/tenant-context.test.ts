import { once } from 'node:events'
import { request } from 'node:http'
import { Readable, Transform } from 'node:stream'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { StandardApiError } from '../error/index.ts'
import { currentTenant, requireTenant, runWithTenant } from './current-tenant.ts'
import type { TenantContext } from './tenant.ts'
import { tenantContext } from './tenant-context.ts'
import type { TenantContextOptions } from './tenant-options.ts'
import { listen, listenAsTenant } from './tenant-service.test.fixture.ts'

interface University extends TenantContext {
  readonly city: string
}

const hallym: University = { id: 'hallym', plan: 'premium', features: { rag: true }, status: 'active', city: '춘천' }
const unknown = { 'X-Tenant-ID': 'nobody' }
const known = { 'X-Tenant-ID': 'hallym' }

function answered(body: string): { readonly tenant?: unknown; readonly request_id?: string } {
  return JSON.parse(body)
}

function lookup(id: string): University | undefined {
  return id === hallym.id ? hallym : undefined
}

describe('the tenant', () => {
  it('is basic and without features when nobody looks it up', async () => {
    const call = await listenAsTenant()
    const { tenant } = answered((await call('/x', known)).body)
    expect(tenant).toEqual({ id: 'hallym', plan: 'basic', features: {} })
  })

  it('is what the look-up returns, with its own members, at once or later', async () => {
    for (const find of [lookup, async (id: string) => lookup(id)]) {
      const app = new Koa()
      app.use(tenantContext({ lookup: find }))
      app.use((ctx) => {
        ctx.body = requireTenant<University>().city
      })
      const { call } = await listen(app)
      expect((await call('/x', known)).body).toBe('춘천')
    }
  })

  it('is looked up once, however many sources name it', async () => {
    const ids: string[] = []
    const call = await listenAsTenant({
      lookup: (id) => {
        ids.push(id)
        return lookup(id)
      },
    })
    await call('/tenant/hallym?tenant_id=hallym', known)
    expect(ids).toEqual(['hallym'])
  })

  it('is absent without a source, and nothing from outside the request takes its place', async () => {
    const call = await runWithTenant(hallym, () => listenAsTenant())
    expect(JSON.parse((await call('/x')).body)).toEqual({ tenant: null, state: null })
    expect(JSON.parse((await call('/health')).body)).toEqual({ tenant: null, state: null })
  })

  it('tells caches that the header selects the answer', async () => {
    const call = await listenAsTenant()
    expect((await call('/x', known)).headers.vary).toBe('x-tenant-id')
    expect((await call('/health', known)).headers.vary).toBeUndefined()
    const pathOnly = await listenAsTenant({ sources: ['path'] })
    expect((await pathOnly('/x')).headers.vary).toBeUndefined()
  })

  it('is there while a streamed body is read, through every stage of it', async () => {
    async function* rows() {
      for (let row = 0; row < 200; row += 1) {
        await new Promise(setImmediate)
        yield `${currentTenant()?.id},`.padEnd(2000, ' ')
      }
    }
    const stage = () => new Transform({ transform: (chunk, _, done) => done(null, `${currentTenant()?.id};${chunk}`) })
    const app = new Koa()
    app.use(tenantContext())
    app.use((ctx) => {
      ctx.body = ctx.path === '/plain' ? Readable.from(rows()) : Readable.from(rows()).pipe(stage())
    })
    const { call } = await listen(app)
    const plain = (await call('/plain', known)).body
    expect(plain.match(/\w+/g)).toEqual(Array(200).fill('hallym'))
    const piped = (await call('/piped', known)).body
    expect(new Set(piped.match(/\w+/g))).toEqual(new Set(['hallym']))
  })
})

describe('a refusal', () => {
  const body = (error: string, message: string) => ({
    success: false,
    error,
    message,
    detail: message,
    details: null,
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })

  it('of an unknown tenant is 404 in the shape of the contract and never cached', async () => {
    for (const nothing of [undefined, null]) {
      const call = await listenAsTenant({ lookup: async () => nothing })
      const answer = await call('/x', unknown)
      expect(answer.status).toBe(404)
      expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
      expect(JSON.parse(answer.body)).toEqual(body('TENANT_NOT_FOUND', 'Tenant nobody not found'))
      expect(answer.headers['x-request-id']).toBe(answered(answer.body).request_id)
    }
  })

  it('of a request without a tenant is 401 where one is required', async () => {
    const call = await listenAsTenant({ required: true })
    const answer = await call('/tenant/')
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.body)).toEqual(body('UNAUTHORIZED', 'Tenant context required'))
    expect((await call('/x', known)).status).toBe(200)
  })

  it('of the look-up is its own error, headers included, and no fault to report', async () => {
    const faults: unknown[] = []
    const lookup = () => {
      throw new StandardApiError('TENANT_SUSPENDED', 'Suspended', { headers: { 'Retry-After': '30' } })
    }
    const call = await listenAsTenant({ lookup, onError: (error) => faults.push(error) })
    const answer = await call('/x', known)
    expect(answer.status).toBe(403)
    expect(answer.headers['retry-after']).toBe('30')
    expect(JSON.parse(answer.body)).toEqual(body('TENANT_SUSPENDED', 'Suspended'))
    expect(faults).toEqual([])
  })

  it('because the look-up failed is 500, says nothing of the reason, and reports it', async () => {
    const faults: unknown[] = []
    const reason = new Error('password of db-7 is wrong')
    const failing: TenantContextOptions = { lookup: () => Promise.reject(reason) }
    const call = await listenAsTenant({ ...failing, onError: (...fault) => faults.push(fault) })
    const answer = await call('/x', known)
    expect(answer.status).toBe(500)
    expect(JSON.parse(answer.body)).toEqual(body('INTERNAL_ERROR', 'Internal server error'))
    expect(faults).toEqual([[reason, { requestId: answered(answer.body).request_id }]])
    const silent = await listenAsTenant(failing)
    expect((await silent('/x', known)).status).toBe(500)
  })

  it('carries the id the request already has, or a new one', async () => {
    const app = new Koa()
    app.use((ctx, next) => {
      ctx.state.requestId = 'req-7'
      return next()
    })
    app.use(tenantContext({ required: true }))
    const { call } = await listen(app)
    expect(answered((await call('/x')).body).request_id).toBe('req-7')
  })

  it('keeps later middleware from running', async () => {
    let reached = false
    const app = new Koa()
    app.use(tenantContext({ required: true }))
    app.use(() => {
      reached = true
    })
    const { call } = await listen(app)
    expect((await call('/x')).status).toBe(401)
    expect(reached).toBe(false)
  })

  it('of a request target that is no path is 400, never 5xx', async () => {
    const call = await listenAsTenant({ required: true })
    expect((await call('http://[')).status).toBe(401)
    expect((await call('http://')).status).toBe(400)
    expect((await call('http://example.com/tenant/hallym')).status).toBe(200)
  })
})

it('lets errors of later middleware pass untouched', async () => {
  const seen: unknown[] = []
  const thrown = [new Error('mine'), StandardApiError.forbidden()]
  const app = new Koa()
  app.use(async (ctx, next) => {
    await next().catch((error: unknown) => seen.push(error))
    ctx.status = 418
  })
  app.use(tenantContext({ lookup, onError: () => seen.push('reported') }))
  app.use(async () => {
    await new Promise(setImmediate)
    throw thrown[seen.length]
  })
  const { call } = await listen(app)
  expect((await call('/x', known)).status).toBe(418)
  expect((await call('/x', known)).status).toBe(418)
  expect(seen[0]).toBe(thrown[0])
  expect(seen[1]).toBe(thrown[1])
  expect(seen).toHaveLength(2)
})

describe('excluded paths', () => {
  it('need no tenant and ask for none, by whole segments', async () => {
    const call = await listenAsTenant({ required: true, lookup: () => undefined })
    const open = ['/health', '/health/live', '/health/', '/health?x=1', '/docs/a/b', '/openapi.json', '/redoc']
    for (const path of [...open, '/mt/health', '/favicon.ico']) {
      expect((await call(path, unknown)).status, path).toBe(200)
    }
    for (const path of ['/healthcheck-private', '/docs-private', '/mt', '/mt/healthy', '/x/health', '/Health', '/']) {
      expect((await call(path)).status, path).toBe(401)
    }
  })

  it('do not reach over dot segments and encoded slashes', async () => {
    const call = await listenAsTenant({ required: true })
    for (const path of ['/health/../x', '/health/%2e%2e/x', '/health/..%2fx', '/docs/..%5Cx', '/health/%']) {
      expect((await call(path)).status, path).toBe(401)
    }
  })

  it('can be others, or none', async () => {
    const call = await listenAsTenant({ required: true, exclude: ['/public'] })
    expect((await call('/public/logo.png')).status).toBe(200)
    expect((await call('/health')).status).toBe(401)
    const none = await listenAsTenant({ required: true, exclude: [] })
    expect((await none('/health')).status).toBe(401)
  })
})

it('aborts the look-up when the caller goes away, and reports no fault for it', async () => {
  const faults: unknown[] = []
  const started = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<unknown>()
  const app = new Koa()
  app.use(async (_ctx, next) => {
    await next()
    ended.resolve(undefined)
  })
  app.use(
    tenantContext({
      lookup: async (_id, { signal }) => {
        started.resolve()
        if (signal) await once(signal, 'abort')
        signal?.throwIfAborted()
        return undefined
      },
      onError: (error) => faults.push(error),
    }),
  )
  const { port } = await listen(app)
  const sent = request({ host: '127.0.0.1', port, headers: known }).on('error', () => {})
  sent.end()
  await started.promise
  sent.destroy()
  await ended.promise
  expect(faults).toEqual([])
})
