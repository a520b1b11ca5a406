import { marketCompatApi, type RequestFailure, type RunningServer, serve, standardApi } from '@mt-paas/server'
import Koa from 'koa'
import { referenceHandler } from '../conformance/mutant/reference-handler.ts'
import { createReferenceStore } from '../conformance/mutant/reference-store.ts'
import { consoleBrowser, operatorBrowser } from '../console/console-client.test.support.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/start-simulator.ts'

/** A market with one service in its catalogue, and the operator's browser. */
export interface MarketBench extends AsyncDisposable {
  readonly simulator: Simulator
  readonly service: RunningServer
  readonly operator: Awaited<ReturnType<typeof operatorBrowser>>['client']
  readonly browser: Awaited<ReturnType<typeof operatorBrowser>>
  /** Starts the service anew at the address that it had. */
  restartService(): Promise<void>
  /** Applies, approves and waits for the subscription. */
  subscribe(more?: { readonly email?: string; readonly kind?: 'demo' | 'service' }): Promise<Subscribed>
  /** A browser in which the account has logged in, with a password of its own. */
  tenantAdmin(email: string): Promise<ReturnType<typeof consoleBrowser>>
}

/** What came of an application. */
export interface Subscribed {
  readonly applicationId: number
  readonly subscriptionId: number
  readonly tenantId: string
}

/** Plans of the bench's service. */
export const PLANS = [
  { id: 'trial', title: { ko: '체험', en: 'Trial' }, kind: 'demo', limits: { max_users: 5 }, features: ['rag'] },
  {
    id: 'campus',
    title: { ko: '캠퍼스', en: 'Campus' },
    kind: 'service',
    price: { amount: '990000', currency: 'KRW' },
    limits: { max_users: 500 },
    features: ['rag', 'quiz'],
  },
] as const

/** The key of the bench's service. */
export const BENCH_KEY = 'key-of-the-bench'

/** A service with everything in memory. */
function startBenchService(port = 0): Promise<RunningServer> {
  const handler = referenceHandler(createReferenceStore(() => new Date()))
  const options = { env: { MARKET_API_KEY: BENCH_KEY }, onError: () => {} }
  const app = new Koa()
  app.use(standardApi(handler, { ...options, title: 'Bench' }))
  app.use(marketCompatApi(handler, options))
  return serve(app, { port })
}

const CHEAP = { N: 16, r: 1, p: 1 }

/** Opens a bench. */
export async function openMarketBench(options: SimulatorOptions = {}): Promise<MarketBench> {
  const failures: unknown[] = []
  // What services answered wrongly is told to callers; what went wrong here is for nobody.
  const onFailure = ({ error }: RequestFailure) => error.status === 500 && failures.push(error.cause ?? error)
  let service = await startBenchService()
  const simulator = await startSimulator({ port: 0, onFailure, passwordCost: CHEAP, ...options })
  const browser = await operatorBrowser(simulator)
  const operator = browser.client
  await operator.market.registerService.mutate({
    slug: 'advisor',
    title: { ko: '어드바이저', en: 'Advisor' },
    base_url: service.url,
    api_key: BENCH_KEY,
    plans: PLANS.map((plan) => ({ ...plan, features: [...plan.features] })),
  })
  return {
    simulator,
    get service() {
      return service
    },
    async restartService() {
      service = await startBenchService(Number(new URL(service.url).port))
    },
    operator,
    browser,
    async subscribe({ email = 'admin@hallym.ac.kr', kind = 'demo' } = {}) {
      const applicant = { email, name: '홍길동', university_name: '한림대학교' }
      const { id } = await operator.market.submitApplication.mutate({ service: 'advisor', kind, applicant })
      await operator.market.approve.mutate({ id })
      await simulator.engine.idle()
      await simulator.market.idle()
      const { subscription_id, tenant_id } = await operator.market.getApplication.query({ id })
      if (subscription_id === null || tenant_id === null) throw new Error(`Application ${id} has no subscription`)
      return { applicationId: id, subscriptionId: subscription_id, tenantId: tenant_id }
    },
    async tenantAdmin(email) {
      const { mails } = await operator.market.listMails.query({ text: email })
      const password = mails.map(({ content }) => /One-time password: (\S+)/.exec(content.en.text)?.[1]).find(Boolean)
      const admin = consoleBrowser(simulator)
      await admin.client.session.login.mutate({ email, password: password ?? '' })
      const change = { current_password: password ?? '', new_password: 'my own password' }
      await admin.client.session.changePassword.mutate(change)
      return admin
    },
    async [Symbol.asyncDispose]() {
      await simulator.close()
      await service.close()
      if (failures.length > 0) throw failures[0]
    },
  }
}
