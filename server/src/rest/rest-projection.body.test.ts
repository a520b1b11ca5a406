import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { restProjection } from './rest-projection.ts'
import { serveApp, serveRouter, t } from './serve-router.test.support.ts'

interface Tree {
  name: string
  children: Tree[]
}
const Tree: z.ZodType<Tree> = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree)
  },
})

const bodyRouter = t.router({
  echo: t.procedure
    .meta({ openapi: { method: 'POST', path: '/echo' } })
    .input(z.object({ name: z.string(), n: z.number().optional(), any: z.unknown().optional() }))
    .mutation(({ input }) => input),
  patch: t.procedure
    .meta({ openapi: { method: 'PATCH', path: '/echo' } })
    .input(z.object({ name: z.string().optional() }))
    .mutation(({ input }) => input),
  touch: t.procedure
    .meta({ openapi: { method: 'PUT', path: '/things/{id}' } })
    .input(z.object({ id: z.string() }))
    .mutation(({ input }) => input),
  ping: t.procedure.meta({ openapi: { method: 'POST', path: '/ping' } }).mutation(() => 'pong'),
  tree: t.procedure
    .meta({ openapi: { method: 'POST', path: '/tree' } })
    .input(z.object({ root: Tree }))
    .output(z.object({ root: Tree }))
    .mutation(({ input }) => input),
})

const atBody = { status: 422, json: { error: 'INVALID_REQUEST', details: { issues: [{ loc: ['body'] }] } } }

describe('the body of a request to restProjection', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8;v=1',
    'APPLICATION/JSON',
    'Application/Json ; Charset=utf-8',
    'application/vnd.api+json',
    'application/problem+JSON; a=b',
    '',
    undefined,
  ])('is parsed with the content type %j', async (type) => {
    await using server = await serveRouter(bodyRouter)
    const headers = type === undefined ? {} : { 'content-type': type }
    const answer = await server.send({ method: 'POST', path: '/echo', headers, body: '{"name":"한림"}' })
    expect(answer).toMatchObject({ status: 200, json: { name: '한림' } })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'text/json', 'multipart/form-data'])(
    'is refused as a whole with the content type %s',
    async (type) => {
      await using server = await serveRouter(bodyRouter)
      const headers = { 'content-type': type }
      expect(await server.send({ method: 'POST', path: '/echo', headers, body: '{"name":"a"}' })).toMatchObject(atBody)
    },
  )

  it('may be missing, with or without content type, where no member of it is required', async () => {
    await using server = await serveRouter(bodyRouter)
    for (const headers of [{}, { 'content-type': 'application/json' }, { 'content-type': 'text/plain' }]) {
      expect(await server.send({ method: 'PUT', path: '/things/a', headers })).toMatchObject({ status: 200 })
      expect(await server.send({ method: 'POST', path: '/ping', headers })).toMatchObject({ status: 200, json: 'pong' })
      expect(await server.send({ method: 'PATCH', path: '/echo', headers })).toMatchObject({ status: 200, json: {} })
      expect(await server.send({ method: 'POST', path: '/echo', headers })).toMatchObject(atBody)
    }
  })

  it('counts as missing when it is null', async () => {
    await using server = await serveRouter(bodyRouter)
    expect(await server.post('/echo', null)).toMatchObject(atBody)
    expect(await server.send({ method: 'PATCH', path: '/echo', body: 'null' })).toMatchObject({ status: 200 })
  })

  it.each(['[]', '[{"name":"a"}]', '"text"', '5', 'true'])('is refused when it is %s, not an object', async (body) => {
    await using server = await serveRouter(bodyRouter)
    expect(await server.post('/echo', body)).toMatchObject(atBody)
    expect(await server.send({ method: 'PATCH', path: '/echo', body })).toMatchObject(atBody)
  })

  it('is not coerced', async () => {
    await using server = await serveRouter(bodyRouter)
    expect(await server.post('/echo', { name: 'a', n: '5' })).toMatchObject({
      status: 422,
      json: { details: { issues: [{ loc: ['body', 'n'] }] } },
    })
    expect(await server.post('/echo', { name: 5 })).toMatchObject({ status: 422 })
  })

  it('is not read from the query', async () => {
    await using server = await serveRouter(bodyRouter)
    expect(await server.post('/echo?n=5&name=b', { name: 'a' })).toMatchObject({ status: 200, json: { name: 'a' } })
  })

  it('may fit a recursive schema', async () => {
    await using server = await serveRouter(bodyRouter)
    const root = { name: 'a', children: [{ name: 'b', children: [{ name: 'c', children: [] }] }] }
    expect(await server.post('/tree', { root })).toMatchObject({ status: 200, json: { root } })
    const broken = { name: 'a', children: [{ name: 'b', children: [{ name: 3, children: [] }] }] }
    expect(await server.post('/tree', { root: broken })).toMatchObject({
      status: 422,
      json: { details: { issues: [{ loc: ['body', 'root', 'children', 0, 'children', 0, 'name'] }] } },
    })
  })

  it.each([
    ['33 levels', `{"name":"a","any":${'['.repeat(32)}${']'.repeat(32)}}`],
    ['45,000 nested arrays', `${'['.repeat(45_000)}${']'.repeat(45_000)}`],
    ['45,000 nested objects', `${'{"a":'.repeat(45_000)}1${'}'.repeat(45_000)}`],
    ['90,000 opening brackets', '['.repeat(90_000)],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0xff, 0x22])],
  ])('answers 400 to %s', async (_name, body) => {
    await using server = await serveRouter(bodyRouter)
    expect(await server.post('/echo', body)).toMatchObject({ status: 400, json: { error: 'INVALID_REQUEST' } })
  })

  it('accepts 32 levels', async () => {
    await using server = await serveRouter(bodyRouter)
    const body = `{"name":"a","any":${'['.repeat(31)}${']'.repeat(31)}}`
    expect(await server.post('/echo', body)).toMatchObject({ status: 200 })
  })

  it.each(['{', '{"name":"a"', 'name=a', "{'name':'a'}"])('answers 422 to %j', async (body) => {
    await using server = await serveRouter(bodyRouter)
    expect(await server.post('/echo', body)).toMatchObject(atBody)
  })

  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeff{"name":"한림"}')],
    ['UTF-16', Buffer.from('\ufeff{"name":"한림"}', 'utf16le')],
  ])('may be %s', async (_name, body) => {
    await using server = await serveRouter(bodyRouter)
    expect(await server.post('/echo', body)).toMatchObject({ status: 200, json: { name: '한림' } })
  })

  it('refuses members named as of the prototype like any other unknown member', async () => {
    await using server = await serveRouter(bodyRouter)
    const body = '{"name":"a","__proto__":{"n":"x"},"constructor":{"prototype":{"n":1}},"toString":1}'
    expect(await server.post('/echo', body)).toMatchObject({ status: 200, text: '{"name":"a"}' })
    expect(Reflect.get({}, 'n')).toBeUndefined()
  })

  it.each(['gzip', 'deflate', 'br', 'identity, gzip', 'x'])(
    'is refused with 415 when it is encoded as %s',
    async (encoding) => {
      await using server = await serveRouter(bodyRouter)
      const headers = { 'content-encoding': encoding, 'content-type': 'application/json' }
      const answer = await server.send({ method: 'POST', path: '/echo', headers, body: gzipSync('{"name":"a"}') })
      expect(answer).toMatchObject({ status: 415, json: { error: 'UNSUPPORTED_MEDIA_TYPE' } })
    },
  )

  it.each(['identity', 'Identity', ''])('is read with the content encoding %j', async (encoding) => {
    await using server = await serveRouter(bodyRouter)
    const headers = { 'content-encoding': encoding }
    expect(await server.send({ method: 'POST', path: '/echo', headers, body: '{"name":"a"}' })).toMatchObject({
      status: 200,
    })
  })

  it('may have been parsed by middleware before, and is not read again', async () => {
    await using server = await serveApp(async (koa, next) => {
      const chunks: Buffer[] = []
      for await (const chunk of koa.req) chunks.push(chunk)
      Reflect.set(koa.request, 'body', JSON.parse(Buffer.concat(chunks).toString()))
      await next()
    }, restProjection(bodyRouter))
    expect(await server.post('/echo', { name: 'a' })).toMatchObject({ status: 200, json: { name: 'a' } })
    expect(await server.post('/echo', [1])).toMatchObject(atBody)
  })
})
