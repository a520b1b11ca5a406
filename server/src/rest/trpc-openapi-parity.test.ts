import { initTRPC, TRPCError } from '@trpc/server'
import { createOpenApiKoaMiddleware, type OpenApiMeta } from 'trpc-openapi'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Call } from '../http/http-call.test.support.ts'
import type { RestMeta } from './rest-meta.ts'
import { restProjection } from './rest-projection.ts'
import { serveApp } from './serve-router.test.support.ts'

const t = initTRPC.meta<OpenApiMeta & RestMeta>().create({ isDev: false })

type Method = NonNullable<RestMeta['openapi']>['method']

/** The library changes the schemas it serves, so each side gets a router, and schemas, of its own. */
function annotatedRouter() {
  const at = (method: Method, path: `/${string}`) => t.procedure.meta({ openapi: { method, path } })
  const Address = z.object({ city: z.string(), zip: z.number().optional() })
  const User = z.object({ id: z.number(), name: z.string(), role: z.enum(['admin', 'user']).default('user') })
  const Search = z.object({
    text: z.string().optional(),
    limit: z.number().int().min(1).max(100).default(20),
    ratio: z.number().optional(),
    exact: z.boolean().optional(),
    since: z.date().optional(),
    role: z.enum(['admin', 'user']).optional(),
    tags: z.array(z.string()).optional(),
    kind: z.literal('a').optional(),
    maybe: z.string().nullish(),
  })
  return t.router({
    health: at('GET', '/health')
      .output(z.string())
      .query(() => 'ok'),
    nothing: at('GET', '/void')
      .input(z.void())
      .output(z.string())
      .query(() => 'void'),
    search: at('GET', '/search')
      .input(Search)
      .output(z.object({ found: Search.extend({ since: z.string().optional() }) }))
      .query(({ input: { since, ...rest } }) => ({ found: { ...rest, ...(since && { since: since.toISOString() }) } })),
    users: t.router({
      list: at('GET', '/users')
        .input(z.object({ offset: z.number().default(0) }).optional())
        .output(z.array(User))
        .query(({ input }) => [{ id: input?.offset ?? -1, name: '한림' }]),
      one: at('GET', '/users/{id}')
        .input(z.object({ id: z.number() }))
        .output(User)
        .query(({ input: { id } }) => {
          if (id === 404) throw new TRPCError({ code: 'NOT_FOUND', message: 'No such user' })
          return { id, name: 'a', password: 'never shown' }
        }),
      create: at('POST', '/users')
        .input(User.omit({ id: true }).extend({ address: Address, tags: z.array(z.string()).default([]) }))
        .output(User.extend({ address: Address, tags: z.array(z.string()) }))
        .mutation(({ input }) => ({ ...input, id: 7, extra: true })),
      replace: at('PUT', '/users/{id}')
        .input(User.partial({ role: true }))
        .output(User)
        .mutation(({ input }) => input),
      change: at('PATCH', '/users/{id}')
        .input(z.object({ id: z.string(), name: z.string().nullable().optional() }))
        .output(z.object({ id: z.string(), name: z.string().nullable().optional() }))
        .mutation(({ input }) => input),
      remove: at('DELETE', '/users/{id}')
        .input(z.object({ id: z.string(), force: z.boolean().optional() }))
        .output(z.object({ id: z.string(), force: z.boolean().optional() }))
        .mutation(({ input }) => input),
      post: at('GET', '/users/{userId}/posts/{postId}')
        .input(z.object({ userId: z.number(), postId: z.string() }))
        .output(z.object({ userId: z.number(), postId: z.string() }))
        .query(({ input }) => input),
    }),
    dates: at('GET', '/dates')
      .output(z.object({ at: z.date(), list: z.array(z.date()) }))
      .query(() => ({ at: new Date(0), list: [new Date(1_000)] })),
    strip: at('GET', '/strip')
      .output(z.object({ a: z.number(), deep: z.object({ b: z.string() }), open: z.looseObject({}) }))
      .query(() => ({ a: 1, x: 2, deep: { b: 'b', y: 3 }, open: { z: 4 } })),
    primitive: at('GET', '/number')
      .output(z.number())
      .query(() => 42),
    nullable: at('GET', '/null')
      .output(z.object({ a: z.null(), b: z.undefined() }))
      .query(() => ({ a: null, b: undefined })),
    refined: at('POST', '/refined')
      .input(z.object({ from: z.number(), to: z.number() }).refine(({ from, to }) => from < to))
      .output(z.object({ span: z.number() }))
      .mutation(({ input }) => ({ span: input.to - input.from })),
    transformed: at('GET', '/transformed')
      .input(z.object({ csv: z.string().transform((text) => text.split(',')) }))
      .output(z.array(z.string()))
      .query(({ input }) => input.csv),
    empty: at('POST', '/empty')
      .input(z.object({}))
      .output(z.object({ done: z.literal(true) }))
      .mutation(() => ({ done: true as const })),
  })
}

const address = { city: '춘천', zip: 24252 }

const succeeding: readonly Call[] = [
  ...[
    ['/health', '/void', '/dates', '/strip', '/number', '/null', '/search', '/users', '/users?offset=5'],
    ['/users/1', '/users/1.5', '/users/-3', '/users/7?unknown=x', '/users/1/posts/abc', '/users/12/posts/1.2.3'],
    [
      '/search?text=a',
      '/search?text=a%20b+c%2Bd',
      '/search?text=%ED%95%9C%EB%A6%BC',
      '/search?limit=1',
      '/search?limit=100',
    ],
    [
      '/search?ratio=0.25',
      '/search?ratio=-1e3',
      '/search?exact=true',
      '/search?since=2026-01-31',
      '/search?role=admin',
    ],
    ['/search?since=2026-01-31T09:00:00.000Z&limit=5', '/search?tags=a&tags=b', '/search?tags=one', '/search?kind=a'],
    [
      '/search?maybe=x&unknown=y',
      '/search?text=a&limit=2&exact=true&tags=x&tags=y&role=user',
      '/transformed?csv=a,b,c',
    ],
  ]
    .flat()
    .map((path) => ({ path })),
  { method: 'POST', path: '/users', body: { name: 'a', address } },
  { method: 'POST', path: '/users', body: { name: '한림', role: 'admin', address: { city: 'x' }, tags: ['a', 'b'] } },
  { method: 'POST', path: '/users', body: { name: 'a', address: { ...address, extra: 1 }, extra: 2 } },
  { method: 'PUT', path: '/users/5', body: { name: 'a' } },
  { method: 'PUT', path: '/users/5', body: { id: 5, name: 'a', role: 'admin' } },
  { method: 'PATCH', path: '/users/a1', body: {} },
  { method: 'PATCH', path: '/users/a1', body: { name: null } },
  { method: 'PATCH', path: '/users/a1', body: { name: 'b' } },
  { method: 'DELETE', path: '/users/a1' },
  { method: 'DELETE', path: '/users/a1?force=true' },
  { method: 'POST', path: '/refined', body: { from: 1, to: 3.5 } },
  { method: 'POST', path: '/empty', body: {} },
]

/** Refused by both with the same status; for input that does not fit ours has the contract's 422. */
const refused: readonly (readonly [Call, number, number])[] = [
  [{ path: '/users/404' }, 404, 404],
  [{ path: '/nowhere' }, 404, 404],
  [{ path: '/users/abc' }, 400, 422],
  [{ path: '/search?limit=0' }, 400, 422],
  [{ path: '/search?limit=1.5' }, 400, 422],
  [{ path: '/search?role=owner' }, 400, 422],
  [{ path: '/transformed' }, 400, 422],
  [{ method: 'POST', path: '/users', body: { name: 'a' } }, 400, 422],
  [{ method: 'POST', path: '/refined', body: { from: 3, to: 1 } }, 400, 422],
]

describe('a router annotated for trpc-openapi', () => {
  it.each(succeeding.map((request) => [`${request.method ?? 'GET'} ${request.path}`, request] as const))(
    'gets the same answer from restProjection as from the library: %s',
    async (_name, request) => {
      await using ours = await serveApp(restProjection(annotatedRouter()))
      await using theirs = await serveApp(
        createOpenApiKoaMiddleware({ router: annotatedRouter(), createContext: () => ({}) }),
      )
      const expected = await theirs.send(request)
      expect(expected.status).toBe(200)
      const answer = await ours.send(request)
      expect(answer).toMatchObject({ status: expected.status, text: expected.text })
      expect(answer.headers['content-type']).toBe(expected.headers['content-type'])
    },
  )

  it.each(refused)('is refused alike: %j', async (request, theirStatus, ourStatus) => {
    await using ours = await serveApp(restProjection(annotatedRouter()))
    await using theirs = await serveApp(
      createOpenApiKoaMiddleware({ router: annotatedRouter(), createContext: () => ({}) }),
    )
    expect(await theirs.send(request)).toMatchObject({ status: theirStatus })
    expect(await ours.send(request)).toMatchObject({ status: ourStatus, json: { success: false } })
  })

  it('is compared by at least forty requests', () => {
    expect(succeeding.length + refused.length).toBeGreaterThanOrEqual(40)
  })
})
