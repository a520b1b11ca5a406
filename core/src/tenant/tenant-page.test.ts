import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DatabaseManager } from '../database/database-manager.ts'
import { openDatabaseManager } from '../database/open-database-manager.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { TenantManager } from './tenant-manager.ts'
import type { TenantPageOptions } from './tenant-page.ts'

let now = new Date('2026-01-01T00:00:00.000Z')
let server: TemporaryServer
let databases: DatabaseManager
let tenants: TenantManager

const made = Array.from({ length: 23 }, (_, index) => ({
  id: `t${String(index).padStart(2, '0')}`,
  name: index % 2 ? `대학교 ${index}` : `College_${index}%`,
  plan: index % 3 ? 'basic' : 'premium',
  contact: { email: `Admin${index}@Hallym.ac.kr`, name: '홍길동' },
}))

beforeAll(async () => {
  server = await startTemporaryServer()
  const url = new URL(server.url)
  url.pathname = '/central'
  databases = await openDatabaseManager({ centralUrl: url.href, tenantEntities: [], tenantMigrations: [] })
  tenants = new TenantManager(databases, () => now)
  for (const [index, tenant] of made.entries()) {
    // Several in one moment: the id decides among them.
    now = new Date(Date.parse('2026-01-01T00:00:00Z') + Math.floor(index / 4) * 1_000)
    await tenants.create(tenant)
  }
})

afterAll(async () => {
  await databases?.close()
  await server?.stop()
})

async function allPages(options: TenantPageOptions): Promise<string[]> {
  const ids: string[] = []
  let after: string | null = null
  do {
    const page = await tenants.page({ ...options, after })
    ids.push(...page.tenants.map(({ id }) => id))
    after = page.next
  } while (after !== null)
  return ids
}

describe('the pages of tenants', () => {
  it('have every tenant once, oldest first, whatever their size', async () => {
    for (const limit of [1, 4, 22, 23, 24, 500]) expect(await allPages({ limit })).toEqual(made.map(({ id }) => id))
  })

  it('filter, and count what passes on all pages', async () => {
    const page = await tenants.page({ plan: 'premium', limit: 3 })
    expect([page.total, page.tenants.length, page.next === null]).toEqual([8, 3, false])
    expect(await tenants.page({ status: ['active', 'suspended'] })).toEqual({ tenants: [], total: 0, next: null })
    expect((await tenants.page({ status: 'pending', plan: 'basic' })).total).toBe(15)
    expect((await tenants.page({ kind: 'demo' })).total).toBe(0)
    expect(await allPages({ plan: 'basic', limit: 4 })).toEqual(
      made.flatMap(({ id, plan }) => (plan === 'basic' ? [id] : [])),
    )
  })

  it('find a text in id, name or e-mail, in any case and composition, and take no character for a pattern', async () => {
    const found = async (search: string) => (await allPages({ search })).length
    expect(await found('대학교'.normalize('NFD'))).toBe(11)
    expect(await found('COLLEGE_')).toBe(12)
    expect(await found('ADMIN7@hallym')).toBe(1)
    expect(await found('t05')).toBe(1)
    expect(await found('2%')).toBe(3)
    expect(await found('%')).toBe(12)
    expect(await found('e_1')).toBe(5)
    expect(await found('\\')).toBe(0)
    expect(await found(`' or true --`)).toBe(0)
    expect(await found('')).toBe(23)
  })

  it('stay as they were when tenants come and go meanwhile', async () => {
    const first = await tenants.page({ limit: 10 })
    await databases.central().execute(`delete from tenants where id = 't03'`)
    const second = await tenants.page({ limit: 10, after: first.next })
    expect(second.tenants.at(0)?.id).toBe('t10')
    expect(second.total).toBe(22)
  })

  it('refuse a cursor that they did not give, and a size that they do not have', async () => {
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const foreign = [
      'x',
      '',
      'bnVsbA',
      '!!!',
      cursor(null),
      cursor([]),
      cursor(['2026', 1]),
      cursor(['2026', 'a']),
      cursor({}),
    ]
    for (const after of foreign) {
      await expect(tenants.page({ after })).rejects.toMatchObject({ error: 'INVALID_REQUEST', status: 400 })
    }
    for (const limit of [0, -1, 1.5, 501, Number.NaN]) {
      await expect(tenants.page({ limit })).rejects.toMatchObject({ status: 422 })
    }
  })
})

describe('a tenant row', () => {
  it('is made once, and not for an id or plan that cannot be', async () => {
    const tenant = { id: 'once', name: '한림', plan: 'free', contact: { email: 'a@b', name: 'A' } }
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => tenants.create(tenant)))
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.error] : []))
    expect(reasons).toEqual(Array(4).fill('TENANT_EXISTS'))
    await expect(tenants.create({ ...tenant, id: 'No' })).rejects.toMatchObject({ error: 'INVALID_TENANT_ID' })
    await expect(tenants.create({ ...tenant, id: 'other', plan: 'gold' })).rejects.toMatchObject({ status: 422 })
    await expect(
      tenants.create({ ...tenant, id: 'other', subscription: { startDate: '2026-02-01', endDate: '2026-01-01' } }),
    ).rejects.toMatchObject({ status: 422 })
    expect(await tenants.find('other')).toBeUndefined()
  })

  it('is described anew, and what is not named stays', async () => {
    now = new Date('2026-06-01T00:00:00.000Z')
    await tenants.update('t00', { name: '한림대학교', features: ['rag'] })
    expect(await tenants.get('t00')).toMatchObject({
      name: '한림대학교',
      features: ['rag'],
      contactEmail: 'Admin0@Hallym.ac.kr',
      plan: 'premium',
      updatedAt: now,
    })
    await expect(tenants.update('nobody', {})).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
  })
})
