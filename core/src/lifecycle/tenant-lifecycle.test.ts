import type { QueuedCallback } from '@mt-paas/server'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LifecycleBed, note, profile, startLifecycleBed } from './lifecycle-bed.test.support.ts'

const NOW = new Date('2026-01-31T09:00:00.000Z')
const DAY = 86_400_000

let bed: LifecycleBed

beforeAll(async () => {
  bed = await startLifecycleBed()
})

afterEach(() => bed.closeOpened())

afterAll(() => bed?.stop())

/** A clock that is set by hand. */
function clock() {
  let at = NOW.getTime()
  return {
    now: () => new Date(at),
    pass(ms: number) {
      at += ms
    },
  }
}

describe('a tenant', () => {
  it('is created, provisioned, suspended, resumed, deleted, restored and purged, and all of it is written down', async () => {
    const { lifecycle, tenants } = await bed.open({ now: () => NOW })
    const by = { actor: 'market', requestId: 'r-1' }
    expect(await lifecycle.create(profile('whole'), by)).toMatchObject({ status: 'pending', operation: null })
    await expect(tenants.entityManager('whole')).rejects.toMatchObject({ status: 503 })
    expect(await lifecycle.provision('whole', by)).toMatchObject({ status: 'active', attempts: 0, doneSteps: [] })
    const em = await tenants.entityManager('whole')
    em.create(note, { id: '1', text: 'kept' })
    await em.flush()
    expect(await lifecycle.suspend('whole', { ...by, reason: 'unpaid' })).toMatchObject({
      status: 'suspended',
      suspendedReason: 'unpaid',
    })
    expect(await lifecycle.resume('whole', by)).toMatchObject({ status: 'active', suspendedReason: null })
    expect(await lifecycle.delete('whole', { ...by, reason: 'ended', preserveDays: 7 })).toMatchObject({
      status: 'deleted',
      dataRetentionUntil: new Date(NOW.getTime() + 7 * DAY),
    })
    expect(await lifecycle.restore('whole', by)).toMatchObject({ status: 'active', dataRetentionUntil: null })
    expect(await (await tenants.entityManager('whole')).count(note)).toBe(1)
    expect(await lifecycle.delete('whole', { ...by, hard: true })).toMatchObject({ status: 'purged' })
    expect(await bed.query(`select 1 from pg_database where datname = 'tenant_whole'`)).toEqual([])

    const trail = await lifecycle.events('whole')
    expect(
      trail.map(({ fromState, toState, events }) => [fromState, toState, ...events.map(({ name }) => name)]),
    ).toEqual([
      [null, 'pending', 'afterCreate'],
      ['pending', 'provisioning'],
      ['provisioning', 'active', 'afterProvision', 'afterActivate'],
      ['active', 'suspended', 'afterSuspend'],
      ['suspended', 'active', 'afterActivate'],
      ['active', 'deleted', 'afterDelete'],
      ['deleted', 'active', 'afterActivate'],
      ['active', 'deleted', 'afterDelete'],
      ['deleted', 'purged'],
    ])
    expect(trail.map(({ reason }) => reason)).toEqual([null, null, null, 'unpaid', null, 'ended', null, null, null])
    for (const entry of trail) expect(entry).toMatchObject({ at: NOW, ...by, tenantId: 'whole' })
  })

  it('that is suspended is so at its database: sessions end, and nobody gets a new one', async () => {
    const { lifecycle } = await bed.open()
    await lifecycle.activate(profile('closed'))
    const client = new Client({ connectionString: bed.urlOf('tenant_closed') })
    await client.connect()
    const errors: unknown[] = []
    client.on('error', (error) => errors.push(error))
    await lifecycle.suspend('closed', { reason: 'violation' })
    await expect.poll(() => errors[0]).toMatchObject({ code: '57P01' })
    await expect(bed.query('select 1', 'tenant_closed')).rejects.toMatchObject({ code: '55000' })
    await lifecycle.resume('closed')
    expect(await bed.query('select 1 as one', 'tenant_closed')).toEqual([{ one: 1 }])
  })

  it('refuses what its state does not allow, and says what it allows', async () => {
    const { lifecycle } = await bed.open()
    await lifecycle.activate(profile('strict'))
    await expect(lifecycle.resume('strict')).rejects.toMatchObject({
      error: 'TRANSITION_REFUSED',
      status: 409,
      details: { status: 'active', to: 'active', allowed: ['suspended', 'deactivated'] },
    })
    await expect(lifecycle.restore('strict')).rejects.toMatchObject({ error: 'TRANSITION_REFUSED' })
    await expect(lifecycle.provision('strict')).rejects.toMatchObject({ error: 'TRANSITION_REFUSED' })
    await expect(lifecycle.create(profile('strict'))).rejects.toMatchObject({ error: 'TENANT_EXISTS' })
    await lifecycle.suspend('strict', { reason: 'x' })
    await expect(lifecycle.suspend('strict', { reason: 'x' })).rejects.toMatchObject({
      details: { status: 'suspended', allowed: ['active', 'deactivated'] },
    })
    await expect(lifecycle.suspend('nobody', { reason: 'x' })).rejects.toMatchObject({ error: 'TENANT_NOT_FOUND' })
    await expect(lifecycle.suspend('No body', { reason: 'x' })).rejects.toMatchObject({ error: 'INVALID_TENANT_ID' })
    await expect(lifecycle.delete('strict', { preserveDays: -1 })).rejects.toThrow(RangeError)
  })

  it('loses its data when the time it was kept for has passed, and comes back empty', async () => {
    const { now, pass } = clock()
    const { lifecycle, tenants } = await bed.open({ now, background: false })
    await lifecycle.activate(profile('expiring'))
    await lifecycle.delete('expiring', { preserveDays: 3 })
    pass(3 * DAY - 1)
    await lifecycle.reconcile()
    expect((await tenants.get('expiring')).status).toBe('deleted')
    pass(1)
    await expect(lifecycle.restore('expiring')).rejects.toMatchObject({ error: 'TRANSITION_REFUSED' })
    await lifecycle.reconcile()
    expect((await tenants.get('expiring')).status).toBe('purged')
    expect(await bed.query(`select 1 from pg_database where datname = 'tenant_expiring'`)).toEqual([])
    expect((await lifecycle.events('expiring')).at(-1)).toMatchObject({ actor: 'retention', toState: 'purged' })
    expect(await lifecycle.delete('expiring')).toMatchObject({ status: 'purged' })
    expect(await lifecycle.activate(profile('expiring'))).toMatchObject({ outcome: 'created' })
  })

  it('can be made behind the scenes, when the caller does not wait', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { lifecycle, tenants } = await bed.open({ provision: () => promise })
    const { tenant, outcome } = await lifecycle.activate(profile('behind'), { waitMs: 0 })
    expect([tenant.status, outcome]).toEqual(['provisioning', 'accepted'])
    await expect(lifecycle.activate(profile('behind'))).rejects.toMatchObject({ error: 'OPERATION_IN_PROGRESS' })
    resolve()
    await expect.poll(async () => (await tenants.get('behind')).status).toBe('active')
  })

  it('is activated once under one idempotency key, and the answer is given again', async () => {
    const { lifecycle } = await bed.open()
    const key = { idempotencyKey: 'k1' }
    expect(await lifecycle.activate(profile('once'), key)).toMatchObject({ outcome: 'created' })
    expect(await lifecycle.activate(profile('once'), key)).toMatchObject({ outcome: 'created' })
    await expect(lifecycle.activate(profile('once'), { idempotencyKey: 'k2' })).rejects.toMatchObject({
      error: 'TENANT_EXISTS',
    })
    await expect(lifecycle.activate(profile('once'))).rejects.toMatchObject({ error: 'TENANT_EXISTS' })
  })

  it('that cannot be made is tried with longer and longer waits, then needs attention, until it is asked for again', async () => {
    const { now, pass } = clock()
    let broken = true
    const { lifecycle, tenants } = await bed.open({
      now,
      background: false,
      provision: async () => {
        if (broken) throw new Error('no space left')
      },
    })
    await expect(lifecycle.activate(profile('stuck'))).rejects.toThrow('no space left')
    const waits: number[] = []
    for (let attempt = 1; attempt < 10; attempt++) {
      const { attempts, nextAttemptAt, lastError, needsAttention } = await tenants.get('stuck')
      expect([attempts, lastError, needsAttention]).toEqual([attempt, 'no space left', false])
      const wait = (nextAttemptAt?.getTime() ?? 0) - now().getTime()
      waits.push(wait)
      pass(wait - 1)
      await lifecycle.reconcile()
      expect((await tenants.get('stuck')).attempts).toBe(attempt)
      pass(1)
      await lifecycle.reconcile()
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => seconds * 1_000))
    expect(await tenants.get('stuck')).toMatchObject({ attempts: 10, needsAttention: true, lastError: 'no space left' })
    broken = false
    pass(DAY)
    await lifecycle.reconcile()
    expect((await tenants.get('stuck')).status).toBe('provisioning')
    expect(await lifecycle.provision('stuck')).toMatchObject({
      status: 'active',
      needsAttention: false,
      lastError: null,
    })
  })

  it('that is given up is reported as failed, once, to who did not wait; should it come to be after all, as that', async () => {
    const { now, pass } = clock()
    let work = Promise.withResolvers<void>()
    work.promise.catch(() => undefined)
    const { lifecycle, tenants, callbacks } = await bed.open({ now, background: false, provision: () => work.promise })
    const reports: QueuedCallback[] = []
    callbacks.work(async (callback) => void reports.push(callback))
    const url = 'https://market.example/callback'
    const callback = { url, accessUrl: 'https://a.example', message: 'is ready', failureMessage: 'is not to be had' }
    const { outcome } = await lifecycle.activate(profile('owed'), { waitMs: 1, callback })
    expect(outcome).toBe('accepted')
    work.reject(new Error('secret of the inside'))
    await expect.poll(async () => (await tenants.get('owed')).lastError).toBe('secret of the inside')
    for (let attempt = 1; attempt < 10; attempt++) {
      expect(reports).toEqual([])
      pass(DAY)
      await lifecycle.reconcile()
    }
    expect(await tenants.get('owed')).toMatchObject({ attempts: 10, needsAttention: true })
    const told = { tenant_id: 'owed', url }
    await expect
      .poll(() => reports.map(({ payload, ...one }) => ({ ...payload, url: one.url })))
      .toEqual([{ ...told, success: false, message: 'is not to be had', access_url: null, created_at: null }])
    work = Promise.withResolvers()
    work.resolve()
    await lifecycle.provision('owed')
    await expect.poll(() => reports.map(({ payload }) => payload.success)).toEqual([false, true])
    expect(new Set(reports.map(({ id }) => id)).size).toBe(2)
  })

  it('whose database belongs to someone else needs attention at once', async () => {
    await bed.query('create database tenant_taken')
    const { lifecycle, tenants } = await bed.open()
    await expect(lifecycle.activate(profile('taken'))).rejects.toThrow('was not made for')
    expect(await tenants.get('taken')).toMatchObject({ needsAttention: true, attempts: 1 })
  })

  it('has the subscription that it was activated with', async () => {
    const { lifecycle, tenants } = await bed.open()
    await lifecycle.activate(profile('subscribed', { plan: 'basic', expiresAt: new Date('2026-12-31T23:59:59Z') }))
    expect(await tenants.withSubscription('subscribed')).toMatchObject({
      subscription: { plan: 'basic', endDate: '2026-12-31', status: 'active' },
    })
  })
})

describe('a tenant for whom a database was made ahead', () => {
  it('is made in one transaction when there is nothing to fill it with', async () => {
    const central = 'warm'
    const { lifecycle, databases } = await bed.open({ central, warmDatabases: 1 })
    await databases.refillWarmPool()
    expect(await lifecycle.activate(profile('ahead'))).toMatchObject({
      outcome: 'created',
      tenant: { status: 'active' },
    })
    const rows = await bed.query(
      `select count(*)::int as entries, count(distinct xmin::text)::int as transactions from tenant_events`,
      central,
    )
    expect(rows).toEqual([{ entries: 3, transactions: 1 }])
    const name = { tenantId: 'ahead', databaseName: 'tenant_ahead' }
    expect(await databases.withTenant(name, (em) => em.count(note))).toBe(0)
  })

  it('gets it filled before it is active', async () => {
    const { lifecycle, databases } = await bed.open({
      central: 'warm-filled',
      warmDatabases: 1,
      provision: async (em) => {
        await em.upsert(note, { id: 'seed', text: 'seeded' })
      },
    })
    await databases.refillWarmPool()
    await lifecycle.activate(profile('filled'))
    const name = { tenantId: 'filled', databaseName: 'tenant_filled' }
    expect(await databases.withTenant(name, (em) => em.count(note))).toBe(1)
  })
})
