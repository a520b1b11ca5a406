import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { rpcEndpoint } from '../api/rpc-endpoint.ts'
import type { Exchange } from '../http/exchange.ts'
import { restProjection } from './rest-projection.ts'
import { serveApp, serveRouter, t } from './serve-router.test.support.ts'

const Search = z.object({
  text: z.string().optional(),
  limit: z.number().min(1).default(20),
  exact: z.boolean().optional(),
  since: z.date().optional(),
  tags: z.array(z.string()).optional(),
  ids: z.array(z.number()).default([]),
  order: z.enum(['up', 'down']).optional(),
})

const searchRouter = t.router({
  search: t.procedure
    .meta({ openapi: { method: 'GET', path: '/search' } })
    .input(Search)
    .query(({ input }) => input),
  open: t.procedure
    .meta({ openapi: { method: 'GET', path: '/open' } })
    .input(z.looseObject({ known: z.number().optional() }))
    .query(({ input }) => input),
  remove: t.procedure
    .meta({ openapi: { method: 'DELETE', path: '/items/{id}' } })
    .input(z.object({ id: z.string(), force: z.boolean().default(false) }))
    .mutation(({ input }) => input),
  save: t.procedure
    .meta({ openapi: { method: 'POST', path: '/save' } })
    .input(z.object({ n: z.number(), yes: z.boolean(), at: z.number().nullable() }))
    .mutation(({ input }) => input),
})

const refused = (...names: string[]) => ({
  status: 422,
  json: { error: 'INVALID_REQUEST', details: { issues: names.map((name) => ({ loc: ['query', name] })) } },
})

describe('the query of a request to restProjection', () => {
  it.each([
    ['', { limit: 20, ids: [] }],
    ['text=a+b%2Bc', { text: 'a b+c', limit: 20, ids: [] }],
    ['text=', { text: '', limit: 20, ids: [] }],
    ['text', { text: '', limit: 20, ids: [] }],
    ['text=5&limit=5', { text: '5', limit: 5, ids: [] }],
    ['exact=true', { exact: true, limit: 20, ids: [] }],
    ['exact=false', { exact: false, limit: 20, ids: [] }],
    ['since=2026-01-31T09:00:00Z', { since: '2026-01-31T09:00:00.000Z', limit: 20, ids: [] }],
    ['tags=a', { tags: ['a'], limit: 20, ids: [] }],
    ['tags=a&tags=b&ids=1&ids=2', { tags: ['a', 'b'], limit: 20, ids: [1, 2] }],
    ['limit=1&limit=2&order=up&order=down', { limit: 2, order: 'down', ids: [] }],
    ['unknown=1&text=x', { text: 'x', limit: 20, ids: [] }],
    ['text=%2541', { text: '%41', limit: 20, ids: [] }],
    ['text=%ff%', { text: '\ufffd%', limit: 20, ids: [] }],
  ])('%j is read as %j', async (query, expected) => {
    await using server = await serveRouter(searchRouter)
    expect(await server.get(`/search?${query}`)).toMatchObject({ status: 200, json: expected })
  })

  it.each([
    ['limit=', ['limit']],
    ['limit=0', ['limit']],
    ['limit=x&order=left', ['limit', 'order']],
    ['exact=maybe', ['exact']],
    ['since=soon', ['since']],
  ])('%j is refused at its place', async (query, names) => {
    await using server = await serveRouter(searchRouter)
    expect(await server.get(`/search?${query}`)).toMatchObject(refused(...names))
  })

  it('never echoes a refused value', async () => {
    await using server = await serveRouter(searchRouter)
    const { text } = await server.get('/search?limit=hunter2&order=hunter2')
    expect(text).not.toContain('hunter2')
  })

  it('serves DELETE as well', async () => {
    await using server = await serveRouter(searchRouter)
    const answer = await server.send({ method: 'DELETE', path: '/items/a?force=true&id=b' })
    expect(answer).toMatchObject({ status: 200, json: { id: 'a', force: true } })
  })

  it.each(['constructor=1', '__proto__=1', 'toString=1', 'constructor=1&__proto__=1&toString=1', 'hasOwnProperty=1'])(
    'does no harm with %s',
    async (query) => {
      await using server = await serveRouter(searchRouter)
      expect(await server.get(`/search?${query}`)).toMatchObject({ status: 200, json: { limit: 20 } })
      expect(await server.get(`/open?${query}&known=1`)).toMatchObject({ status: 200, json: { known: 1 } })
      expect(await server.send({ method: 'DELETE', path: `/items/a?${query}` })).toMatchObject({ status: 200 })
    },
  )
})

describe('schemas behind restProjection', () => {
  it('are never changed by REST calls: tRPC still refuses text for a number', async () => {
    const createContext = (exchange: Exchange) => ({ exchange })
    await using server = await serveApp(
      rpcEndpoint(searchRouter, { path: '/trpc', createContext, maxBodySize: 1_000, onError: () => {} }),
      restProjection(searchRouter, { createContext }),
    )
    const inputs: [string, object][] = [
      ['/trpc/search', { limit: '5' }],
      ['/trpc/search', { exact: 'false' }],
      ['/trpc/search', { since: null }],
    ]
    const bodies = [
      { n: '5', yes: true, at: null },
      { n: 5, yes: 'false', at: null },
      { n: 5, yes: true, at: '1' },
    ]
    for (const path of ['/search?limit=5&exact=true&since=2026-01-01&ids=1', '/search?limit=x']) await server.get(path)
    await server.post('/save', { n: 1, yes: true, at: 1 })
    for (const body of bodies) {
      expect(await server.post('/save', body)).toMatchObject({ status: 422 })
      expect(await server.post('/trpc/save', body)).toMatchObject({ status: 400 })
    }
    for (const [path, input] of inputs) {
      const answer = await server.get(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`)
      expect(answer).toMatchObject({ status: 400, json: { error: { data: { code: 'BAD_REQUEST' } } } })
    }
  })
})
