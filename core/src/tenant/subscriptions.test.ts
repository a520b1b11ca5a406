import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseManager } from '../database/database-manager.ts'
import { openDatabaseManager } from '../database/open-database-manager.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { planCatalogue } from '../plan/plan-catalogue.ts'
import { appliedTenants } from './applied-tenants.ts'
import { Subscriptions } from './subscriptions.ts'
import { TenantManager } from './tenant-manager.ts'

let now = new Date('2026-01-31T09:00:00.000Z')
const plans = planCatalogue()
const contact = { email: 'admin@hallym.ac.kr', name: '홍길동' }
let server: TemporaryServer
let databases: DatabaseManager
let tenants: TenantManager
let subscriptions: Subscriptions

beforeAll(async () => {
  server = await startTemporaryServer()
  const url = new URL(server.url)
  url.pathname = '/central'
  databases = await openDatabaseManager({ centralUrl: url.href, tenantEntities: [], tenantMigrations: [] })
  tenants = new TenantManager(databases, () => now, plans)
  subscriptions = new Subscriptions({ databases, plans, now: () => now })
})

afterAll(async () => {
  await databases?.close()
  await server?.stop()
})

async function create(id: string, subscription: Parameters<typeof tenants.create>[0]['subscription'] = {}) {
  await tenants.create({ id, name: `University ${id}`, plan: 'standard', contact, subscription })
  await setStatus(id, 'active')
}

async function setStatus(id: string, status: string) {
  await databases.central().execute('update tenants set status = ? where id = ?', [status, id])
}

describe('a subscription', () => {
  it('is read with its tenant in one query', async () => {
    await create('one_query', { endDate: '2026-12-31', limits: { maxUsers: 5 }, features: { quiz: false } })
    const queries: string[] = []
    const { config } = databases.central()
    config.set('onQuery', (sql) => {
      queries.push(sql)
      return sql
    })
    const { tenant, subscription } = await tenants.withSubscription('one_query')
    config.set('onQuery', (sql) => sql)
    expect(queries).toHaveLength(1)
    expect(tenant).toMatchObject({ id: 'one_query', status: 'active', createdAt: now, features: [] })
    expect(subscription).toEqual({
      tenantId: 'one_query',
      plan: 'standard',
      limits: { maxUsers: 5 },
      features: { quiz: false },
      startDate: '2026-01-31',
      endDate: '2026-12-31',
      autoRenew: false,
      termMonths: 12,
      status: 'active',
    })
    await expect(tenants.withSubscription('nobody')).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
    await expect(tenants.withSubscription('No body')).rejects.toMatchObject({ error: 'INVALID_TENANT_ID' })
  })

  it('keeps every version it had', async () => {
    await create('versions', { limits: { maxUsers: 5 } })
    now = new Date('2026-03-10T00:00:00.000Z')
    await subscriptions.change('versions', { limits: { maxStorageMb: 7 }, endDate: '2026-06-30' })
    await subscriptions.change('versions', { limits: { maxStorageMb: 7 } })
    await subscriptions.change('versions', { plan: 'premium', features: { custom_branding: true } })
    const history = await subscriptions.history('versions')
    expect(history.map(({ plan, limits, startDate, closedAt }) => ({ plan, limits, startDate, closedAt }))).toEqual([
      { plan: 'premium', limits: {}, startDate: '2026-03-10', closedAt: null },
      { plan: 'standard', limits: { maxUsers: 5, maxStorageMb: 7 }, startDate: '2026-01-31', closedAt: now },
      { plan: 'standard', limits: { maxUsers: 5 }, startDate: '2026-01-31', closedAt: now },
    ])
    const { tenant, subscription } = await tenants.withSubscription('versions')
    expect(subscription).toMatchObject({ plan: 'premium', endDate: '2026-06-30', features: { custom_branding: true } })
    expect(tenant).toMatchObject({ plan: 'premium', expiresAt: new Date('2026-06-30T23:59:59.000Z'), updatedAt: now })
    await expect(subscriptions.history('nobody')).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
  })

  it('refuses what it cannot be', async () => {
    await create('refused', { startDate: '2026-01-01', endDate: '2026-12-31' })
    const change = (values: object) => subscriptions.change('refused', values)
    await expect(change({ plan: 'platinum' })).rejects.toMatchObject({
      status: 422,
      details: { plans: expect.any(Array) },
    })
    await expect(change({ endDate: '2026-02-30' })).rejects.toMatchObject({
      status: 422,
      details: { member: 'endDate' },
    })
    await expect(change({ endDate: '2026-03-09' })).rejects.toThrow('must not be in the past')
    await expect(change({ startDate: '2027-01-01' })).rejects.toThrow('before the start date')
    await expect(change({ limits: { maxUsers: -1 } })).rejects.toThrow('limits.maxUsers')
    await expect(change({ limits: { maxUser: 1 } })).rejects.toThrow('knows only dailyTokens')
    await expect(change({ features: { 'a\0': true } })).rejects.toMatchObject({ status: 422 })
    await expect(change({ termMonths: 0 })).rejects.toMatchObject({ details: { member: 'termMonths' } })
    await expect(subscriptions.renew('refused', { endDate: '2026-12-31' })).rejects.toThrow('must be after the end')
    await expect(subscriptions.change('nobody', {})).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
    expect(await subscriptions.history('refused')).toHaveLength(1)
  })

  it('is renewed by its term, and begins again today once it has lapsed', async () => {
    now = new Date('2026-02-27T12:00:00.000Z')
    await create('renewed', { startDate: '2026-01-31', endDate: '2026-02-27', termMonths: 1 })
    expect(await subscriptions.renew('renewed')).toMatchObject({ startDate: '2026-01-31', endDate: '2026-03-30' })
    now = new Date('2026-05-10T00:00:00.000Z')
    expect(await subscriptions.renew('renewed')).toMatchObject({ startDate: '2026-05-10', endDate: '2026-06-09' })
    await create('never_ends')
    await expect(subscriptions.renew('never_ends')).rejects.toMatchObject({ status: 409 })
  })

  it('ends at its last day once cancelled, and a new end takes that back', async () => {
    await create('cancelled', { endDate: '2026-12-31', autoRenew: true })
    const cancelled = { status: 'cancelled', endDate: '2026-12-31', autoRenew: false }
    expect(await subscriptions.cancel('cancelled')).toMatchObject(cancelled)
    expect(await subscriptions.change('cancelled', { limits: { maxUsers: 1 } })).toMatchObject(cancelled)
    expect(await subscriptions.change('cancelled', { endDate: null })).toMatchObject({
      status: 'active',
      endDate: null,
    })
    expect(await subscriptions.cancel('cancelled')).toMatchObject({ status: 'cancelled', endDate: '2026-05-10' })
  })

  it('is changed by one at a time', async () => {
    await create('crowded')
    const names = ['dailyTokens', 'monthlyTokens', 'maxFileSizeMb', 'maxUsers', 'maxStorageMb'] as const
    await Promise.all(names.map((name) => subscriptions.change('crowded', { limits: { [name]: 3 } })))
    const { limits } = await subscriptions.current('crowded')
    expect(limits).toEqual(Object.fromEntries(names.map((name) => [name, 3])))
    const history = await subscriptions.history('crowded')
    expect(history.filter(({ closedAt }) => closedAt === null)).toHaveLength(1)
    expect(history).toHaveLength(6)
  })
})

describe('the end of subscriptions', () => {
  it('is the end of the last day in UTC, and is told until the tenant is suspended', async () => {
    now = new Date('2027-01-01T00:00:00.000Z')
    await create('ends', { endDate: '2027-02-28' })
    await create('renews', { endDate: '2027-02-28', autoRenew: true, termMonths: 1 })
    await create('open')
    await create('gone', { endDate: '2027-02-28' })
    await setStatus('gone', 'suspended')
    const mine = (ids: readonly string[]) => ids.filter((id) => ['ends', 'renews', 'open', 'gone'].includes(id))

    const lastMoment = new Date('2027-02-28T23:59:59.999Z')
    expect(mine((await subscriptions.expired(lastMoment)).map(({ tenantId }) => tenantId))).toEqual([])
    now = new Date('2027-03-01T00:00:00.000Z')
    const ended = await subscriptions.expired()
    expect(ended.filter(({ tenantId }) => mine([tenantId]).length > 0)).toEqual([
      { tenantId: 'ends', plan: 'standard', endDate: '2027-02-28', renews: false },
      { tenantId: 'renews', plan: 'standard', endDate: '2027-02-28', renews: true },
    ])

    const first = await subscriptions.expireDue()
    expect([mine(first.renewed), mine(first.due)]).toEqual([['renews'], ['ends']])
    const again = await subscriptions.expireDue()
    expect([mine(again.renewed), mine(again.due)]).toEqual([[], ['ends']])
    expect(await subscriptions.current('ends')).toMatchObject({ status: 'expired', endDate: '2027-02-28' })
    expect(await subscriptions.current('renews')).toMatchObject({ status: 'active', endDate: '2027-03-31' })
    await setStatus('ends', 'suspended')
    expect(mine((await subscriptions.expireDue()).due)).toEqual([])
    expect(await subscriptions.renew('ends')).toMatchObject({ status: 'active', startDate: '2027-03-01' })
  })

  it('by two processes at once renews once', async () => {
    await create('twice', { endDate: '2027-03-01', autoRenew: true, termMonths: 1 })
    const later = new Date('2027-03-02T00:00:00.000Z')
    await Promise.all([subscriptions.expireDue(later), subscriptions.expireDue(later)])
    expect(await subscriptions.current('twice')).toMatchObject({ endDate: '2027-04-01' })
    expect(await subscriptions.history('twice')).toHaveLength(2)
  })

  it('also counts for a tenant that was made without a subscription', async () => {
    await create('bare')
    const em = databases.central()
    await em.execute(`delete from subscriptions where tenant_id = 'bare'`)
    await em.execute(`update tenants set expires_at = '2027-03-05T10:00:00Z' where id = 'bare'`)
    expect(await subscriptions.current('bare')).toMatchObject({
      plan: 'standard',
      endDate: '2027-03-05',
      status: 'active',
    })
    expect(await subscriptions.history('bare')).toEqual([])
    const { due } = await subscriptions.expireDue(new Date('2027-03-06T00:00:00Z'))
    expect(due).toContain('bare')
    expect(await subscriptions.current('bare')).toMatchObject({ status: 'expired' })
  })
})

describe('an application', () => {
  const email = 'kim@hallym.ac.kr'
  const application = { tenantId: 'applied', email, universityName: '한림', accessUrl: '', createdAt: '' }

  it('ends the subscription when it says, and makes a service of a demo', async () => {
    now = new Date('2027-05-01T09:30:00.000Z')
    const store = appliedTenants({ databases, accessUrl: () => '', now: () => now })
    await tenants.create({ id: 'applied', name: '한림', plan: 'demo', contact })
    const trial = { ...application, kind: 'demo', expiresAt: '2027-05-31T09:30:00Z' } as const
    await store.save(trial)
    await store.save(trial)
    expect(await subscriptions.current('applied')).toMatchObject({ plan: 'demo', endDate: '2027-05-31' })
    expect((await tenants.get('applied')).expiresAt).toEqual(new Date(trial.expiresAt))
    await store.save({ ...application, kind: 'service', expiresAt: '2028-02-29T23:59:59Z' })
    expect(await subscriptions.current('applied')).toMatchObject({ plan: 'standard', endDate: '2028-02-29' })
    const { tenant } = await tenants.withSubscription('applied')
    expect(tenant).toMatchObject({ plan: 'standard', applicationKind: 'service', applicantEmail: email })
    expect(await subscriptions.history('applied')).toHaveLength(3)
  })
})
