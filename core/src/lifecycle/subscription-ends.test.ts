import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type LifecycleBed, profile, startLifecycleBed } from './lifecycle-bed.test.support.ts'

let bed: LifecycleBed

beforeAll(async () => {
  bed = await startLifecycleBed()
})

afterEach(() => bed?.closeOpened())
afterAll(() => bed?.stop())

it('a tenant is suspended by itself when its subscription has ended, once, and comes back when it is renewed', async () => {
  let now = new Date('2027-02-28T23:59:00Z')
  const options = { now: () => now, expiryInterval: 50, reconcileInterval: 50 }
  const [one] = await Promise.all([bed.open(options), bed.open(options)])
  const { lifecycle, subscriptions, tenants } = one
  const expiresAt = new Date('2027-02-28T12:00:00Z')
  await lifecycle.activate(profile('ends', { expiresAt }))
  await lifecycle.activate(profile('renews', { expiresAt }))
  await lifecycle.activate(profile('open'))
  await subscriptions.change('renews', { autoRenew: true, termMonths: 1 })
  await lifecycle.reconcile()
  expect((await tenants.get('ends')).status).toBe('active')

  now = new Date('2027-03-01T00:00:00Z')
  await expect.poll(async () => (await tenants.get('ends')).status).toBe('suspended')
  await lifecycle.reconcile()
  expect((await tenants.get('renews')).status).toBe('active')
  expect((await tenants.get('open')).status).toBe('active')
  expect(await subscriptions.current('renews')).toMatchObject({ status: 'active', endDate: '2027-03-31' })
  const suspensions = (await lifecycle.events('ends')).filter(({ toState }) => toState === 'suspended')
  expect(suspensions).toMatchObject([{ actor: 'subscription', reason: 'The subscription has ended' }])

  await subscriptions.renew('ends')
  // The suspension is written before it is carried out, and until then nothing else is begun.
  const resumed = () =>
    lifecycle.resume('ends').then(
      ({ status }) => status,
      (error: unknown) => error,
    )
  await expect.poll(resumed).toBe('active')
  await lifecycle.reconcile()
  expect((await tenants.get('ends')).status).toBe('active')
})
