import { QuotaExceededError } from '@mt-paas/server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LifecycleBed, profile, startLifecycleBed } from './lifecycle-bed.test.support.ts'
import type { AfterEvent } from './lifecycle-event.ts'

let bed: LifecycleBed

beforeAll(async () => {
  bed = await startLifecycleBed()
})

afterEach(() => bed.closeOpened())

afterAll(() => bed?.stop())

describe('a before hook', () => {
  it('sees what is about to happen and refuses it by throwing, before anything has', async () => {
    const { lifecycle, tenants } = await bed.open()
    const seen: unknown[] = []
    const names = ['beforeCreate', 'beforeProvision', 'beforeActivate', 'beforeSuspend', 'beforeDelete'] as const
    for (const name of names) lifecycle.on(name, ({ from, to, tenant }) => void seen.push([name, from, to, tenant.id]))
    const remove = lifecycle.on('beforeCreate', ({ tenant }) => {
      throw new Error(`${tenant.name} is not welcome on ${tenant.plan}`)
    })
    await expect(lifecycle.activate(profile('vetoed'))).rejects.toMatchObject({
      error: 'TRANSITION_REFUSED',
      status: 409,
      message: '한림대학교 is not welcome on premium',
    })
    expect(await tenants.find('vetoed')).toBeUndefined()
    remove()
    await lifecycle.activate(profile('vetoed'))
    const keep = lifecycle.on('beforeSuspend', () => Promise.reject(new QuotaExceededError('suspensions', 0)))
    await expect(lifecycle.suspend('vetoed', { reason: 'x' })).rejects.toMatchObject({ error: 'QUOTA_EXCEEDED' })
    expect((await tenants.get('vetoed')).status).toBe('active')
    keep()
    await lifecycle.suspend('vetoed', { reason: 'x' })
    await lifecycle.delete('vetoed')
    await lifecycle.restore('vetoed')
    expect(seen).toEqual([
      ['beforeCreate', null, 'pending', 'vetoed'],
      ['beforeCreate', null, 'pending', 'vetoed'],
      ['beforeProvision', 'pending', 'provisioning', 'vetoed'],
      ['beforeActivate', 'provisioning', 'active', 'vetoed'],
      ['beforeSuspend', 'active', 'suspended', 'vetoed'],
      ['beforeSuspend', 'active', 'suspended', 'vetoed'],
      ['beforeDelete', 'suspended', 'deleted', 'vetoed'],
      ['beforeActivate', 'deleted', 'active', 'vetoed'],
    ])
  })
})

describe('an after hook', () => {
  it('runs in another process too, once, with the id that the audit trail has', async () => {
    const central = 'hooks'
    const quiet = await bed.open({ central, background: false })
    const seen: AfterEvent[] = []
    await quiet.lifecycle.activate(profile('heard'), { actor: 'market', requestId: 'r-9' })
    await quiet.lifecycle.suspend('heard', { reason: 'unpaid' })
    await quiet.lifecycle.delete('heard')
    const hook = (event: AfterEvent) => void seen.push(event)
    const hooks = {
      afterCreate: hook,
      afterProvision: hook,
      afterActivate: hook,
      afterSuspend: hook,
      afterDelete: hook,
    }
    await bed.open({ central, hooks })
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(5)
    const trail = (await quiet.lifecycle.events('heard')).flatMap(({ events, fromState, toState, at, reason }) =>
      events.map(({ id, name }) => ({ id, name, from: fromState, to: toState, at, reason })),
    )
    const told = seen.map(({ id, name, from, to, at, reason }) => ({ id, name, from, to, at, reason }))
    expect(told.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      trail.toSorted((a, b) => a.id.localeCompare(b.id)),
    )
    expect(seen.find(({ name }) => name === 'afterCreate')).toMatchObject({
      actor: 'market',
      requestId: 'r-9',
      tenantName: '한림대학교',
      plan: 'premium',
      adminEmail: 'admin@heard.ac.kr',
      adminName: '홍길동',
    })
    expect(await quiet.lifecycle.failedHooks()).toEqual([])
  })

  it('that fails is tried again, keeps no other from running, undoes nothing, and is to be seen', async () => {
    const { lifecycle, tenants } = await bed.open({ central: 'failing' })
    const ids: string[] = []
    let others = 0
    let broken = true
    lifecycle.on('afterActivate', ({ id }) => {
      ids.push(id)
      if (broken) throw new Error('mail server is down')
    })
    lifecycle.on('afterActivate', () => void others++)
    await lifecycle.activate(profile('mailed'))
    await expect.poll(async () => (await lifecycle.failedHooks()).length, { timeout: 10_000 }).toBe(1)
    const [failed] = await lifecycle.failedHooks()
    expect(failed).toMatchObject({
      retrying: true,
      error: 'mail server is down',
      data: { name: 'afterActivate', tenantId: 'mailed' },
    })
    expect((await tenants.get('mailed')).status).toBe('active')
    broken = false
    await expect.poll(async () => (await lifecycle.failedHooks()).length, { timeout: 15_000 }).toBe(0)
    expect(ids.length).toBeGreaterThan(1)
    expect(new Set(ids)).toEqual(new Set([failed?.id]))
    expect(others).toBe(ids.length)
  })

  it('is not heard of a transition that was rolled back', async () => {
    const { lifecycle, databases } = await bed.open({ central: 'rolled-back', background: false })
    await bed.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`,
      'rolled-back',
    )
    await bed.query(
      `create trigger refuse after insert on tenant_events for each row when (new.to_state = 'active') execute function refuse()`,
      'rolled-back',
    )
    await expect(lifecycle.activate(profile('undone'))).rejects.toThrow('refused')
    const jobs = await databases
      .central()
      .execute(`select data->>'name' as name from mt_jobs.job where name = 'tenant-lifecycle'`)
    expect(jobs).toEqual([{ name: 'afterCreate' }])
  })
})
