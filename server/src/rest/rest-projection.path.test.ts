import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { exchangeRaw } from '../http/http-call.test.support.ts'
import { serveRouter, t } from './serve-router.test.support.ts'

const ById = z.object({ id: z.string() })

const userRouter = t.router({
  byId: t.procedure
    .meta({ openapi: { method: 'GET', path: '/users/{id}' } })
    .input(ById)
    .use(({ ctx, next, getRawInput }) => next({ ctx: { seen: [ctx.exchange.pathParameters, getRawInput] as const } }))
    .query(async ({ input, ctx: { seen } }) => ({ route: 'byId', input, seen: [seen[0], await seen[1]()] })),
  me: t.procedure.meta({ openapi: { method: 'GET', path: '/users/me' } }).query(() => ({ route: 'me' })),
  dotted: t.procedure.meta({ openapi: { method: 'GET', path: '/v1.0/file.json' } }).query(() => ({ route: 'dotted' })),
  rename: t.procedure
    .meta({ openapi: { method: 'PUT', path: '/users/{id}' } })
    .input(z.object({ id: z.string(), name: z.string() }))
    .mutation(({ input }) => input),
  count: t.procedure
    .meta({ openapi: { method: 'POST', path: '/counters/{count}' } })
    .input(z.object({ count: z.number(), by: z.number().default(1) }))
    .mutation(({ input }) => input.count + input.by),
})

const notFound = { status: 404, json: { success: false, error: 'NOT_FOUND', message: 'Not Found' } }
const badPath = { status: 400, json: { success: false, error: 'INVALID_REQUEST', request_id: expect.any(String) } }

describe('the path of a request to restProjection', () => {
  it('is decoded once, and middleware and procedure see the same id', async () => {
    await using server = await serveRouter(userRouter)
    for (const [sent, id] of [
      ['a%20b', 'a b'],
      ['%2541', '%41'],
      ['%252e%252e', '%2e%2e'],
      ['%ED%95%9C%EB%A6%BC', '한림'],
      ['a+b', 'a+b'],
      ['a;b=c:@!$&', 'a;b=c:@!$&'],
    ]) {
      const answer = await server.get(`/users/${sent}`)
      expect(answer).toMatchObject({ status: 200, json: { route: 'byId', input: { id }, seen: [{ id }, { id }] } })
    }
  })

  it('prefers a static segment', async () => {
    await using server = await serveRouter(userRouter)
    expect((await server.get('/users/me')).json).toEqual({ route: 'me' })
    expect((await server.get('/users/mee')).json).toMatchObject({ route: 'byId' })
  })

  it('is literal and case-sensitive', async () => {
    await using server = await serveRouter(userRouter)
    expect(await server.get('/v1.0/file.json')).toMatchObject({ status: 200 })
    for (const path of [
      '/v1x0/file.json',
      '/v1.0/fileXjson',
      '/V1.0/file.json',
      '/Users/me',
      '/users/me/',
      '//users/me',
    ]) {
      expect(await server.get(path)).toMatchObject(notFound)
    }
  })

  it.each([
    '/users/..',
    '/users/.',
    '/users/%2e%2e',
    '/users/%2E',
    '/a/../users/me',
    '/users/%',
    '/users/%zz',
    '/users/%ff',
  ])('is refused as %s', async (path) => {
    await using server = await serveRouter(userRouter)
    expect(await server.get(path)).toMatchObject(badPath)
  })

  it.each(['/users/%00', '/users/a%0d%0aSet-Cookie:x', '/users/%7f', '/users/%1b%5b0m'])(
    'is refused with the control character of %s',
    async (path) => {
      await using server = await serveRouter(userRouter)
      expect(await server.get(path)).toMatchObject(badPath)
    },
  )

  it.each(['/users/a%2Fb', '/users/a%2fb', '/users/%2F', '/users%2Fme'])('matches no route as %s', async (path) => {
    await using server = await serveRouter(userRouter)
    expect(await server.get(path)).toMatchObject(notFound)
  })

  it('coerces a number for the input, and leaves text that is none for the schema to refuse', async () => {
    await using server = await serveRouter(userRouter)
    expect(await server.post('/counters/41', {})).toMatchObject({ status: 200, json: 42 })
    expect(await server.post('/counters/x', {})).toMatchObject({
      status: 422,
      json: { details: { issues: [{ loc: ['path', 'count'] }] } },
    })
  })

  it('is not overruled, nor does it overrule: a body that disagrees is refused', async () => {
    await using server = await serveRouter(userRouter)
    const put = (path: string, body: unknown) => server.send({ method: 'PUT', path, body })
    expect(await put('/users/a', { name: 'x' })).toMatchObject({ status: 200, json: { id: 'a', name: 'x' } })
    expect(await put('/users/a', { id: 'a', name: 'x' })).toMatchObject({ status: 200, json: { id: 'a' } })
    for (const id of ['b', 'A', '', null, 1, ['a'], { a: 1 }]) {
      expect(await put('/users/a', { id, name: 'x' })).toMatchObject({
        status: 400,
        json: { error: 'INVALID_REQUEST', message: 'id differs between path and body' },
      })
    }
    expect(await server.post('/counters/7', { count: 7 })).toMatchObject({ status: 200, json: 8 })
    expect(await server.post('/counters/7', { count: '7' })).toMatchObject({ status: 200, json: 8 })
    expect(await server.post('/counters/7', { count: 8 })).toMatchObject({ status: 400 })
  })

  it('may come in absolute form', async () => {
    await using server = await serveRouter(userRouter)
    const target = `http://127.0.0.1:${server.port}/users/me`
    const answer = await exchangeRaw(server.port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*\{"route":"me"\}$/s)
  })

  it.each(['http://', 'https://?x', 'ftp://a/users/me', 'users/me'])('answers 400 to the target %s', async (target) => {
    await using server = await serveRouter(userRouter)
    const answer = await exchangeRaw(server.port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('goes to the next middleware when it is not below the prefix, taken by whole segments', async () => {
    await using server = await serveRouter(userRouter, { prefix: '/api' })
    expect(await server.get('/api/users/me')).toMatchObject({ status: 200 })
    expect(await server.get('/api/nothing')).toMatchObject(notFound)
    for (const path of ['/users/me', '/apiusers/me', '/API/users/me']) {
      expect(await server.get(path)).toMatchObject({ status: 404, text: 'Not Found' })
    }
  })
})
