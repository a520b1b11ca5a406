import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BENCH_KEY, type MarketBench, openMarketBench } from './market-bench.test.support.ts'

let bench: MarketBench

beforeEach(async () => {
  bench = await openMarketBench()
})

afterEach(() => bench?.[Symbol.asyncDispose]())

const applicant = { email: 'admin@hallym.ac.kr', name: '홍길동', university_name: '한림대학교' }
const DAY = 86_400_000

describe('the catalogue', () => {
  it('shows a registered service with its health, version and document', async () => {
    const { services } = await bench.operator.market.listServices.query()
    expect(services).toMatchObject([
      {
        slug: 'advisor',
        title: { ko: '어드바이저', en: 'Advisor' },
        plans: [{ id: 'trial' }, { id: 'campus', price: { amount: '990000', currency: 'KRW', per: 'month' } }],
        health: { status: 'healthy', error: null, openapi: { title: 'Bench' } },
        subscriptions: 0,
      },
    ])
    expect(JSON.stringify(services)).not.toContain('api_key"')
  })

  it('tells that a service is gone', async () => {
    await bench.service.close()
    const { services } = await bench.operator.market.checkHealth.mutate({})
    expect(services).toMatchObject([{ health: { status: 'unreachable', openapi: null } }])
  })

  it('sees at once that a service is back, however often it was missed', async () => {
    const { market } = bench.operator
    await bench.service.close()
    for (let times = 0; times < 3; times += 1) await market.checkHealth.mutate({})
    await bench.restartService()
    const { services } = await market.checkHealth.mutate({ slug: 'advisor' })
    expect(services).toMatchObject([{ health: { status: 'healthy' } }])
  })

  it('refuses manifests that cannot be', async () => {
    const { market } = bench.operator
    const base = { slug: 'other', base_url: 'http://127.0.0.1:9' }
    await expect(market.registerService.mutate({ ...base, slug: 'A b' })).rejects.toMatchObject(status(422))
    await expect(market.registerService.mutate({ ...base, base_url: 'http://192.0.2.1' })).rejects.toMatchObject(
      status(422),
    )
    const plan = { id: 'a', title: { ko: '가', en: 'a' } }
    await expect(market.registerService.mutate({ ...base, plans: [plan, plan] })).rejects.toMatchObject(status(422))
    await expect(market.getService.query({ slug: 'nobody' })).rejects.toMatchObject(status(404))
  })

  it('rotates a key: the next one is shown once, and used when it takes over', async () => {
    const { market } = bench.operator
    await expect(market.activateKey.mutate({ slug: 'advisor' })).rejects.toMatchObject(status(409))
    const { next_api_key } = await market.prepareKey.mutate({ slug: 'advisor' })
    expect(await market.getService.query({ slug: 'advisor' })).toMatchObject({
      next_api_key_hint: `…${next_api_key.slice(-4)}`,
    })
    expect(await market.activateKey.mutate({ slug: 'advisor' })).toMatchObject({ next_api_key_hint: null })
    await expect(bench.operator.tenant.status.query({ service: 'advisor', tenant_id: 'nobody' })).rejects.toMatchObject(
      { data: { httpStatus: 502, error: 'UNAUTHORIZED' } },
    )
  })

  it('edits a service, and removes it only when nobody uses it', async () => {
    const { market } = bench.operator
    const title = { ko: '새 이름', en: 'New name' }
    expect(await market.updateService.mutate({ slug: 'advisor', title })).toMatchObject({
      title,
      plans: [{ id: 'trial' }, { id: 'campus' }],
    })
    const { subscriptionId } = await bench.subscribe()
    await expect(market.removeService.mutate({ slug: 'advisor' })).rejects.toMatchObject(status(409))
    await market.cancel.mutate({ id: subscriptionId })
    await market.removeService.mutate({ slug: 'advisor' })
    expect(await market.listServices.query()).toEqual({ services: [] })
  })
})

describe('an application', () => {
  it('goes from the form to a subscription, an account and a mail', async () => {
    const { market } = bench.operator
    const applied = await market.submitApplication.mutate({ service: 'advisor', applicant })
    expect(applied).toMatchObject({
      state: 'submitted',
      next_actions: ['approve', 'reject', 'withdraw'],
      plan: 'trial',
      status: 'pending',
    })
    const approved = await market.approve.mutate({ id: applied.id })
    expect(approved.state).toMatch(/^provision/)
    await bench.simulator.engine.idle()
    await bench.simulator.market.idle()
    const done = await market.getApplication.query({ id: applied.id })
    expect(done).toMatchObject({ state: 'provisioned', next_actions: [], access_url: expect.stringMatching(/^http/) })
    const subscription = await market.getSubscription.query({ id: done.subscription_id ?? 0 })
    expect(subscription).toMatchObject({
      service: 'advisor',
      tenant_id: done.tenant_id,
      status: 'active',
      plan: 'trial',
      problem: null,
      account: { email: applicant.email, university: '한림대학교' },
      access_url: done.access_url,
    })
    expect(Date.parse(subscription.end_date) - Date.parse(subscription.start_date)).toBe(30 * DAY)
    const { mails } = await market.listMails.query({})
    expect(mails).toMatchObject([{ kind: 'access', to: applicant.email }])
    expect(mails[0]?.content.ko.text).toContain('일회용 비밀번호: ')
    expect(mails[0]?.content.en.text).toContain(done.access_url)
    const settings = await bench.operator.tenant.getSettings.query({
      service: 'advisor',
      tenant_id: done.tenant_id ?? '',
    })
    expect(settings.config.limits.max_users).toBe(5)
    expect(settings.config.features).toMatchObject({ rag: true, chat: false })
  })

  it('that is rejected or withdrawn says so, and sends nothing', async () => {
    const { market } = bench.operator
    const first = await market.submitApplication.mutate({ service: 'advisor', applicant })
    const second = await market.submitApplication.mutate({ service: 'advisor', applicant })
    expect(await market.reject.mutate({ id: first.id, reason: '서류 미비' })).toMatchObject({
      state: 'rejected',
      decision_reason: '서류 미비',
      next_actions: [],
    })
    expect(await market.withdraw.mutate({ id: second.id })).toMatchObject({ state: 'withdrawn' })
    await expect(market.approve.mutate({ id: first.id })).rejects.toMatchObject({
      data: { httpStatus: 409, error: 'TRANSITION_REFUSED', details: { state: 'rejected', allowed: [] } },
    })
    const { mails } = await market.listMails.query({})
    expect(mails).toMatchObject([{ kind: 'rejected', to: applicant.email }])
    expect(mails[0]?.content.en.text).toContain('서류 미비')
    expect(await market.listDeliveries.query({})).toEqual({ total: 0, deliveries: [] })
    const { applications, total } = await market.listApplications.query({ state: 'rejected', text: '한림' })
    expect([total, applications.map(({ id }) => id)]).toEqual([1, [first.id]])
  })

  it('of an applicant who is known keeps the tenant, and the account its password', async () => {
    const first = await bench.subscribe()
    const second = await bench.subscribe({ email: 'ADMIN@hallym.ac.kr', kind: 'service' })
    expect(second).toMatchObject({ tenantId: first.tenantId, subscriptionId: first.subscriptionId })
    expect(await bench.operator.market.getSubscription.query({ id: first.subscriptionId })).toMatchObject({
      kind: 'service',
      plan: 'campus',
      application_id: second.applicationId,
    })
    const { mails } = await bench.operator.market.listMails.query({})
    expect(mails.map(({ content }) => content.en.text.includes('One-time password'))).toEqual([false, true])
    expect((await bench.operator.market.listAccounts.query()).accounts).toHaveLength(1)
  })

  it('over the Standard API keeps the tenant too', async () => {
    const { market } = bench.operator
    await market.updateService.mutate({ slug: 'advisor', shape: 'standard' })
    const first = await bench.subscribe()
    const second = await bench.subscribe({ kind: 'service' })
    expect(second).toMatchObject({ tenantId: first.tenantId, subscriptionId: first.subscriptionId })
    expect(await market.listDeliveries.query({})).toMatchObject({ total: 1 })
  })

  it('that failed can be sent again', async () => {
    const { market, simulator } = bench.operator
    await market.updateService.mutate({ slug: 'advisor', api_key: 'wrong' })
    const { id } = await market.submitApplication.mutate({ service: 'advisor', applicant })
    await market.approve.mutate({ id })
    await bench.simulator.engine.idle()
    expect(await market.getApplication.query({ id })).toMatchObject({ state: 'provisioning', next_actions: ['retry'] })
    expect(await market.listDeliveries.query({ reason: 'unauthorized' })).toMatchObject({ total: 1 })
    await simulator.saveService.mutate({ slug: 'advisor', api_key: BENCH_KEY })
    await market.retry.mutate({ id })
    await bench.simulator.engine.idle()
    await bench.simulator.market.idle()
    expect(await market.getApplication.query({ id })).toMatchObject({ state: 'provisioned' })
  })

  it('with a plan or a term that cannot be is refused', async () => {
    const { market } = bench.operator
    const input = { service: 'advisor', applicant }
    await expect(market.submitApplication.mutate({ ...input, plan: 'gold' })).rejects.toMatchObject(status(422))
    await expect(market.submitApplication.mutate({ ...input, service: 'nobody' })).rejects.toMatchObject(status(422))
    await expect(market.submitApplication.mutate({ ...input, end_date: '2001-01-01' })).rejects.toMatchObject(
      status(422),
    )
    await expect(market.approve.mutate({ id: 77 })).rejects.toMatchObject(status(404))
  })

  it('that the simulator completed on its own can be taken over', async () => {
    const { simulator, market } = bench.operator
    const { application } = await simulator.provision.mutate({ applicant })
    expect(await market.getApplication.query({ id: application.id })).toMatchObject({
      state: 'provisioned',
      next_actions: ['approve'],
    })
    expect(await market.approve.mutate({ id: application.id })).toMatchObject({
      state: 'provisioned',
      subscription_id: expect.any(Number),
      next_actions: [],
    })
  })
})

describe('a subscription', () => {
  it('is suspended, resumed, given another plan, and cancelled at the service', async () => {
    const { market, tenant } = bench.operator
    const { subscriptionId: id, tenantId: tenant_id } = await bench.subscribe()
    const at = { service: 'advisor', tenant_id }
    expect(await market.suspend.mutate({ id, reason: '미납' })).toMatchObject({
      status: 'suspended',
      next_actions: ['resume', 'renew', 'cancel'],
    })
    expect((await tenant.status.query(at)).status).not.toBe('active')
    await expect(market.suspend.mutate({ id, reason: 'x' })).rejects.toMatchObject({
      data: { httpStatus: 409, details: { state: 'suspended', allowed: ['resume', 'renew', 'cancel'] } },
    })
    expect(await market.resume.mutate({ id })).toMatchObject({ status: 'active' })
    expect((await tenant.status.query(at)).status).toBe('active')
    expect(await market.changePlan.mutate({ id, plan: 'campus' })).toMatchObject({ status: 'active', plan: 'campus' })
    expect((await tenant.getSettings.query(at)).config.limits.max_users).toBe(500)
    await expect(market.changePlan.mutate({ id, plan: 'gold' })).rejects.toMatchObject(status(422))
    expect(await market.cancel.mutate({ id })).toMatchObject({ status: 'cancelled', next_actions: [] })
    expect((await tenant.status.query(at)).status).not.toBe('active')
    const { mails } = await market.listMails.query({})
    expect(mails.map(({ kind }) => kind)).toEqual(['cancelled', 'plan_changed', 'resumed', 'suspended', 'access'])
  })

  it('that the service does not follow stays as it is, and says why', async () => {
    const { subscriptionId: id } = await bench.subscribe()
    await bench.service.close()
    await expect(bench.operator.market.suspend.mutate({ id, reason: 'x' })).rejects.toMatchObject(status(502))
    expect(await bench.operator.market.getSubscription.query({ id })).toMatchObject({
      status: 'active',
      problem: expect.stringContaining('UNREACHABLE'),
    })
  })

  it('is warned of its end, ends by the clock, and goes on when it is renewed', async () => {
    const { market, tenant, simulator } = bench.operator
    const { subscriptionId: id, tenantId: tenant_id } = await bench.subscribe()
    await simulator.advanceClock.mutate({ ms: 25 * DAY })
    expect(await market.listMails.query({ kind: 'expiry_warning' })).toMatchObject({ total: 1 })
    await simulator.advanceClock.mutate({ ms: 7 * DAY })
    expect(await market.listMails.query({ kind: 'expiry_warning' })).toMatchObject({ total: 2 })
    expect(await market.getSubscription.query({ id })).toMatchObject({
      status: 'expired',
      problem: null,
      next_actions: ['renew', 'cancel'],
    })
    expect((await tenant.status.query({ service: 'advisor', tenant_id })).status).not.toBe('active')
    await expect(market.renew.mutate({ id, end_date: '2020-01-01' })).rejects.toMatchObject(status(422))
    expect(await market.renew.mutate({ id })).toMatchObject({ status: 'active' })
    expect((await tenant.status.query({ service: 'advisor', tenant_id })).status).toBe('active')
    expect((await market.listMails.query({})).mails.map(({ kind }) => kind)).toEqual([
      'renewed',
      'expired',
      'expiry_warning',
      'expiry_warning',
      'access',
    ])
  })

  it('that ended while its service was away is ended there later', async () => {
    const { simulator, market } = bench.operator
    const { subscriptionId: id } = await bench.subscribe()
    await market.updateService.mutate({ slug: 'advisor', api_key: 'wrong' })
    await simulator.advanceClock.mutate({ ms: 32 * DAY })
    expect(await market.getSubscription.query({ id })).toMatchObject({
      status: 'expired',
      problem: expect.stringContaining('UNAUTHORIZED'),
    })
    await simulator.saveService.mutate({ slug: 'advisor', api_key: BENCH_KEY })
    await simulator.advanceClock.mutate({ ms: 7_200_000 })
    expect(await market.getSubscription.query({ id })).toMatchObject({ status: 'expired', problem: null })
  })
})

function status(httpStatus: number) {
  return { data: { httpStatus } }
}
