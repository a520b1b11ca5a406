import { BillingInfo, CostsResponse, StatsResponse, TopUsersResponse } from '@mt-paas/server/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advisor } from '../../advisor/advisor.ts'
import { chatbot } from '../../chatbot/chatbot.ts'
import { AssistantUsage, ChatAnswer, LoginAnswer } from '../assistant-answers.test.support.ts'
import { type AssistantBed, openAssistantBed } from '../assistant-bed.test.support.ts'
import { seedTenant } from './seed-tenant.ts'

const NOW = new Date('2026-01-31T09:00:00Z')
const now = () => NOW

let bed: AssistantBed

beforeAll(async () => {
  bed = await openAssistantBed(advisor, { now })
  for (const id of ['one', 'two', 'small']) await bed.tenant(id, id === 'small' ? 'demo' : 'premium')
})

afterAll(() => bed?.close())

async function rowsOf(tenantId: string) {
  const em = await bed.service.multiTenant.tenants.entityManager(tenantId)
  return Promise.all([
    em.execute<{ email: string }[]>(
      `select id, email, name, role, status, created_at, last_login from users where id like 'seed%' order by id`,
    ),
    em.execute('select id, user_id, title, started_at, metered from sessions order by id'),
    em.execute('select * from messages order by position'),
    em.execute('select id, title, content, created_at from documents order by id'),
    em.execute('select document_id, position, content from passages order by 1, 2'),
  ])
}

async function answers(tenantId: string) {
  const read = (path: string) => bed.market(`/mt/tenant/${tenantId}/${path}?period=2026-01`)
  return {
    stats: (await read('stats')).as(StatsResponse),
    costs: (await read('stats/costs')).as(CostsResponse),
    top: (await read('stats/top-users')).as(TopUsersResponse),
    usage: (await read('usage')).as(AssistantUsage),
    bill: (await read('billing/detail')).as(BillingInfo),
  }
}

describe('a tenant that is filled', () => {
  it('has thirty days of use that is recorded and billed as it is counted', async () => {
    const report = await seedTenant(bed.service, 'one', { now })
    expect(report).toMatchObject({ tenantId: 'one', users: 24, documents: 8 })
    expect(report.sessions).toBeGreaterThan(200)
    expect(report.messages).toBeGreaterThan(800)
    const { stats, costs, top, usage, bill } = await answers('one')
    const [, , messages] = await rowsOf('one')
    expect(stats.summary.total_messages).toBe(messages.length)
    expect(usage.usage).toMatchObject({
      ai_tokens: stats.summary.total_tokens,
      messages: stats.summary.total_messages,
      active_users: stats.summary.active_users,
      total_sessions: stats.summary.total_sessions,
      total_cost: stats.summary.estimated_cost_usd,
      storage_mb: 1,
    })
    expect(bill.total).toBe(costs.total_cost_usd)
    expect(bill.total).toBeGreaterThan(0)
    expect(costs.by_model.length).toBeGreaterThan(1)
    expect(top.users[0]?.messages).toBeGreaterThan(top.users.at(-1)?.messages ?? Number.NaN)
    expect(stats.trends?.daily?.filter(({ messages: count }) => count > 0).length).toBeGreaterThan(25)
  })

  it('is left as it is the second time, also when two come at once', async () => {
    const before = [await rowsOf('one'), await answers('one')]
    const nothing = { users: 0, documents: 0, sessions: 0, messages: 0 }
    expect(await seedTenant(bed.service, 'one', { now })).toEqual({ tenantId: 'one', ...nothing })
    const later = () => new Date(NOW.getTime() + 1_000)
    expect(await seedTenant(bed.service, 'one', { now: later, seed: 'other' })).toMatchObject(nothing)
    expect([await rowsOf('one'), await answers('one')]).toEqual(before)
    const both = await Promise.all([
      seedTenant(bed.service, 'two', { now, seed: 'one' }),
      seedTenant(bed.service, 'two', { now, seed: 'one' }),
    ])
    expect(both.filter(({ users }) => users > 0)).toHaveLength(1)
  })

  it('is the same for the same seed at the same time', async () => {
    const [users, ...rest] = await rowsOf('two')
    const [first, ...others] = await rowsOf('one')
    expect(rest).toEqual(others)
    const withoutDomain = (rows: { email: string }[]) => rows.map((row) => ({ ...row, email: row.email.split('@')[0] }))
    expect(withoutDomain(users)).toEqual(withoutDomain(first))
  })

  it('stays within its plan, and its people log in with the password that was asked for', async () => {
    const { limits } = await bed.service.multiTenant.quota.entitlement('small')
    await seedTenant(bed.service, 'small', { now, password: '비밀번호 1' })
    const { stats } = await answers('small')
    expect(stats.summary.total_users).toBe(limits.maxUsers)
    expect(stats.summary.total_tokens).toBeLessThan(limits.monthlyTokens)
    expect(stats.summary.total_tokens).toBeGreaterThan(10_000)
    const login = (email: string, path: string) =>
      bed.send(path, { body: { tenant_id: 'small', email, password: '비밀번호 1' } })
    expect(await login('contact@small.kr', '/api/admin/login')).toMatchObject({ status: 200 })
    const student = await login('haneul.kim@small.kr', '/api/auth/login')
    expect(student).toMatchObject({ status: 200, json: { user: { name: '김하늘' } } })
    const body = { message: '졸업하려면 몇 학점이 필요한가요?' }
    const answered = await bed.send('/api/chat', { token: student.as(LoginAnswer).token, body })
    expect(answered.as(ChatAnswer).answer).toContain('총 130학점 이상')
  })
})

describe('a tenant of Chatbot that is filled', () => {
  it('is asked by visitors most of the time', async () => {
    const other = await openAssistantBed(chatbot, { now })
    try {
      await other.tenant('one', 'basic')
      await seedTenant(other.service, 'one', { now, days: 10 })
      const em = await other.service.multiTenant.tenants.entityManager('one')
      const [{ visitors, all } = { visitors: '0', all: '0' }] = await em.execute<{ visitors: string; all: string }[]>(
        'select count(*) filter (where user_id is null) as visitors, count(*) as all from sessions',
      )
      expect(Number(visitors)).toBeGreaterThan(Number(all) / 2)
      expect(Number(visitors)).toBeLessThan(Number(all))
      const { items } = (await other.market('/mt/tenant/one/billing/detail?period=2026-01')).as(BillingInfo)
      expect(items.map(({ name }) => name)).toContain('gpt-4.1-nano input_tokens')
    } finally {
      await other.close()
    }
  })
})
