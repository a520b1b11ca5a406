import { accountRecord, subscriptionRecord } from '../engine/entity/index.ts'
import type { Engine } from '../engine/index.ts'
import type { PasswordCost } from '../services/assistant/login/password-hash.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { type ApplicationDesk, createApplicationDesk } from './application-desk.ts'
import { type Catalogue, createCatalogue } from './catalogue.ts'
import { entryOf } from './catalogue-entry.ts'
import { type ConformanceRuns, openConformanceRuns } from './conformance-runs.ts'
import { createDeliveryLog, type DeliveryLog } from './delivery-log.ts'
import { createExpiry } from './expiry.ts'
import type { MarketParts } from './market-parts.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { type Overview, type OverviewOptions, readOverview } from './overview.ts'
import { createServiceClients, type ServiceClients } from './service-clients.ts'
import { createSettlement } from './settle-application.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

/** A tenant at a service. */
export interface TenantOfService {
  /** Slug of the service. */
  readonly service: string
  readonly tenant_id: string
}

/** The market on an engine: catalogue, applications, subscriptions, and what shows how they do. */
export interface Market {
  readonly catalogue: Catalogue
  readonly applications: ApplicationDesk
  readonly subscriptions: Subscriptions
  readonly outbox: Outbox
  readonly accounts: Accounts
  readonly deliveries: DeliveryLog
  readonly conformance: ConformanceRuns
  /** Typed clients of the services. */
  readonly clients: ServiceClients
  overview(options?: OverviewOptions): Promise<Overview>
  /** Whether an account has a subscription, whatever its state, for this tenant. */
  isTenantOf(accountId: number, tenant: TenantOfService): Promise<boolean>
  /** What an account may look at. */
  tenantsOf(accountId: number): Promise<readonly TenantOfAccount[]>
  /** The other tenants of the account that has a tenant; that tenant alone when no account has it. */
  siblingsOf(tenant: TenantOfService): Promise<readonly TenantOfService[]>
  /** The accounts with their tenants, newest first. */
  listAccounts(): Promise<readonly AccountView[]>
  /** Gives an account a new one-time password by mail. @throws MarketError 404 */
  resetPassword(accountId: number): Promise<void>
  /** Takes up what an earlier process left; callbacks can be received from here on. */
  begin(): void
  /** What happened so far has had its effects. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** A tenant that an account may look at. */
export type TenantOfAccount = Awaited<ReturnType<typeof tenantsOfAccount>>[number]

/** An account on the wire. */
export type AccountView = Awaited<ReturnType<typeof accountViews>>[number]

/** Options of {@link openMarket}. */
export interface MarketOptions {
  /** Real time. */
  readonly now: () => Date
  /** Address of the page. */
  readonly pageUrl: () => string
  /** Gets failures that no caller hears of. */
  readonly onError: (error: unknown) => void
  /** What it takes to try a password of an account. @default PASSWORD_COST */
  readonly passwordCost?: PasswordCost | undefined
}

const DECIDING = new Set(['application.completed', 'callback.received'])

/** Opens the market, at rest until it is told to begin. */
export async function openMarket(engine: Engine, options: MarketOptions): Promise<Market> {
  const { pageUrl, onError } = options
  const accounts = createAccounts(engine, options)
  const clients = createServiceClients(engine)
  const parts: MarketParts = { engine, accounts, clients, pageUrl }
  let isClosed = false
  let working: Promise<void> = Promise.resolve()

  /** One after another, in the order of the events. */
  function follow(work: () => Promise<void>): void {
    working = working.then(work).catch((error: unknown) => {
      if (!isClosed) onError(error)
    })
  }

  const settle = createSettlement(parts, () => expiry.schedule())
  const subscriptions = createSubscriptions(parts, () => expiry.schedule())
  const expiry = createExpiry(parts, subscriptions, onError)
  const applications = createApplicationDesk(parts, settle)
  const conformance = await openConformanceRuns(parts, onError)
  const unsubscribe = engine.events.subscribe(({ type, applicationId }) => {
    if (isClosed || applicationId == null || !DECIDING.has(type)) return
    follow(() => settle(applicationId))
  })
  return {
    catalogue: createCatalogue(engine, clients),
    applications,
    subscriptions,
    outbox: createOutbox(engine),
    accounts,
    deliveries: createDeliveryLog(engine),
    conformance,
    clients,
    overview: (options) => readOverview(parts, options),
    async isTenantOf(accountId, { service: serviceSlug, tenant_id: tenantId }) {
      return (await engine.store.reader().count(subscriptionRecord, { accountId, serviceSlug, tenantId })) > 0
    },
    tenantsOf: (accountId) => tenantsOfAccount(engine, accountId),
    async siblingsOf(tenant) {
      const em = engine.store.reader()
      const own = { serviceSlug: tenant.service, tenantId: tenant.tenant_id }
      const subscription = await em.findOne(subscriptionRecord, own)
      if (!subscription) return [tenant]
      const { accountId } = subscription
      const all = await em.find(subscriptionRecord, { accountId }, { orderBy: { id: 'asc' } })
      return all.map(({ serviceSlug, tenantId }) => ({ service: serviceSlug, tenant_id: tenantId }))
    },
    listAccounts: () => accountViews(engine),
    resetPassword: (accountId) => accounts.resetPassword(accountId, pageUrl()),
    begin() {
      follow(() => applications.recover())
      expiry.schedule()
    },
    idle: () => working,
    async close() {
      isClosed = true
      unsubscribe()
      expiry.close()
      await conformance.close()
      await working
      await clients.close()
    },
  }
}

async function tenantsOfAccount({ store, services }: Engine, accountId: number) {
  const found = await store.reader().find(subscriptionRecord, { accountId }, { orderBy: { id: 'asc' } })
  const titles = new Map((await services.list()).map((service) => [service.slug, entryOf(service).title]))
  return found.map(({ id, serviceSlug, tenantId, plan, status, endDate, accessUrl }) => ({
    service: serviceSlug,
    service_title: titles.get(serviceSlug) ?? { ko: serviceSlug, en: serviceSlug },
    tenant_id: tenantId,
    subscription_id: id,
    plan,
    status,
    end_date: endDate,
    access_url: accessUrl ?? null,
  }))
}

async function accountViews(engine: Engine) {
  const rows = await engine.store.reader().find(accountRecord, {}, { orderBy: { id: 'desc' } })
  return Promise.all(
    rows.map(async ({ id, email, name, university, mustChange, createdAt, lastLoginAt }) => ({
      id,
      email,
      name,
      university,
      must_change_password: mustChange,
      created_at: createdAt.toISOString(),
      last_login_at: lastLoginAt?.toISOString() ?? null,
      tenants: await tenantsOfAccount(engine, id),
    })),
  )
}
