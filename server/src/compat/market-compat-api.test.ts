import Koa from 'koa'
import { afterEach, describe, expect, it } from 'vitest'
import type { WebhookAnswer } from '../contract/index.ts'
import { TenantExistsError, TenantNotFoundError } from '../error/index.ts'
import { defineHandler } from '../handler/index.ts'
import { type RunningServer, serve } from '../http/serve.ts'
import { type CompatHandler, type MarketCompatOptions, marketCompatApi } from './market-compat-api.ts'

const KEY = 'mt_dev_key_12345'
const NOW = new Date('2026-01-31T09:00:00.000Z')

let running: RunningServer | undefined
afterEach(() => running?.close())

/** A service that keeps its tenants in memory. */
function service() {
  const tenants = new Map<string, { status: string; config: unknown; name: string }>()
  const known = (id: string) => {
    const tenant = tenants.get(id)
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  }
  const handler = defineHandler({
    baseUrl: 'https://svc.example.com',
    activateTenant: ({ input: { tenant_id, tenant_name, config } }) => {
      if (tenants.get(tenant_id)?.status === 'active') throw new TenantExistsError(tenant_id)
      tenants.set(tenant_id, { status: 'active', config, name: tenant_name })
      return { success: true, tenant_id, access_url: `https://svc.example.com/${tenant_id}`, message: 'ok' }
    },
    deactivateTenant: ({ input: { tenant_id } }) => {
      tenants.set(tenant_id, { ...known(tenant_id), status: 'deactivated' })
      return { success: true, tenant_id, status: 'deactivated', data_preserved: true }
    },
    getTenantStatus: ({ input: { tenant_id } }) => ({
      tenant_id,
      status: known(tenant_id).status,
      plan: 'demo',
      features: [],
      created_at: '2026-01-31T09:00:00Z',
      updated_at: '2026-01-31T09:00:00Z',
    }),
    getTenantUsage: ({ input }) => ({ ...input, usage: {} }),
    getTenantStats: ({ input }) => {
      known(input.tenant_id)
      return { ...input, summary: { total_users: 3 } }
    },
    getTenantCosts: ({ input }) => ({ ...input, total_cost_usd: 0 }),
    listUsers: ({ input: { tenant_id, limit, offset, role, search } }) => {
      known(tenant_id)
      const users = [{ name: role ?? 'any' }, { name: search ?? 'none' }].map(({ name }) => ({
        user_id: name,
        email: '',
        name,
        role: 'user' as const,
        status: 'active' as const,
        created_at: '',
      }))
      return { tenant_id, total: users.length, limit, offset, users }
    },
    createUser: () => Promise.reject(new Error('not used')),
    getUser: () => Promise.reject(new Error('not used')),
    updateUser: () => Promise.reject(new Error('not used')),
    deleteUser: () => Promise.reject(new Error('not used')),
    getSettings: () => Promise.reject(new Error('not used')),
    listResources: ({ input: { tenant_id, type, limit } }) => {
      known(tenant_id)
      return { tenant_id, resource_type: type ?? null, total: limit }
    },
  })
  return { handler, tenants }
}

async function start(handler: CompatHandler, options: MarketCompatOptions = {}) {
  const app = new Koa().use(marketCompatApi(handler, { env: { MARKET_API_KEY: KEY }, now: () => NOW, ...options }))
  running = await serve(app)
  const { url } = running
  return {
    get: (path: string) => fetch(`${url}${path}`, { headers: { 'X-API-Key': KEY } }),
    async post(path: string, body: unknown, key = KEY) {
      const response = await fetch(`${url}/api/tenant/webhook/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
        body: JSON.stringify(body),
      })
      return { status: response.status, answer: (await response.json()) as WebhookAnswer & Record<string, unknown> }
    },
  }
}

const applicant = { id: 1, name: '홍길동', email: 'hong@hallym.ac.kr', university_name: '한림대학교' }
const applied = { id: 1, slug: 'advisor', title: 'AI Advisor' }
const flat = { application_id: 17, kind: 'demo', contact: '02-000-0000', reason: '시험', applicant, service: applied }
const nested = { application: { id: 17, kind: 'demo', contact: '02', reason: '시험' }, applicant, service: applied }

describe('an approved application', () => {
  it.each([
    ['auto-provision', flat],
    ['auto-provision', nested],
    ['application-approved', flat],
    ['application-approved', nested],
  ])('at %s becomes a tenant, whichever shape it has', async (path, payload) => {
    const { handler, tenants } = service()
    const { post } = await start(handler)
    const { status, answer } = await post(path, payload)
    expect(status).toBe(200)
    expect(answer).toEqual({
      success: true,
      status: 'approved',
      tenant_id: 'demo_hanlimdaehaggyo_17',
      tenant_url: 'https://svc.example.com/demo_hanlimdaehaggyo_17',
      access_url: 'https://svc.example.com/demo_hanlimdaehaggyo_17',
      message: "테넌트 '한림대학교' 생성 완료",
      expires_at: '2026-03-02T09:00:00Z',
      admin_credentials: { email: 'hong@hallym.ac.kr', note: null },
      created_at: '2026-01-31T09:00:00Z',
    })
    expect(tenants.get('demo_hanlimdaehaggyo_17')).toMatchObject({ name: '한림대학교', config: { kind: 'demo' } })
  })

  it.each([
    ['서울대학교', 'svc_seouldaehaggyo_17'],
    ['Université de Genève', 'svc_universite_de_geneve_17'],
    ['A', 'svc_a_17'],
    ['../../etc/passwd', 'svc_etc_passwd_17'],
  ])('of %s gets the readable, safe id %s', async (university_name, id) => {
    const { post } = await start(service().handler)
    const { answer } = await post('auto-provision', {
      ...flat,
      kind: 'service',
      applicant: { ...applicant, university_name },
    })
    expect(answer.tenant_id).toBe(id)
  })

  it('of a university without letters gets an id all the same', async () => {
    const { post } = await start(service().handler)
    const { answer } = await post('auto-provision', { ...flat, applicant: { ...applicant, university_name: '…—…' } })
    expect(answer.tenant_id).toMatch(/^demo_[a-z0-9_]+_17$/)
    expect(answer.tenant_id).not.toMatch(/^demo__/)
  })

  it('of the same applicant, in any case of the e-mail, reuses the tenant', async () => {
    const { handler, tenants } = service()
    const { post } = await start(handler)
    const { answer: first } = await post('auto-provision', flat)
    const { answer: again } = await post('application-approved', {
      ...nested,
      application: { ...nested.application, id: 18 },
      applicant: { ...applicant, email: ' HONG@hallym.ac.kr' },
    })
    expect(again).toMatchObject({
      success: true,
      status: 'approved',
      tenant_id: first.tenant_id,
      expires_at: null,
      message: `기존 테넌트 '${first.tenant_id}'에 신규 서비스 신청이 추가되었습니다.`,
    })
    expect(tenants.size).toBe(1)
  })

  it('that turns a demo into a service extends it', async () => {
    const { post } = await start(service().handler)
    await post('auto-provision', flat)
    const upgrade = { ...flat, application_id: 18, kind: 'service', end_date: '2026-12-31' }
    expect((await post('auto-provision', upgrade)).answer.expires_at).toBe('2026-12-31T23:59:59Z')
  })

  it('without an e-mail never shares a tenant', async () => {
    const { handler, tenants } = service()
    const { post } = await start(handler)
    const nobody = { ...applicant, email: '' }
    await post('auto-provision', { ...flat, applicant: nobody })
    await post('auto-provision', { ...flat, application_id: 18, applicant: nobody })
    expect(tenants.size).toBe(2)
  })

  it('sent twenty times at once makes one tenant', async () => {
    const { handler, tenants } = service()
    const { post } = await start(handler)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post('auto-provision', { ...flat, application_id: 17 + index })),
    )
    expect(tenants.size).toBe(1)
    expect(new Set(answers.map(({ status, answer }) => `${status} ${answer.tenant_id}`)).size).toBe(1)
  })

  it('with the number of another applicant gets a tenant of its own, and learns nothing of the other', async () => {
    const { handler, tenants } = service()
    const { post } = await start(handler)
    const { answer: first } = await post('auto-provision', flat)
    for (const status of ['active', 'deactivated']) {
      tenants.set(String(first.tenant_id), { status, config: {}, name: '한림대학교' })
      const stranger = { ...applicant, email: `${status}@hallym.ac.kr` }
      const { answer } = await post('auto-provision', { ...flat, applicant: stranger })
      expect(answer).toMatchObject({ status: 'approved', admin_credentials: { email: stranger.email } })
      expect(answer.tenant_id).toMatch(/^demo_hanlimdaehaggyo_17_[0-9a-f]{8}$/)
      const { answer: again } = await post('auto-provision', { ...flat, applicant: stranger })
      expect(again.tenant_id).toBe(answer.tenant_id)
    }
    expect(tenants.size).toBe(3)
    expect(tenants.get(String(first.tenant_id))?.status).toBe('deactivated')
  })

  it('sent again after a restart finds its tenant', async () => {
    const { handler } = service()
    await (await start(handler)).post('auto-provision', flat)
    await running?.close()
    const { status, answer } = await (await start(handler)).post('auto-provision', flat)
    expect(status).toBe(200)
    expect(answer).toMatchObject({ status: 'approved', tenant_id: 'demo_hanlimdaehaggyo_17' })
  })

  it('of a tenant that was deactivated resumes it', async () => {
    const { handler, tenants } = service()
    const { post } = await start(handler)
    await post('auto-provision', flat)
    tenants.set('demo_hanlimdaehaggyo_17', { status: 'deactivated', config: {}, name: '한림대학교' })
    const { answer } = await post('auto-provision', { ...flat, application_id: 18 })
    expect(answer).toMatchObject({ status: 'approved', tenant_id: 'demo_hanlimdaehaggyo_17' })
    expect(tenants.get('demo_hanlimdaehaggyo_17')?.status).toBe('active')
  })

  it.each([
    [{ kind: 'demo', end_date: '2027-01-01' }, '2026-03-02T09:00:00Z'],
    [{ kind: 'service', end_date: '2026-12-31' }, '2026-12-31T23:59:59Z'],
    [{ kind: 'service' }, '2027-01-31T09:00:00Z'],
    [{ kind: 'service', end_date: 'tomorrow' }, '2027-01-31T09:00:00Z'],
    [{ kind: 'service', end_date: '2026-02-30' }, '2027-01-31T09:00:00Z'],
  ])('%j lasts until %s', async (change, expiry) => {
    const { post } = await start(service().handler)
    expect((await post('auto-provision', { ...flat, ...change })).answer.expires_at).toBe(expiry)
  })

  it.each([
    [{ ...flat, applicant: { ...applicant, university_name: null } }, [['body', 'applicant', 'university_name']]],
    [{ ...flat, kind: 'gift' }, [['body', 'kind']]],
    [
      { application_id: 1 },
      [
        ['body', 'kind'],
        ['body', 'applicant'],
        ['body', 'service'],
      ],
    ],
    [{ ...nested, application: { kind: 'demo' } }, [['body', 'application', 'id']]],
    [{ ...nested, application: null }, [['body', 'application']]],
  ])('that does not fit is 422 and names the places: %j', async (payload, locs) => {
    const { post } = await start(service().handler)
    const { status, answer } = await post('auto-provision', payload)
    expect(status).toBe(422)
    expect(answer).toMatchObject({ error: 'INVALID_REQUEST', details: { issues: locs.map((loc) => ({ loc })) } })
  })

  it('may be treated by the handler in its own way', async () => {
    const { handler, tenants } = service()
    const own: CompatHandler = {
      ...handler,
      onApplicationApproved: async ({ application }) => ({
        success: true,
        status: 'processing',
        tenant_id: null,
        tenant_url: null,
        access_url: null,
        message: `${application.applicant.university_name} ${application.id}`,
        expires_at: null,
        admin_credentials: null,
        created_at: null,
      }),
    }
    const { post } = await start(own)
    const { status, answer } = await post('application-approved', nested)
    expect(status).toBe(200)
    expect(answer).toMatchObject({ status: 'processing', message: '한림대학교 17' })
    expect(tenants.size).toBe(0)
  })
})

describe('auto-provision with the body of an activation', () => {
  const activation = {
    tenant_id: 'new_univ',
    tenant_name: '새대학교',
    plan: 'premium',
    features: ['rag'],
    contact: { email: 'a@b.kr', name: 'A' },
  }

  it('activates as the standard path does, with its errors', async () => {
    const { post } = await start(service().handler)
    expect(await post('auto-provision', activation)).toMatchObject({ status: 200, answer: { tenant_id: 'new_univ' } })
    expect(await post('auto-provision', activation)).toMatchObject({ status: 409, answer: { error: 'TENANT_EXISTS' } })
  })

  it('is what an empty object is taken for', async () => {
    const { post } = await start(service().handler)
    const { status, answer } = await post('auto-provision', {})
    expect(status).toBe(422)
    const places = ['tenant_id', 'tenant_name', 'plan', 'features', 'contact'].map((name) => ({ loc: ['body', name] }))
    expect(answer.details).toMatchObject({ issues: places })
  })
})

describe('the old reads', () => {
  it('list applied tenants and one tenant', async () => {
    const { get, post } = await start(service().handler)
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
    const { handler, tenants } = service()
    tenants.set('t', { status: 'active', config: {}, name: 'T' })
    const { get } = await start(handler)
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
    const { get } = await start(service().handler)
    const response = await get(path)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ success: false, error })
  })
})

describe('the compat paths', () => {
  it('answer health at the root, without a key', async () => {
    await start(service().handler)
    const response = await fetch(`${running?.url}/health`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ status: 'healthy', timestamp: '2026-01-31T09:00:00Z' })
  })

  it('refuse a wrong key before they read the body', async () => {
    const { post } = await start(service().handler)
    expect(await post('auto-provision', 'not even an object', 'invalid_key')).toMatchObject({
      status: 401,
      answer: { error: 'UNAUTHORIZED' },
    })
  })

  it('do not start without a key, and name the variable', () => {
    expect(() => marketCompatApi(service().handler, { env: {} })).toThrow('MARKET_API_KEY')
  })
})
