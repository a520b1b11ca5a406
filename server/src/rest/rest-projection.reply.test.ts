import { Readable } from 'node:stream'
import type { Middleware } from 'koa'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { restProjection } from './rest-projection.ts'
import { serveApp, serveRouter, t } from './serve-router.test.support.ts'

const replyRouter = t.router({
  plain: t.procedure
    .meta({ openapi: { method: 'GET', path: '/plain' } })
    .query(() => ({ text: '한림', none: null, n: 0.5 })),
  created: t.procedure
    .meta({ openapi: { method: 'POST', path: '/plain' }, rest: { status: 201 } })
    .mutation(({ ctx }) => {
      ctx.exchange.reply.setHeader('Location', '/plain/1')
      ctx.exchange.reply.setHeader('ETag', '"one"')
      ctx.exchange.reply.setHeader('etag', '"two"')
      return { id: 1 }
    }),
  accepted: t.procedure.meta({ openapi: { method: 'PUT', path: '/plain' } }).mutation(({ ctx }) => {
    ctx.exchange.reply.status = 202
    ctx.exchange.reply.setHeader('Retry-After', '5')
    return { job: 'j' }
  }),
  empty: t.procedure.meta({ openapi: { method: 'DELETE', path: '/plain' } }).mutation(({ ctx }) => {
    ctx.exchange.reply.status = 204
  }),
  streamed: t.procedure.meta({ openapi: { method: 'GET', path: '/streamed' } }).query(({ ctx }) => {
    ctx.exchange.reply.setHeader('Content-Type', 'text/event-stream')
    ctx.exchange.reply.stream = Readable.from(['data: 한', '림\n\n'])
    return { unsent: true }
  }),
  nothing: t.procedure.meta({ openapi: { method: 'GET', path: '/nothing' } }).query(() => undefined),
  date: t.procedure
    .meta({ openapi: { method: 'GET', path: '/date' } })
    .output(z.object({ at: z.date(), list: z.array(z.date()).nullable() }))
    .query(() => ({ at: new Date('2026-01-31T09:00:00Z'), list: null })),
  stripped: t.procedure
    .meta({ openapi: { method: 'GET', path: '/stripped' } })
    .output(z.object({ shown: z.string(), filled: z.number().default(7) }))
    .query(() => ({ shown: 'a', secret: 'b' })),
})

const withoutDefaults = {
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-type': 'application/json',
}

describe('an answer of restProjection', () => {
  it('is compact JSON in raw UTF-8 with its length and the headers of the API', async () => {
    await using server = await serveRouter(replyRouter)
    const answer = await server.get('/plain')
    expect(answer).toMatchObject({ status: 200, text: '{"text":"한림","none":null,"n":0.5}' })
    expect(answer.headers).toMatchObject({
      ...withoutDefaults,
      'content-length': String(Buffer.byteLength(answer.text)),
    })
  })

  it('has the status and the headers the procedure says, over REST only on success', async () => {
    await using server = await serveRouter(replyRouter)
    expect(await server.post('/plain')).toMatchObject({
      status: 201,
      headers: { location: '/plain/1', etag: '"two"' },
      json: { id: 1 },
    })
    const accepted = await server.send({ method: 'PUT', path: '/plain' })
    expect(accepted).toMatchObject({ status: 202, headers: { 'retry-after': '5' }, json: { job: 'j' } })
    expect((await server.get('/plain')).headers).not.toHaveProperty('retry-after')
  })

  it('may be without body', async () => {
    await using server = await serveRouter(replyRouter)
    const gone = await server.send({ method: 'DELETE', path: '/plain' })
    expect(gone).toMatchObject({ status: 204, text: '' })
    expect(gone.headers).not.toHaveProperty('content-type')
    const nothing = await server.get('/nothing')
    expect(nothing).toMatchObject({ status: 200, text: '', headers: { 'content-length': '0' } })
  })

  it('carries dates as JSON does, fills in defaults and drops what its schema does not name', async () => {
    await using server = await serveRouter(replyRouter)
    expect((await server.get('/date')).json).toEqual({ at: '2026-01-31T09:00:00.000Z', list: null })
    expect((await server.get('/stripped')).json).toEqual({ shown: 'a', filled: 7 })
  })

  it('echoes a harmless request id and replaces any other', async () => {
    await using server = await serveRouter(replyRouter)
    const idOf = async (id: string) =>
      (await server.send({ path: '/plain', headers: { 'x-request-id': id } })).headers['x-request-id']
    for (const id of ['abc', 'A-1_2.3:4', 'x'.repeat(128)]) expect(await idOf(id)).toBe(id)
    for (const id of ['', 'a b', 'x'.repeat(129), '<b>', 'a"b', 'é']) {
      expect(await idOf(id)).toEqual(withoutDefaults['x-request-id'])
    }
  })

  it('is JSON for an unknown path too', async () => {
    await using server = await serveRouter(replyRouter)
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await server.send({ method, path: '/unknown' })
      expect(answer).toMatchObject({ status: 404, headers: withoutDefaults })
      const message = 'Not Found'
      const request_id = answer.headers['x-request-id']
      const body = { success: false, error: 'NOT_FOUND', message, detail: message, details: null, request_id }
      expect(answer.json).toEqual(body)
    }
    expect(await server.send({ method: 'HEAD', path: '/unknown' })).toMatchObject({ status: 404, text: '' })
  })

  it('is 405 with every allowed method for another method of a known path', async () => {
    await using server = await serveRouter(replyRouter)
    const patch = await server.send({ method: 'PATCH', path: '/plain' })
    expect(patch).toMatchObject({ status: 405, headers: { ...withoutDefaults, allow: expect.any(String) } })
    expect(patch.json).toMatchObject({ success: false, error: 'METHOD_NOT_ALLOWED' })
    expect(patch.headers.allow).toBe('DELETE, GET, HEAD, OPTIONS, POST, PUT')
    const post = await server.send({ method: 'POST', path: '/date', body: '{' })
    expect(post).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } })
    for (const method of ['PROPFIND', 'TRACE', 'PURGE', 'SEARCH', 'QUERY']) {
      expect(await server.send({ method, path: '/date' })).toMatchObject({ status: 405 })
    }
  })

  it('is 204 with Allow to OPTIONS', async () => {
    await using server = await serveRouter(replyRouter)
    const answer = await server.send({ method: 'OPTIONS', path: '/date' })
    expect(answer).toMatchObject({ status: 204, text: '', headers: { allow: 'GET, HEAD, OPTIONS' } })
    expect(answer.headers).toMatchObject({ 'x-request-id': expect.any(String), 'cache-control': 'no-store' })
  })

  it('to HEAD is that to GET without its body', async () => {
    await using server = await serveRouter(replyRouter)
    for (const path of ['/plain', '/date', '/stripped', '/unknown']) {
      const { headers: get, status } = await server.get(path)
      const head = await server.send({ method: 'HEAD', path })
      expect(head).toMatchObject({ status, text: '' })
      for (const name of ['content-length', 'content-type', 'cache-control']) {
        expect(head.headers[name]).toBe(get[name])
      }
    }
  })

  it('may be a stream in place of the output', async () => {
    await using server = await serveRouter(replyRouter)
    const answer = await server.get('/streamed')
    expect(answer).toMatchObject({ status: 200, text: 'data: 한림\n\n' })
    expect(answer.headers).toMatchObject({ ...withoutDefaults, 'content-type': 'text/event-stream' })
  })

  it('can be changed by Koa middleware mounted before, after next()', async () => {
    const stamp: Middleware = async (koa, next) => {
      await next()
      koa.set('X-Stamp', String(koa.status))
      if (koa.path === '/nothing') koa.body = { instead: true }
    }
    await using server = await serveApp(stamp, restProjection(replyRouter))
    expect(await server.get('/plain')).toMatchObject({ status: 200, headers: { 'x-stamp': '200' } })
    expect(await server.get('/unknown')).toMatchObject({ status: 404, headers: { 'x-stamp': '404' } })
    expect((await server.get('/nothing')).json).toEqual({ instead: true })
  })

  it('comes from later middleware where no route answers', async () => {
    const later: Middleware = async (koa, next) => {
      if (koa.path !== '/later') return next()
      koa.body = 'later'
    }
    await using server = await serveApp(restProjection(replyRouter), later)
    expect(await server.get('/later')).toMatchObject({ status: 200, text: 'later' })
    expect(await server.get('/never')).toMatchObject({ status: 404, json: { error: 'NOT_FOUND' } })
  })
})
