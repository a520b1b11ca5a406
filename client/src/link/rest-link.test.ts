import { restProjection, serve, standardApi } from '@mt-paas/server'
import { createTRPCClient, createTRPCUntypedClient, safe } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import Koa from 'koa'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { advisorHandler } from '../advisor.test.support.ts'
import { ServiceError } from '../error/service-error.ts'
import { serveJson, serveRaw } from '../raw-server.test.support.ts'
import type { ContractWarning } from './contract-check.ts'
import { routesFromOpenApi } from './openapi-routes.ts'
import { restLink } from './rest-link.ts'

const headers = { 'x-market-api-key': 'key1' }
const api = () => new Koa().use(standardApi(advisorHandler(), { env: { MARKET_API_KEY: 'key1' } }))
const client = (baseUrl: string, options = {}) =>
  createTRPCClient({ links: [restLink({ baseUrl, headers, ...options })] })

describe('restLink', () => {
  it('is a link of tRPC with the same types, errors and safe()', async () => {
    const running = await serve(api())
    const service = client(running.url)
    const [users, error] = await safe(service.listUsers.query({ tenant_id: 'hallym' }))
    expect(error).toBeUndefined()
    expectTypeOf(users?.users[0]?.last_login).toEqualTypeOf<string | null | undefined>()
    const [, failure] = await safe(service.getUser.query({ tenant_id: 'hallym', user_id: 'x' }))
    expect(failure).toBeInstanceOf(ServiceError)
    expect(failure).toMatchObject({ serviceId: null, attempts: 1, data: { error: 'USER_NOT_FOUND' } })
    await running.close(0)
  })

  it('sends ids and a key with every mutation, none with a query', async () => {
    const seen: (readonly unknown[])[] = []
    await using server = await serveRaw((req, res) => {
      seen.push([req.method, req.headers['idempotency-key'], req.headers['x-request-id']])
      res.end(JSON.stringify({ success: true, user_id: 'u', message: '' }))
    })
    const service = client(server.url)
    await service.deleteUser.mutate(
      { tenant_id: 'a', user_id: 'b' },
      { context: { idempotencyKey: 'k1', requestId: 'r1' } },
    )
    await service.deleteUser.mutate({ tenant_id: 'a', user_id: 'b' })
    await service.getUser.query({ tenant_id: 'a', user_id: 'b' }).catch(() => {})
    const id = expect.stringMatching(/^[\da-f-]{36}$/)
    expect(seen).toEqual([
      ['DELETE', 'k1', 'r1'],
      ['DELETE', id, id],
      ['GET', undefined, id],
    ])
  })

  it.each(['.', '..', '', '\ud800'])('refuses the id %j, which no path can carry', async (tenant_id) => {
    await using server = await serveJson({})
    const call = client(server.url).getTenantStatus.query({ tenant_id })
    await expect(call).rejects.toMatchObject({ code: 'INVALID_REQUEST', attempts: 0, status: null })
    expect(server.count).toBe(0)
  })

  it('refuses input that JavaScript lets through and no request can carry', async () => {
    await using server = await serveJson({})
    const service = createTRPCUntypedClient({ links: [restLink({ baseUrl: server.url })] })
    const refused = { code: 'INVALID_REQUEST', attempts: 0 }
    for (const input of [
      undefined,
      {},
      [],
      5,
      { tenant_id: null },
      { tenant_id: {} },
      { tenant_id: 'a', role: null },
    ]) {
      await expect(service.query('listUsers', input)).rejects.toMatchObject(refused)
    }
    await expect(service.query('noSuchThing', {})).rejects.toMatchObject(refused)
    expect(server.count).toBe(0)
  })

  it('puts every byte of an id into one segment of the path', async () => {
    const targets: unknown[] = []
    await using server = await serveRaw((req, res) => {
      targets.push(req.url)
      res.end('{}')
    })
    for (const id of ['a/b', 'x?y', '../../admin', '%2e%2e', 'a#b', '...', 'a%00']) {
      await client(server.url)
        .getTenantStatus.query({ tenant_id: id })
        .catch(() => {})
    }
    expect(targets).toEqual(
      ['a%2Fb', 'x%3Fy', '..%2F..%2Fadmin', '%252e%252e', 'a%23b', '...', 'a%2500'].map(
        (id) => `/mt/tenant/${id}/status`,
      ),
    )
  })

  it('passes answers that do not fit when it is lenient, and warns', async () => {
    const drifted = { tenant_id: 'a', status: 'active', plan: 7 }
    await using server = await serveJson(drifted)
    const warnings: ContractWarning[] = []
    const service = client(server.url, { lenient: true, onWarning: (one: ContractWarning) => warnings.push(one) })
    expect(await service.getTenantStatus.query({ tenant_id: 'a' })).toEqual(drifted)
    expect(warnings).toMatchObject([{ operation: 'getTenantStatus', issues: [{ loc: ['plan'] }, {}, {}, {}] }])
    const strict = client(server.url).getTenantStatus.query({ tenant_id: 'a' })
    await expect(strict).rejects.toMatchObject({
      code: 'INVALID_RESPONSE',
      details: { issues: [{ loc: ['plan'] }, {}, {}, {}] },
    })
  })

  it('calls any router of trpc-openapi, with routes of its own', async () => {
    const t = initTRPC.meta<{ openapi: { method: 'GET' | 'PUT'; path: `/${string}` } }>().create()
    const router = t.router({
      add: t.procedure
        .meta({ openapi: { method: 'GET', path: '/sum/{a}' } })
        .input(z.object({ a: z.coerce.number<number>(), b: z.array(z.coerce.number<number>()) }))
        .output(z.object({ sum: z.number() }))
        .query(({ input: { a, b } }) => ({ sum: b.reduce((sum, one) => sum + one, a) })),
      rename: t.procedure
        .meta({ openapi: { method: 'PUT', path: '/things/{id}' } })
        .input(z.object({ id: z.string(), name: z.string() }))
        .output(z.object({ id: z.string(), name: z.string() }))
        .mutation(({ input }) => input),
    })
    const running = await serve(new Koa().use(restProjection(router)))
    const routes = {
      add: { method: 'GET', path: '/sum/{a}' },
      rename: { method: 'PUT', path: '/things/{id}' },
    } as const
    const service = createTRPCClient<typeof router>({ links: [restLink({ baseUrl: running.url, prefix: '', routes })] })
    expect(await service.add.query({ a: 1, b: [2, 3] })).toEqual({ sum: 6 })
    expect(await service.rename.mutate({ id: 'a b', name: '이름' })).toEqual({ id: 'a b', name: '이름' })
    await running.close(0)
  })
})

describe('routesFromOpenApi', () => {
  it('reads the routes a service serves, and they work', async () => {
    const running = await serve(api())
    const document: unknown = await (await fetch(`${running.url}/mt/openapi.json`)).json()
    const routes = routesFromOpenApi(document)
    expect(routes).toMatchObject({
      activateTenant: { method: 'POST', path: '/tenant/{tenant_id}/activate', repeatedInBody: ['tenant_id'] },
      listUsers: { method: 'GET', path: '/tenant/{tenant_id}/users', repeatedInBody: [] },
    })
    const service = client(running.url, { routes })
    expect(await service.listUsers.query({ tenant_id: 'hallym' })).toMatchObject({ total: 1 })
    const contact = { email: 'a@b.kr', name: 'a' }
    const request = { tenant_id: 'new', tenant_name: 'New', plan: 'basic', features: [], contact }
    expect(await service.activateTenant.mutate(request)).toMatchObject({ success: true })
    await running.close(0)
  })

  it('refuses what is no OpenAPI 3 document', () => {
    for (const document of [null, {}, { openapi: '2.0', paths: {} }, { openapi: '3.1.0' }, 'openapi: 3.1.0']) {
      expect(() => routesFromOpenApi(document)).toThrow(TypeError)
    }
  })

  it('reads a document of FastAPI', () => {
    const schemas = { Body: { properties: { tenant_id: {}, plan: {} } } }
    const requestBody = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } } }
    const paths = { '/svc/tenant/{tenant_id}/go': { post: { operationId: 'go', requestBody }, parameters: [] } }
    expect(routesFromOpenApi({ openapi: '3.1.0', paths, components: { schemas } }, { prefix: '/svc' })).toEqual({
      go: { method: 'POST', path: '/tenant/{tenant_id}/go', repeatedInBody: ['tenant_id'] },
    })
  })
})
