import { subscriptionRecord } from '../engine/entity/index.ts'
import type { Engine } from '../engine/index.ts'
import { type Accounts, createAccounts } from './accounts.ts'

/** A tenant at a service. */
export interface TenantOfService {
  /** Slug of the service. */
  readonly service: string
  readonly tenant_id: string
}

/** The market on an engine. */
export interface Market {
  readonly accounts: Accounts
  /** Whether an account has a subscription, whatever its state, for this tenant. */
  isTenantOf(accountId: number, tenant: TenantOfService): Promise<boolean>
  /** What an account may look at. */
  tenantsOf(accountId: number): Promise<readonly TenantOfAccount[]>
}

/** A tenant that an account may look at. */
export interface TenantOfAccount extends TenantOfService {
  readonly subscription_id: number
  readonly service_title: string
  readonly plan: string
  readonly status: string
  readonly access_url: string | null
}

/** Options of {@link openMarket}. */
export interface MarketOptions {
  /** Real time. */
  readonly now: () => Date
}

/** Opens the market. */
export function openMarket(engine: Engine, { now }: MarketOptions): Market {
  const { store } = engine
  return {
    accounts: createAccounts(engine, now),
    async isTenantOf(accountId, { service: serviceSlug, tenant_id: tenantId }) {
      return (await store.reader().count(subscriptionRecord, { accountId, serviceSlug, tenantId })) > 0
    },
    async tenantsOf(accountId) {
      const found = await store.reader().find(subscriptionRecord, { accountId }, { orderBy: { id: 'asc' } })
      const services = new Map((await engine.services.list()).map(({ slug, title }) => [slug, title]))
      return found.map(({ id, serviceSlug, tenantId, plan, status, accessUrl }) => ({
        service: serviceSlug,
        tenant_id: tenantId,
        subscription_id: id,
        service_title: services.get(serviceSlug) ?? serviceSlug,
        plan,
        status,
        access_url: accessUrl ?? null,
      }))
    },
  }
}
