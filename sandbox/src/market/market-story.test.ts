import { startTemporaryServer, type TemporaryServer } from '@mt-paas/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consoleBrowser, operatorBrowser } from '../console/console-client.test.support.ts'
import { type AdvisorService, startAdvisor } from '../services/advisor/advisor.ts'
import { startChatbot } from '../services/chatbot/chatbot.ts'
import { type Simulator, startSimulator } from '../simulator/start-simulator.ts'

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
const CALLBACK_SECRET = `whsec_${Buffer.alloc(24, 2).toString('base64')}`
const API_KEY = 'key-of-the-market'
const SERVICE_KEYS = { advisor: 'key-of-the-advisor', chatbot: 'key-of-the-chatbot' }
const EMAIL = 'president@hallym.ac.kr'

let database: TemporaryServer
let advisor: AdvisorService
let chatbot: AdvisorService
let simulator: Simulator

beforeAll(async () => {
  ;[database, simulator] = await Promise.all([
    startTemporaryServer(),
    startSimulator({ port: 0, passwordCost: { N: 16, r: 1, p: 1 } }),
  ])
  const env = {
    MT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    MT_CALLBACK_ORIGINS: simulator.url,
    MT_CALLBACK_SECRET: CALLBACK_SECRET,
  }
  const options = (name: keyof typeof SERVICE_KEYS) => {
    const central = new URL(database.url)
    central.pathname = `/${name}`
    return { centralUrl: central.href, apiKey: API_KEY, port: 0, env: { ...env, MT_CALLBACK_KEY: SERVICE_KEYS[name] } }
  }
  advisor = await startAdvisor(options('advisor'))
  chatbot = await startChatbot(options('chatbot'))
})

afterAll(async () => {
  await simulator?.close()
  await Promise.all([advisor?.close(), chatbot?.close()])
  await database?.stop()
})

it('application, approval, webhook, callback, access, subscription, suspension, use and bill', {
  timeout: 60_000,
}, async () => {
  const { client } = await operatorBrowser(simulator)
  const { market, tenant } = client
  for (const [slug, { url }] of [['advisor', advisor] as const, ['chatbot', chatbot] as const]) {
    const registered = await market.registerService.mutate({
      slug,
      base_url: url,
      api_key: API_KEY,
      signing_secret: WEBHOOK_SECRET,
      service_key: SERVICE_KEYS[slug],
      callback_secret: CALLBACK_SECRET,
    })
    expect(registered).toMatchObject({ is_signed: true, checks_key: true, health: { status: 'healthy' } })
  }

  const called = new Promise<void>((resolve) => {
    simulator.engine.events.subscribe(({ type, data }) => {
      if (type === 'callback.received' && data.verdict === 'accepted') resolve()
    })
  })
  const applicant = { email: EMAIL, name: '홍길동', university_name: '한림대학교' }
  const first = await market.submitApplication.mutate({ service: 'advisor', applicant })
  await market.approve.mutate({ id: first.id })
  await called
  const second = await market.submitApplication.mutate({ service: 'chatbot', kind: 'service', applicant })
  await market.approve.mutate({ id: second.id })
  await simulator.engine.idle()
  await simulator.market.idle()

  const application = await market.getApplication.query({ id: first.id })
  expect(application).toMatchObject({ state: 'provisioned', access_url: expect.stringContaining(advisor.url) })
  expect((await fetch(application.access_url ?? '')).status).toBe(200)
  const { subscriptions } = await market.listSubscriptions.query({})
  expect(subscriptions).toMatchObject([
    { service: 'chatbot', status: 'active', kind: 'service' },
    { service: 'advisor', status: 'active', kind: 'demo', problem: null },
  ])
  const { callbacks } = await client.simulator.listCallbacks.query({})
  expect(callbacks.at(-1)).toMatchObject({ verdict: 'accepted', service: 'advisor', application_id: first.id })

  const [, { id, tenant_id }] = subscriptions as [unknown, { id: number; tenant_id: string }]
  const at = { service: 'advisor', tenant_id }
  const user = await tenant.createUser.mutate({ ...at, email: 'kim@hallym.ac.kr', name: '김하나' })
  await market.suspend.mutate({ id, reason: '점검' })
  expect((await tenant.status.query(at)).status).toBe('deactivated')
  await market.resume.mutate({ id })
  await market.changePlan.mutate({ id, plan: 'standard' })
  expect(await tenant.status.query(at)).toMatchObject({ status: 'active', plan: 'standard' })

  const mails = await market.listMails.query({ kind: 'access' })
  const password = mails.mails.map(({ content }) => /One-time password: (\S+)/.exec(content.en.text)?.[1]).find(Boolean)
  const admin = consoleBrowser(simulator).client
  await admin.session.login.mutate({ email: EMAIL, password: password ?? '' })
  const change = { current_password: password ?? '', new_password: '새로운 비밀번호 1' }
  const me = await admin.session.changePassword.mutate(change)
  expect(me.tenants.map(({ service }) => service)).toEqual(['advisor', 'chatbot'])

  expect(await admin.tenant.listUsers.query({ ...at, search: 'kim@' })).toMatchObject({
    total: 1,
    users: [{ user_id: user.user_id, name: '김하나' }],
  })
  const month = simulator.engine.clock.now().toISOString().slice(0, 7)
  expect(await admin.tenant.usage.query({ ...at, period: month })).toMatchObject({ tenant_id, period: month })
  expect((await admin.tenant.stats.query(at)).summary.total_users).toBeGreaterThanOrEqual(2)
  expect(await admin.tenant.costs.query(at)).toMatchObject({ total_cost_usd: 0 })
  expect(await admin.tenant.topUsers.query(at)).toMatchObject({ tenant_id })
  expect(await admin.tenant.resources.query(at)).toMatchObject({ tenant_id })
  const changed = await admin.tenant.updateSettings.mutate({ ...at, limits: { max_users: 77 } })
  expect(changed.config.limits.max_users).toBe(77)
  await admin.tenant.deleteUser.mutate({ ...at, user_id: user.user_id })
  expect(await admin.tenant.billingSummary.query({ ...at, period: month })).toMatchObject({
    services: [{ service: 'advisor' }, { service: 'chatbot' }],
    partial: false,
    missing: [],
  })

  await chatbot.close()
  expect(await admin.tenant.billingSummary.query({ ...at, period: month })).toMatchObject({
    services: [{ service: 'advisor' }],
    missing: [{ service: 'chatbot', code: 'UNREACHABLE' }],
    partial: true,
  })
  expect(await admin.tenant.summary.query(at)).toMatchObject({
    services: [{ service: 'advisor', status: { status: 'active' } }],
    missing: [{ service: 'chatbot' }],
    partial: true,
  })
})
