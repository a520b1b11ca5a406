import { once } from 'node:events'
import { connect } from 'node:net'
import { TRPCError } from '@trpc/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { StandardApiError, TenantNotFoundError } from '../error/index.ts'
import { type RequestFailure, restProjection } from './rest-projection.ts'
import { serveApp, serveRouter, t } from './serve-router.test.support.ts'

const SECRET = 'password=hunter2 at /srv/app/db.ts'

const thrown: Readonly<Record<string, () => unknown>> = {
  error: () => new Error(SECRET),
  typeError: () => new TypeError(SECRET),
  text: () => SECRET,
  nothing: () => undefined,
  internal: () => new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: SECRET }),
  borrowed: () => new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new Error(SECRET) }),
  notImplemented: () => new TRPCError({ code: 'NOT_IMPLEMENTED', message: SECRET }),
  status: () => Object.assign(new Error(SECRET), { status: 404, expose: true }),
  aggregate: () => new AggregateError([new Error(SECRET)], SECRET),
}
const meant: Readonly<Record<string, () => unknown>> = {
  forbidden: () => new TRPCError({ code: 'FORBIDDEN', message: 'Not yours' }),
  teapot: () => new TRPCError({ code: 'PRECONDITION_FAILED', message: 'Too late' }),
  hiddenCause: () => new TRPCError({ code: 'CONFLICT', cause: new Error(SECRET) }),
  timeout: () => new TRPCError({ code: 'TIMEOUT', message: SECRET, cause: new Error(SECRET) }),
  tenant: () => new TenantNotFoundError('t1'),
  wrapped: () => new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new TenantNotFoundError('t1') }),
  unavailable: () => StandardApiError.unavailable(7, new Error(SECRET)),
}

const errorRouter = t.router({
  fail: t.procedure
    .meta({ openapi: { method: 'GET', path: '/fail/{how}' } })
    .input(z.object({ how: z.string() }))
    .query(({ input, ctx }) => {
      ctx.exchange.reply.status = 202
      ctx.exchange.reply.setHeader('X-Draft', 'never sent')
      throw (thrown[input.how] ?? meant[input.how])?.()
    }),
  misfit: t.procedure
    .meta({ openapi: { method: 'GET', path: '/misfit' } })
    .output(z.object({ n: z.number() }))
    .query(() => ({ n: SECRET }) as never),
  circular: t.procedure.meta({ openapi: { method: 'GET', path: '/circular' } }).query(() => {
    const circle: Record<string, unknown> = { SECRET }
    return Object.assign(circle, { circle })
  }),
  bigint: t.procedure.meta({ openapi: { method: 'GET', path: '/bigint' } }).query(() => ({ n: 1n })),
  badHeader: t.procedure.meta({ openapi: { method: 'GET', path: '/bad-header' } }).query(({ ctx }) => {
    ctx.exchange.reply.setHeader('X-Bad', 'a\r\nSet-Cookie: b')
    return 1
  }),
})

const internal = {
  status: 500,
  json: { success: false, error: 'INTERNAL_ERROR', message: 'Internal server error', details: null },
}

describe('errors behind restProjection', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it.each(['production', 'development', 'test', undefined])(
    'say nothing of the inside with NODE_ENV %s',
    async (environment) => {
      vi.stubEnv('NODE_ENV', environment)
      const failures: RequestFailure[] = []
      await using server = await serveRouter(errorRouter, { onError: (failure) => failures.push(failure) })
      const paths = Object.keys(thrown).map((how) => `/fail/${how}`)
      for (const path of [...paths, '/misfit', '/circular', '/bigint', '/bad-header']) {
        const answer = await server.get(path)
        expect(answer).toMatchObject(internal)
        const everything = answer.text + JSON.stringify(answer.headers)
        for (const part of ['hunter2', 'SECRET', '.ts', 'node:', ' at ', 'never sent', 'Set-Cookie']) {
          expect(everything).not.toContain(part)
        }
        const { error, requestId, operation } = failures.at(-1) ?? {}
        expect(requestId).toBe(answer.headers['x-request-id'])
        expect(operation).toBe(path.split('/')[1]?.replace('bad-header', 'badHeader'))
        expect(error?.cause).toBeDefined()
      }
      expect(failures).toHaveLength(paths.length + 4)
    },
  )

  it.each([
    ['forbidden', { status: 403, error: 'FORBIDDEN', message: 'Not yours' }],
    ['teapot', { status: 412, error: 'PRECONDITION_FAILED', message: 'Too late' }],
    ['hiddenCause', { status: 409, error: 'CONFLICT', message: 'CONFLICT' }],
    ['timeout', { status: 408, error: 'TIMEOUT', message: 'TIMEOUT' }],
    ['tenant', { status: 404, error: 'TENANT_NOT_FOUND', message: 'Tenant t1 not found' }],
    ['wrapped', { status: 404, error: 'TENANT_NOT_FOUND', message: 'Tenant t1 not found' }],
    ['unavailable', { status: 503, error: 'SERVICE_UNAVAILABLE', message: 'Service unavailable' }],
  ])('that are meant for the caller keep their code and text: %s', async (how, { status, error, message }) => {
    await using server = await serveRouter(errorRouter)
    const answer = await server.get(`/fail/${how}`)
    expect(answer).toMatchObject({ status, json: { success: false, error, message, detail: message } })
    expect(answer.text).not.toContain('hunter2')
    expect(answer.headers).not.toHaveProperty('x-draft')
    expect(answer.headers['retry-after']).toBe(how === 'unavailable' ? '7' : undefined)
  })

  it('of createContext are answered as those of procedures', async () => {
    const refuse = (error: unknown) => restProjection(errorRouter, { createContext: () => Promise.reject(error) })
    await using masked = await serveApp(refuse(new Error(SECRET)))
    expect(await masked.get('/misfit')).toMatchObject(internal)
    await using meantFor = await serveApp(refuse(StandardApiError.unauthorized()))
    expect(await meantFor.get('/misfit')).toMatchObject({ status: 401, json: { error: 'UNAUTHORIZED' } })
  })
})

describe('the signal of a request to restProjection', () => {
  it('aborts when the caller goes away, and only then', async () => {
    const started = Promise.withResolvers<AbortSignal>()
    const aborted = Promise.withResolvers<void>()
    const router = t.router({
      wait: t.procedure.meta({ openapi: { method: 'GET', path: '/wait' } }).query(async ({ signal, ctx }) => {
        expect(ctx.exchange.signal).toBe(signal)
        signal?.addEventListener('abort', () => aborted.resolve())
        started.resolve(ctx.exchange.signal)
        await aborted.promise
      }),
      done: t.procedure.meta({ openapi: { method: 'GET', path: '/done' } }).query(({ ctx }) => {
        kept.push(ctx.exchange.signal)
        return 1
      }),
    })
    const kept: AbortSignal[] = []
    await using server = await serveRouter(router)
    const socket = connect(server.port, '127.0.0.1')
    socket.write('GET /wait HTTP/1.1\r\nHost: x\r\n\r\n')
    const signal = await started.promise
    expect(signal.aborted).toBe(false)
    socket.destroy()
    await once(socket, 'close')
    await aborted.promise
    expect(signal.aborted).toBe(true)
    await server.get('/done')
    expect(kept.map(({ aborted }) => aborted)).toEqual([false])
  })
})
