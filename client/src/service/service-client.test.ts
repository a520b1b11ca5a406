import type { UserInfo } from '@mt-paas/server/contract'
import { safe } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { serveAdvisor } from '../advisor.test.support.ts'
import { isServiceError, ServiceError } from '../error/service-error.ts'
import { serveJson } from '../raw-server.test.support.ts'
import { ServiceClient } from './service-client.ts'

let advisor: Awaited<ReturnType<typeof serveAdvisor>>
beforeAll(async () => {
  advisor = await serveAdvisor()
})
afterAll(() => advisor.close(0))

const protocols = ['trpc', 'rest', 'auto'] as const
const client = (protocol: (typeof protocols)[number], apiKey = 'key1') =>
  new ServiceClient({ id: 'advisor', baseUrl: advisor.url, apiKey, protocol })

describe.each(protocols)('a service over %s', (protocol) => {
  it('is called by function, by the name of tRPC and by the client of tRPC alike', async () => {
    await using service = client(protocol)
    const input = { tenant_id: 'hallym', role: 'admin' } as const
    const users = await service.listUsers(input)
    expect(users).toMatchObject({ total: 1, limit: 20, users: [{ user_id: 'u1', last_login: null }] })
    expect(await service.listUsers.query(input)).toEqual(users)
    expect(await service.trpc.listUsers.query(input)).toEqual(users)
    expect(await service.healthCheck()).toMatchObject({ status: 'healthy', version: '1.4.0' })
  })

  it('answers mutations', async () => {
    await using service = client(protocol)
    const user = await service.createUser.mutate({ tenant_id: 'hallym', email: 'b@c.kr', name: '신규' })
    expect(user).toMatchObject({ user_id: 'u2', role: 'user', temporary_password: true })
    expect(await service.deactivateTenant({ tenant_id: 'hallym', reason: 'x' })).toMatchObject({ data_preserved: true })
  })

  it('throws a ServiceError with everything a caller needs', async () => {
    await using service = client(protocol)
    const error = await service.getTenantStatus({ tenant_id: 'ghost' }, { requestId: 'req-1' }).catch((e) => e)
    expect(error).toBeInstanceOf(ServiceError)
    expect(isServiceError(error, 'TENANT_NOT_FOUND')).toBe(true)
    expect(isServiceError(error, 'USER_NOT_FOUND')).toBe(false)
    expect({ ...error }).toMatchObject({
      code: 'TENANT_NOT_FOUND',
      status: 404,
      serviceId: 'advisor',
      operation: 'getTenantStatus',
      requestId: 'req-1',
      attempts: 1,
      details: null,
      answerLost: false,
    })
    expect(error.message).toBe('Tenant ghost not found')
  })

  it('gives typed errors to safe()', async () => {
    await using service = client(protocol)
    const [user, error] = await safe(service.getUser({ tenant_id: 'hallym', user_id: 'nobody' }))
    expect(user).toBeUndefined()
    expect(error?.data).toMatchObject({ error: 'USER_NOT_FOUND', httpStatus: 404, path: 'getUser' })
    if (error?.data?.error === 'USER_NOT_FOUND') expectTypeOf(error.data.error).toEqualTypeOf<'USER_NOT_FOUND'>()
    // @ts-expect-error getUser does not declare TENANT_EXISTS
    expect(error?.data?.error === 'TENANT_EXISTS').toBe(false)
  })

  it('says which fields do not fit, and that a key is wrong', async () => {
    await using service = client(protocol)
    const error = await service.listUsers({ tenant_id: 'hallym', limit: 500 }).catch((e) => e)
    expect({ ...error }).toMatchObject({ code: 'INVALID_REQUEST', status: 422 })
    expect(error.details.issues).toMatchObject([{ loc: ['query', 'limit'] }])
    await using stranger = client(protocol, 'wrong')
    await expect(stranger.getTenantStatus({ tenant_id: 'hallym' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(stranger.healthCheck()).resolves.toMatchObject({ status: 'healthy' })
  })

  it('sends ids as they are', async () => {
    await using service = client(protocol)
    for (const id of ['한림', 'a b', 'x?y=1', 'a%2e%2e', '#', 'a+b', '..a', '%', '\\', 'a;b', '👩‍🎓']) {
      const error = await service.getTenantStatus({ tenant_id: id }).catch((e) => e)
      expect(error.message).toBe(`Tenant ${id} not found`)
    }
  })

  it('refuses what cannot be sent', async () => {
    await using service = client(protocol)
    const circular: Record<string, unknown> = {}
    circular.self = circular
    const contact = { email: 'a@b.kr', name: 'a' }
    const request = { tenant_id: 'new', tenant_name: 'n', plan: 'p', features: [], config: circular, contact }
    await expect(service.activateTenant(request)).rejects.toMatchObject({ code: 'INVALID_REQUEST', attempts: 0 })
    const badKey = service.deleteUser({ tenant_id: 'hallym', user_id: 'u1' }, { idempotencyKey: 'a\nb' })
    await expect(badKey).rejects.toMatchObject({ code: 'INVALID_REQUEST', attempts: 0 })
  })
})

it('understands errors of routers that are not the Standard API', async () => {
  const error = { code: -32_600, message: 'No such colour', data: { code: 'BAD_REQUEST', httpStatus: 400 } }
  await using server = await serveJson({ error }, 400)
  await using service = new ServiceClient({ baseUrl: server.url })
  const expected = { code: 'INVALID_REQUEST', status: 400, message: 'No such colour' }
  await expect(service.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject(expected)
})

it('refuses options that cannot work', () => {
  const options = { baseUrl: 'https://a.example.com', apiKey: 'k' }
  const bad = [
    { baseUrl: 'ftp://a' },
    { baseUrl: 'a' },
    { baseUrl: 'https://u:p@a.com' },
    { baseUrl: 'https://a.com/?x' },
    { prefix: 'mt' },
    { prefix: '/mt/' },
    { apiKey: 'a\r\nb' },
    { apiKey: '' },
    { apiKeyHeader: 'a b' },
  ]
  for (const one of bad) expect(() => new ServiceClient({ ...options, ...one })).toThrow(TypeError)
})

it('keeps a path of the base URL, and keys that are not ASCII', async () => {
  await using service = new ServiceClient({ baseUrl: `${advisor.url}/`, apiKey: 'key1', protocol: 'rest' })
  expect(await service.checkHealth({})).toMatchObject({ status: 'healthy' })
  await using below = new ServiceClient({ baseUrl: `${advisor.url}/mt/`, apiKey: '열쇠', prefix: '', protocol: 'rest' })
  await expect(below.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})

it('is typed by the contract: a renamed or mistyped field does not compile', () => {
  const typed = (service: ServiceClient) => ({
    users: service.listUsers({ tenant_id: 'a', role: 'admin', limit: 5 }),
    status: service.getTenantStatus.query({ tenant_id: 'a' }),
    // @ts-expect-error the field is tenant_id
    renamed: () => service.listUsers({ tenantId: 'a' }),
    // @ts-expect-error no such role
    role: () => service.listUsers({ tenant_id: 'a', role: 'owner' }),
    // @ts-expect-error a query has no mutate
    kind: () => service.listUsers.mutate({ tenant_id: 'a' }),
    // @ts-expect-error a mutation has no query
    other: () => service.createUser.query({ tenant_id: 'a', email: '', name: '' }),
  })
  type Typed = ReturnType<typeof typed>
  expectTypeOf<Awaited<Typed['users']>['users'][number]>().toEqualTypeOf<UserInfo>()
  expectTypeOf<Awaited<Typed['users']>['total']>().toEqualTypeOf<number>()
  expectTypeOf<Awaited<Typed['status']>['features']>().toEqualTypeOf<string[]>()
  expectTypeOf<Awaited<Typed['status']>>().not.toHaveProperty('tenantName')
})
