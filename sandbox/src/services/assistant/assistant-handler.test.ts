import { type OperationName, operations } from '@mt-paas/server/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AssistantBench, openAssistantBench } from './assistant-bench.test.support.ts'
import { user } from './entity/index.ts'
import { isPassword } from './login/password-hash.ts'
import { addActivity } from './sample-activity.test.support.ts'

let bench: AssistantBench
let tenantId: string

beforeAll(async () => {
  bench = await openAssistantBench()
})

afterAll(() => bench?.close())

beforeEach(async () => {
  tenantId = await bench.reset()
})

const call: AssistantBench['call'] = (name, input) => bench.call(name, input)
const activate: AssistantBench['activate'] = (more) => bench.activate(more)

async function seed(): Promise<void> {
  await addActivity(await bench.entityManager())
  await bench.meter()
}

describe('activation', () => {
  it('makes the contact the first administrator, and a second time is TENANT_EXISTS', async () => {
    expect(await call('getTenantStatus')).toEqual({
      tenant_id: tenantId,
      status: 'active',
      plan: 'premium',
      features: ['ai_chat', 'rag'],
      created_at: '2026-01-31T09:00:00Z',
      updated_at: '2026-01-31T09:00:00Z',
    })
    const { users } = await call('listUsers')
    expect(users).toEqual([
      {
        user_id: 'user_001',
        email: 'Admin@hallym.ac.kr',
        name: '홍길동',
        role: 'admin',
        status: 'active',
        created_at: '2026-01-31T09:00:00Z',
        last_login: null,
        usage: { sessions: 0, messages: 0, tokens: 0 },
      },
    ])
    await expect(activate()).rejects.toMatchObject({ error: 'TENANT_EXISTS' })
  })

  it('after a deactivation that kept the data resumes it; the last bill is open meanwhile, the rest is not', async () => {
    await seed()
    const ended = await call('deactivateTenant', { reason: 'subscription_expired' })
    expect(ended).toEqual({
      success: true,
      tenant_id: tenantId,
      status: 'deactivated',
      data_preserved: true,
      data_retention_until: '2026-05-01T09:00:00Z',
    })
    expect((await call('getTenantStatus')).status).toBe('deactivated')
    expect((await call('getBillingUsage', { period: '2026-01' })).total_cost).toBeGreaterThan(0)
    await expect(call('listUsers')).rejects.toMatchObject({ error: 'TENANT_DELETED', status: 410 })
    await activate({ plan: 'basic' })
    expect(await call('getTenantStatus')).toMatchObject({ status: 'active', plan: 'basic' })
    expect((await call('listUsers')).total).toBe(3)
  })

  it('after a deactivation that removed the data begins anew, and what was used is still billed', async () => {
    await seed()
    const ended = await call('deactivateTenant', { reason: 'violation', preserve_data: false })
    expect(ended).toMatchObject({ data_preserved: false, data_retention_until: null })
    await activate()
    expect((await call('getBillingUsage', { period: '2026-01' })).total_cost).toBe(0.45035105)
    expect((await call('listUsers')).total).toBe(1)
  })

  it('is what every procedure asks for: an unknown tenant is TENANT_NOT_FOUND', async () => {
    const rest = { period: '2026-01', user_id: 'x', email: 'x', name: 'x', reason: 'x' }
    const names = Object.keys(operations).filter((name) => name !== 'checkHealth' && name !== 'activateTenant')
    expect(names).toHaveLength(16)
    for (const name of names as Exclude<OperationName, 'checkHealth'>[]) {
      await expect(call(name, { ...rest, tenant_id: 'nobody' })).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
    }
  })
})

describe('users', () => {
  it('are found by role, status and text, and counted before paging', async () => {
    await seed()
    const found = async (input: object) => (await call('listUsers', input)).users.map(({ user_id }) => user_id)
    expect(await found({})).toEqual(['kim', 'lee', 'user_001'])
    expect(await found({ role: 'admin' })).toEqual(['user_001'])
    expect(await found({ search: 'KIM@' })).toEqual(['kim'])
    expect(await found({ search: '바다' })).toEqual(['lee'])
    expect(await found({ search: '%' })).toEqual(['lee'])
    expect(await found({ search: '_' })).toEqual([])
    expect(await found({ search: "'; drop table users; --" })).toEqual([])
    expect(await call('listUsers', { limit: 1, offset: 1 })).toMatchObject({ total: 3, users: [{ user_id: 'lee' }] })
    expect(await call('listUsers', { offset: 1e300 })).toMatchObject({ total: 3, users: [] })
    expect((await call('getUser', { user_id: 'kim' })).usage).toEqual({ sessions: 2, messages: 6, tokens: 1_502_110 })
  })

  it('have an e-mail of their own in any case, and a password only as a hash', async () => {
    const created = await call('createUser', { email: 'New@hallym.ac.kr', name: '신규', password: '비밀번호 1' })
    expect(created).toMatchObject({ user_id: 'user_002', role: 'user', status: 'active', temporary_password: false })
    const { passwordHash } = await (await bench.entityManager()).findOneOrFail(user, { id: 'user_002' })
    expect(await isPassword('비밀번호 1'.normalize('NFD'), passwordHash ?? '')).toBe(true)
    expect(await isPassword('비밀번호 2', passwordHash ?? '')).toBe(false)
    await expect(call('createUser', { email: 'new@HALLYM.ac.kr', name: 'x' })).rejects.toMatchObject({
      error: 'USER_EXISTS',
      message: 'User new@HALLYM.ac.kr already exists',
    })
    expect((await call('createUser', { email: 'other@hallym.ac.kr', name: '' })).temporary_password).toBe(true)
  })

  it('cannot pass the limit, not even at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => call('createUser', { email: `${index}@hallym.ac.kr`, name: '신규' })),
    )
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refused).toHaveLength(3)
    for (const reason of refused) {
      expect(reason).toMatchObject({ error: 'QUOTA_EXCEEDED', details: { resource: 'users', limit: 4 } })
    }
  })

  it('change only in what is named, and are gone once deleted', async () => {
    const id = { user_id: 'user_001' }
    expect(await call('updateUser', { ...id, role: 'moderator', name: null })).toMatchObject({
      name: '홍길동',
      role: 'moderator',
      status: 'active',
    })
    expect(await call('updateUser', id)).toMatchObject({ role: 'moderator' })
    expect(await call('deleteUser', id)).toEqual({ success: true, ...id, message: 'User user_001 deleted' })
    for (const name of ['getUser', 'updateUser', 'deleteUser'] as const) {
      await expect(call(name, id)).rejects.toMatchObject({ error: 'USER_NOT_FOUND' })
    }
  })

  it('cannot hold a character that PostgreSQL cannot store', async () => {
    await expect(call('createUser', { email: 'a@b.kr', name: 'a\0b' })).rejects.toMatchObject({
      error: 'INVALID_REQUEST',
      status: 422,
      details: {
        issues: [{ loc: ['body', 'name'], message: 'Holds the character U+0000 or half of a surrogate pair' }],
      },
    })
    await expect(activate({ config: { note: 'a\0' } })).rejects.toMatchObject({ status: 422 })
  })
})

describe('resources', () => {
  it('are documents and sessions, newest first', async () => {
    await seed()
    const all = await call('listResources')
    expect(all.items.map(({ id }) => id)).toEqual(['s2', 's1', 'd1', 's0'])
    expect(all).toMatchObject({ total: 4, resource_type: null })
    const documents = await call('listResources', { type: 'document', search: 'RULES' })
    expect(documents).toMatchObject({ total: 1, resource_type: 'document' })
    expect(documents.items).toEqual([
      {
        id: 'd1',
        title: '학칙 Rules',
        type: 'document',
        created_by: 'lee',
        created_at: '2026-01-15T00:00:00Z',
        updated_at: null,
        stats: null,
      },
    ])
    const [newest] = (await call('listResources', { type: 'session', search: '수강' })).items
    expect(newest?.stats).toEqual({ participants: null, discussions: null, documents: null, messages: 2 })
    expect(await call('listResources', { type: 'course' })).toMatchObject({ total: 0, items: [] })
    expect(await call('listResources', { offset: 9 })).toMatchObject({ total: 4, items: [] })
  })
})

describe('settings', () => {
  it('begin with plan and features of the subscription, and change only in what is named', async () => {
    const first = await call('getSettings')
    expect(first.config).toMatchObject({
      max_users: 4,
      features: { rag: true, ai_chat: true, custom_branding: false },
      branding: null,
    })
    expect(first.subscription).toEqual({
      plan: 'premium',
      start_date: '2026-01-31',
      end_date: null,
      auto_renew: false,
    })
    await call('updateSettings', { features: { custom_branding: true }, branding: { primary_color: '#123' } })
    const second = await call('updateSettings', { limits: { max_users: 7 }, branding: { logo_url: '/l.png' } })
    expect(second.config).toMatchObject({
      max_users: 4,
      features: { rag: true, chat: true, custom_branding: true },
      limits: { max_users: 7, daily_tokens: 5_000_000 },
      branding: { logo_url: '/l.png', primary_color: '#123', custom_css: null },
    })
    expect(await call('getSettings')).toEqual(second)
  })
})
