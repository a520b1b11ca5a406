import { startTemporaryServer } from '@mt-paas/core'
import { type Simulator, seedTenant, startAdvisor, startSimulator } from '@mt-paas/sandbox'
import { builtPage } from './built-page.ts'

/** A simulator with its page, and the sample service Advisor on a PostgreSQL of its own. */
export interface TenantSandbox {
  readonly simulator: Simulator
  /** Applies, approves and waits for the tenant. */
  provision(applicant: Applicant): Promise<ProvisionedTenant>
  /** Fills a tenant with a few days of use. */
  fill(tenantId: string): Promise<void>
  /** The one-time password that was mailed. */
  passwordOf(email: string): Promise<string>
  close(): Promise<void>
}

/** Whom a tenant is made for. */
export interface Applicant {
  readonly email: string
  readonly name: string
  readonly university_name: string
}

/** A tenant and the application that made it. */
export interface ProvisionedTenant {
  readonly applicationId: number
  readonly tenantId: string
}

const API_KEY = 'a key of the page tests'

const CHEAP = { N: 16, r: 1, p: 1 }

/** Starts all of it on free ports; Advisor is in the catalogue. */
export async function openTenantSandbox(): Promise<TenantSandbox> {
  const [pageDir, postgres] = await Promise.all([builtPage(), startTemporaryServer()])
  const central = new URL(postgres.url)
  central.pathname = '/advisor_central'
  const samples = await openSamples()
  const advisor = await samples.add({
    name: 'advisor',
    title: 'Advisor',
    port: 0,
    start: (port) => startAdvisor({ centralUrl: central.href, apiKey: API_KEY, port, env: {} }),
  })
  const simulator = await startSimulator({ port: 0, pageDir, seed: 'page', samples, passwordCost: CHEAP })
  const { market, engine } = simulator
  await market.catalogue.register({
    slug: 'advisor',
    title: { ko: '어드바이저', en: 'Advisor' },
    description: { ko: '학사 상담', en: 'Answers about studies' },
    prefix: '/mt',
    protocol: 'auto',
    plans: [
      {
        id: 'demo',
        title: { ko: '체험', en: 'Demo' },
        kind: 'demo',
        price: null,
        limits: { max_users: 50 },
        features: [],
      },
      { id: 'standard', title: { ko: '표준', en: 'Standard' }, kind: 'service', price: null, limits: {}, features: [] },
    ],
    shape: 'flat',
    base_url: advisor.url,
    api_key: API_KEY,
  })
  return {
    simulator,
    async provision(applicant) {
      const { id } = await market.applications.apply({ service: 'advisor', kind: 'demo', applicant })
      await market.applications.approve({ id })
      await engine.idle()
      await market.idle()
      const { tenant_id } = await market.applications.get(id)
      if (tenant_id === null) throw new Error(`Application ${id} has no tenant`)
      return { applicationId: id, tenantId: tenant_id }
    },
    async fill(tenantId) {
      await seedTenant(advisor, tenantId, { days: 4, users: 6 })
    },
    async passwordOf(email) {
      const { mails } = await market.outbox.list({ text: email, limit: 20 })
      const found = mails.map(({ content }) => /One-time password: (\S+)/.exec(content.en.text)?.[1]).find(Boolean)
      if (found === undefined) throw new Error(`No password was mailed to ${email}`)
      return found
    },
    async close() {
      await simulator.close()
      await samples.close()
      await postgres.stop()
    },
  }
}

type Samples = NonNullable<NonNullable<Parameters<typeof startSimulator>[0]>['samples']>

interface OwnSamples extends Samples {
  add<TService>(sample: {
    readonly name: string
    readonly title: string
    readonly port: number
    readonly start: (port: number) => Promise<TService>
  }): Promise<TService>
  close(): Promise<void>
}

/** Those of `mt-paas sandbox`; no entry point has them. */
async function openSamples(): Promise<OwnSamples> {
  const source = new URL('../../src/market/samples.ts', import.meta.url).href
  const { createSamples }: { createSamples(): OwnSamples } = await import(source)
  return createSamples()
}
