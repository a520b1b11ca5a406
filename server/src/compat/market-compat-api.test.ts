import { describe, expect, it } from 'vitest'
import { flat, serveCompat, tenantService } from './compat-service.test.support.ts'
import { marketCompatApi } from './market-compat-api.ts'

describe('the old reads', () => {
  it('list applied tenants and one tenant', async () => {
    const { get, post } = await serveCompat(tenantService().handler)
    await post('auto-provision', flat)
    const tenant = {
      tenant_id: 'demo_hanlimdaehaggyo_17',
      university_name: '한림대학교',
      email: 'hong@hallym.ac.kr',
      status: 'active',
      created_at: '2026-01-31T09:00:00Z',
      users_count: 2,
    }
    expect(await (await get('/api/tenant/list')).json()).toEqual({ count: 1, tenants: [tenant] })
    expect(await (await get(`/api/tenant/status/${tenant.tenant_id}`)).json()).toEqual(tenant)
  })

  it.each([
    ['/api/tenant/stats/t?period=7d', { period: '7d', summary: { total_users: 3 } }],
    ['/api/tenant/t/stats', { period: '30d' }],
    ['/api/tenant/users/t?role=admin&search=x&limit=5', { limit: 5, users: [{ name: 'admin' }, { name: 'x' }] }],
    ['/api/tenant/users/t?role=&status=', { users: [{ name: 'any' }, { name: 'none' }] }],
    ['/api/tenant/t/users?offset=3', { offset: 3 }],
    ['/api/tenant/courses/t?limit=7', { resource_type: 'course', total: 7 }],
    ['/api/tenant/discussions/t', { resource_type: 'discussion', total: 20 }],
  ])('%s honours its query', async (path, expected) => {
    const { handler, tenants } = tenantService()
    tenants.set('t', { status: 'active', config: {}, name: 'T' })
    const { get } = await serveCompat(handler)
    const response = await get(path)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject(expected)
  })

  it.each([
    ['/api/tenant/stats/ghost', 404, 'TENANT_NOT_FOUND'],
    ['/api/tenant/status/ghost', 404, 'TENANT_NOT_FOUND'],
    ['/api/tenant/users/t?role=owner', 422, 'INVALID_REQUEST'],
    ['/api/tenant/users/t?limit=0', 422, 'INVALID_REQUEST'],
    ['/api/tenant/users/t?limit=101', 422, 'INVALID_REQUEST'],
    ['/api/tenant/documents/t', 404, 'NOT_FOUND'],
  ])('%s is %d %s', async (path, status, error) => {
    const { get } = await serveCompat(tenantService().handler)
    const response = await get(path)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ success: false, error })
  })
})

describe('the compat paths', () => {
  it('answer health at the root, without a key', async () => {
    const { url } = await serveCompat(tenantService().handler)
    const response = await fetch(`${url}/health`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ status: 'healthy', timestamp: '2026-01-31T09:00:00Z' })
  })

  it('refuse a wrong key before they read the body', async () => {
    const { post } = await serveCompat(tenantService().handler)
    expect(await post('auto-provision', 'not even an object', 'invalid_key')).toMatchObject({
      status: 401,
      answer: { error: 'UNAUTHORIZED' },
    })
  })

  it('do not start without a key, and name the variable', () => {
    expect(() => marketCompatApi(tenantService().handler, { env: {} })).toThrow('MARKET_API_KEY')
  })
})
