import { lazy } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { restProjection } from './rest-projection.ts'
import { serveRouter, t } from './serve-router.test.support.ts'

const get = (path: `/${string}`) => t.procedure.meta({ openapi: { method: 'GET', path } })
const post = (path: `/${string}`) => t.procedure.meta({ openapi: { method: 'POST', path } })

describe('restProjection at start', () => {
  it.each([
    ['bigint', z.object({ users: z.array(z.object({ id: z.bigint() })) }), /users\[\]\.id: bigint/],
    ['a Map', z.object({ all: z.map(z.string(), z.string()) }), /all: map/],
    ['a Set', z.object({ all: z.set(z.string()).optional() }), /all: set/],
    ['a symbol', z.object({ s: z.symbol() }), /s: symbol/],
    ['a bigint in a union', z.union([z.string(), z.bigint()]), /output: bigint/],
    ['a bigint in a record', z.record(z.string(), z.nullable(z.bigint())), /\{\}: bigint/],
    ['a bigint after a transform', z.object({ n: z.string().pipe(z.coerce.bigint()) }), /n: bigint/],
    ['a bigint in a tuple', z.tuple([z.string(), z.bigint()]), /\[1\]: bigint/],
    [
      'a Map in an intersection',
      z.object({ a: z.string() }).and(z.object({ m: z.map(z.string(), z.any()) })),
      /m: map/,
    ],
    ['a bigint behind lazy', z.object({ n: z.lazy(() => z.bigint()) }), /n: bigint/],
    ['a bigint of an open object', z.object({}).catchall(z.bigint()), /bigint/],
    ['a bigint at the end of a tuple', z.tuple([z.string()]).rest(z.bigint()), /bigint/],
  ])('refuses an output with %s, naming the procedure', (_name, output, place) => {
    const router = t.router({
      users: {
        list: get('/x')
          .output(output)
          .query(() => null as never),
      },
    })
    expect(() => restProjection(router)).toThrow(TypeError)
    expect(() => restProjection(router)).toThrow(/^users\.list: /)
    expect(() => restProjection(router)).toThrow(place)
  })

  it('accepts an output that refers to itself', () => {
    const Tree = z.object({
      name: z.string(),
      get children() {
        return z.array(Tree)
      },
    })
    expect(() =>
      restProjection(
        t.router({
          tree: get('/tree')
            .output(Tree)
            .query(() => null as never),
        }),
      ),
    ).not.toThrow()
  })

  it.each([
    ['a string', z.string()],
    ['a list', z.array(z.string())],
    ['a union', z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])],
  ])('refuses an input that is %s, naming the procedure', (_name, input) => {
    const router = t.router({
      save: post('/x')
        .input(input)
        .mutation(() => 1),
    })
    expect(() => restProjection(router)).toThrow(TypeError)
    expect(() => restProjection(router)).toThrow(/^save: .*must be an object/)
  })

  it('refuses an input that is no zod 4 schema', () => {
    const router = t.router({
      save: post('/x')
        .input((value: unknown) => value)
        .mutation(() => 1),
    })
    expect(() => restProjection(router)).toThrow(/^save: .*zod 4/)
  })

  it('refuses a parameter of the path that the input lacks', () => {
    const router = t.router({
      one: get('/x/{id}/{other}')
        .input(z.object({ id: z.string() }))
        .query(() => 1),
    })
    expect(() => restProjection(router)).toThrow(/^one: .*other/)
  })

  it('refuses two routes of one shape', () => {
    const router = t.router({
      one: get('/x/{a}')
        .input(z.object({ a: z.string() }))
        .query(() => 1),
      two: get('/x/{b}')
        .input(z.object({ b: z.string() }))
        .query(() => 2),
    })
    expect(() => restProjection(router)).toThrow('GET /x/{b}')
  })

  it('refuses lazy() routers, which would be missing', () => {
    const part = t.router({ late: get('/late').query(() => 1) })
    const router = t.router({ part: lazy(async () => ({ part })) })
    expect(() => restProjection(router)).toThrow(/lazy\(\) .*part/)
  })

  it('serves procedures of nested routers, and none without metadata or with enabled: false', async () => {
    const router = t.router({
      nested: { deep: { one: get('/one').query(({ path }) => path) } },
      off: t.procedure.meta({ openapi: { method: 'GET', path: '/off', enabled: false } }).query(() => 1),
      rpcOnly: t.procedure.output(z.bigint()).query(() => 1n),
    })
    await using server = await serveRouter(router)
    expect(await server.get('/one')).toMatchObject({ status: 200, json: 'nested.deep.one' })
    for (const path of ['/off', '/rpcOnly']) expect(await server.get(path)).toMatchObject({ status: 404 })
  })

  it.each([
    ['void', z.void()],
    ['undefined', z.undefined()],
    ['an optional object', z.object({ a: z.string().optional() }).optional()],
    ['a refined object', z.object({ a: z.string().optional() }).refine(() => true)],
    ['a transformed object', z.object({ a: z.string().optional() }).transform((value) => value)],
    ['a preprocessed object', z.preprocess((value) => value, z.object({ a: z.string().optional() }))],
    ['an object with a default', z.object({ a: z.string().optional() }).default({})],
  ])('accepts an input that is %s', async (_name, input) => {
    await using server = await serveRouter(
      t.router({
        one: get('/x')
          .input(input)
          .query(({ input }) => input ?? null),
      }),
    )
    const text = (await server.get('/x?a=1')).text
    expect(['null', '{"a":"1"}']).toContain(text)
  })

  it('joins the members of several inputs', async () => {
    const router = t.router({
      one: post('/x/{a}')
        .input(z.object({ a: z.number() }))
        .input(z.object({ b: z.string() }))
        .mutation(({ input }) => input),
    })
    await using server = await serveRouter(router)
    expect(await server.post('/x/1', { b: 'c' })).toMatchObject({ status: 200, json: { a: 1, b: 'c' } })
  })
})
