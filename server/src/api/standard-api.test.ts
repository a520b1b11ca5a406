import { safe, TRPCClientError } from '@trpc/client'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { SettingsResponse, StatusResponse } from '../contract/index.ts'
import {
  FeatureDisabledError,
  TenantExistsError,
  TenantNotFoundError,
  TransitionRefusedError,
  UserExistsError,
} from '../error/index.ts'
import type { GeneralErrorCode } from '../router/error-shape.ts'
import { activation, KEY, serveExample } from './example-service.test.support.ts'

const SECRET = 'password=hunter2 at /srv/db.ts'

describe('standardApi over the tRPC protocol', () => {
  it('gives typed results with defaults filled in', async () => {
    await using service = await serveExample()
    const status = await service.client().getTenantStatus.query({ tenant_id: 't1' })
    expectTypeOf(status).toEqualTypeOf<StatusResponse>()
    expect(status).toMatchObject({ tenant_id: 't1', status: 'active', features: [] })
    const settings = await service.client().updateSettings.mutate({ tenant_id: 't1', features: { quiz: true } })
    expectTypeOf(settings).toEqualTypeOf<SettingsResponse>()
    expect(settings.config.limits.max_users).toBe(1000)
    expect(await service.client().activateTenant.mutate(activation)).toMatchObject({ message: '완료' })
    expect(await service.client({ headers: {} }).checkHealth.query({})).toMatchObject({ status: 'healthy' })
  })

  it('takes several calls in one request, each with an outcome of its own', async () => {
    await using service = await serveExample({
      getTenantUsage: ({ input }) => Promise.reject(new TenantNotFoundError(input.tenant_id)),
    })
    const requests: string[] = []
    const client = service.client({ batch: true, requests })
    const outcomes = await Promise.all([
      safe(client.getTenantStatus.query({ tenant_id: 't1' })),
      safe(client.getTenantUsage.query({ tenant_id: 't2', period: '2026-01' })),
      safe(client.listUsers.query({ tenant_id: 't3', limit: 7 })),
      safe(client.getTenantUsage.query({ tenant_id: 't4', period: '26-1' })),
    ])
    expect(requests).toHaveLength(1)
    expect(outcomes[0][0]).toMatchObject({ tenant_id: 't1' })
    expect(outcomes[1][1]?.data).toMatchObject({ error: 'TENANT_NOT_FOUND', httpStatus: 404, path: 'getTenantUsage' })
    expect(outcomes[2][0]).toMatchObject({ tenant_id: 't3', limit: 7 })
    expect(outcomes[3][1]?.data).toMatchObject({ error: 'INVALID_REQUEST', httpStatus: 400 })
  })

  it('gives errors whose codes are known as types', async () => {
    await using service = await serveExample({
      createUser: ({ input }) => Promise.reject(new UserExistsError(input.email)),
    })
    const [user, error] = await safe(service.client().createUser.mutate({ tenant_id: 't1', email: 'a@b.c', name: 'a' }))
    expect(user).toBeUndefined()
    if (!error?.data) throw new Error('no error came')
    expectTypeOf(error.data.error).toEqualTypeOf<
      GeneralErrorCode | 'TENANT_NOT_FOUND' | 'USER_EXISTS' | 'QUOTA_EXCEEDED'
    >()
    expectTypeOf(error.data.request_id).toEqualTypeOf<string | null>()
    if (error.data.error === 'USER_EXISTS') expectTypeOf(error.data.error).toEqualTypeOf<'USER_EXISTS'>()
    expect(error.message).toBe('User a@b.c already exists')
    expect(error.data).toEqual({
      code: 'CONFLICT',
      httpStatus: 409,
      path: 'createUser',
      error: 'USER_EXISTS',
      details: null,
      request_id: expect.any(String),
    })
  })

  it.each([
    ['no key', {}, 401, 'UNAUTHORIZED'],
    ['a wrong key', { 'X-Market-API-Key': 'wrong' }, 401, 'UNAUTHORIZED'],
  ])('answers %s with 401', async (...[, headers, httpStatus, error]) => {
    await using service = await serveExample()
    const [, failure] = await safe(service.client({ headers }).getTenantStatus.query({ tenant_id: 't1' }))
    expect(failure?.data).toMatchObject({ httpStatus, error, details: null })
    expect(failure?.message).toBe('Invalid or missing credentials')
  })

  it.each([
    [new TenantNotFoundError('t1'), 404],
    [new TenantExistsError('t1'), 409],
    [new FeatureDisabledError('rag'), 403],
    [new TransitionRefusedError('Not now'), 409],
  ])('answers %s with its status, code, text and details', async (thrown, httpStatus) => {
    await using service = await serveExample({ getSettings: () => Promise.reject(thrown) })
    const [, failure] = await safe(service.client().getSettings.query({ tenant_id: 't1' }))
    expect(failure?.data).toMatchObject({ httpStatus, error: thrown.error, details: thrown.details })
    expect(failure?.message).toBe(thrown.message)
  })

  it('names the same places for a request that does not fit as REST does', async () => {
    await using service = await serveExample()
    const list = { tenant_id: 't1', role: 'owner', limit: 101, offset: -1 }
    const body = { ...activation, features: ['a', 1], contact: { email: 'a@b.c' }, plan: null }
    const update = { tenant_id: 't1', features: { rag: 'maybe' }, limits: { max_users: [1] } }
    for (const [path, procedure, rest, input] of [
      ['/mt/tenant/t1/users?role=owner&limit=101&offset=-1', 'listUsers', { method: 'GET' }, list],
      ['/mt/tenant/t1/activate', 'activateTenant', { method: 'POST', body }, body],
      ['/mt/tenant/t1/settings', 'updateSettings', { method: 'PUT', body: update }, update],
    ] as const) {
      const overRest = await service.send({ ...rest, path })
      const overRpc = await service.send(
        rest.method === 'GET'
          ? { path: `/mt/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}` }
          : { method: 'POST', path: `/mt/trpc/${procedure}`, body: input },
      )
      const issues = Reflect.get(Object(overRest.json), 'details')
      expect(overRest).toMatchObject({ status: 422, json: { error: 'INVALID_REQUEST' } })
      expect(overRpc).toMatchObject({ status: 422, json: { error: { data: { details: issues } } } })
      expect(JSON.stringify(issues)).toMatch(/"loc":\["(?:query|body)"/)
    }
  })

  it('places a member of the path in the path', async () => {
    await using service = await serveExample()
    const [, failure] = await safe(service.client().getUser.query({ tenant_id: 't1', user_id: '' }))
    expect(failure?.data?.details).toMatchObject({ issues: [{ loc: ['path', 'user_id'] }] })
  })

  it('masks errors it does not know, and reports them under the id the caller got', async () => {
    await using service = await serveExample({ getSettings: () => Promise.reject(new Error(SECRET)) })
    const [, failure] = await safe(service.client().getSettings.query({ tenant_id: 't1' }))
    expect(failure).toBeInstanceOf(TRPCClientError)
    expect(failure?.message).toBe('Internal server error')
    expect(JSON.stringify(failure?.shape)).not.toMatch(/hunter2|stack|\.ts/)
    expect(failure?.data).toMatchObject({ httpStatus: 500, error: 'INTERNAL_ERROR', details: null })
    expect(service.failures).toMatchObject([
      { requestId: failure?.data?.request_id, operation: 'getSettings', error: { cause: { message: SECRET } } },
    ])
  })

  it('lets a procedure set headers and aborts its signal when the caller goes away', async () => {
    const aborted = Promise.withResolvers<void>()
    const entered = Promise.withResolvers<void>()
    await using service = await serveExample({
      getSettings: async ({ ctx }) => {
        ctx.signal.addEventListener('abort', () => aborted.resolve())
        entered.resolve()
        await aborted.promise
        throw new Error('gone')
      },
      getUser: ({ input, ctx }) => {
        ctx.reply.setHeader('ETag', '"1"')
        return { ...input, email: '', name: '', role: 'user', status: 'active', created_at: '' }
      },
    })
    const controller = new AbortController()
    const call = service.client().getSettings.query({ tenant_id: 't1' }, { signal: controller.signal })
    await entered.promise
    controller.abort()
    await expect(call).rejects.toThrow()
    await aborted.promise
    const input = encodeURIComponent('{"tenant_id":"t","user_id":"u"}')
    const answer = await service.send({ path: `/mt/trpc/getUser?input=${input}` })
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' } })
  })

  it('gives procedures the context of the call', async () => {
    const seen: unknown[] = []
    await using service = await serveExample({
      getTenantUsage: ({ input, ctx: { tenantId, requestId, caller, signal } }) => {
        seen.push({ tenantId, requestId, caller, aborted: signal.aborted })
        return { ...input, usage: {} }
      },
    })
    const headers = { 'X-Market-API-Key': KEY, 'X-Request-Id': 'req-1' }
    await service.client({ headers }).getTenantUsage.query({ tenant_id: 't1', period: '2026-1' })
    await service.send({ path: '/mt/tenant/t1/usage?period=2026-1', headers })
    const context = { tenantId: 't1', requestId: 'req-1', caller: { kind: 'market', keyId: expect.any(String) } }
    expect(seen).toEqual([
      { ...context, aborted: false },
      { ...context, aborted: false },
    ])
  })
})

describe('headers of the Standard API', () => {
  it.each([
    ['/mt/health', 200],
    ['/mt/tenant/t1/status', 200],
    ['/mt/tenant/t1/usage?period=x', 400],
    ['/mt/tenant/t1/users?limit=0', 422],
    ['/mt/unknown', 404],
    ['/mt/tenant/t1/settings', 500],
    ['/mt/trpc/checkHealth?input={}', 200],
    ['/mt/trpc/getTenantStatus?input={}', 422],
    ['/mt/trpc/getSettings?input=%7B%22tenant_id%22:%22t%22%7D', 500],
    ['/mt/trpc/unknown', 404],
    ['/mt/trpc/checkHealth,checkHealth?batch=1&input={%220%22:{},%221%22:{}}', 200],
  ])('are on the answer to %s with status %i', async (path, status) => {
    await using service = await serveExample({ getSettings: () => Promise.reject(new Error(SECRET)) })
    const common = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }
    const answer = await service.send({ path })
    expect(answer).toMatchObject({ status, headers: common })
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    const headers = { 'X-Market-API-Key': KEY, 'X-Request-Id': 'from-caller.1' }
    const second = await service.send({ path, headers })
    expect(second.headers['x-request-id']).toBe('from-caller.1')
    if (status >= 400) expect(second.text).toContain('"request_id":"from-caller.1"')
  })
})
