import { TenantNotFoundError } from '@mt-paas/server'
import type { DatabaseManager } from '../database/database-manager.ts'
import type { PlanCatalogue } from '../plan/plan-catalogue.ts'
import { type PastSubscription, SUBSCRIPTION_COLUMNS, type Subscription } from './subscription.ts'
import {
  cancelledSubscription,
  changedSubscription,
  renewedSubscription,
  type SubscriptionChange,
} from './subscription-change.ts'
import { readSubscribedTenant, reviseSubscription } from './subscription-store.ts'
import { type UtcDay, utcDay } from './utc-day.ts'

/** What {@link Subscriptions} work with. */
export interface SubscriptionsOptions {
  readonly databases: Pick<DatabaseManager, 'central'>
  readonly plans: PlanCatalogue
  readonly now: () => Date
}

/** A tenant whose subscription has ended. */
export interface EndedSubscription {
  readonly tenantId: string
  readonly plan: string
  readonly endDate: UtcDay
  /** Whether it is to be renewed rather than to end. */
  readonly renews: boolean
}

/** What became of the subscriptions that had ended. */
export interface ExpiryOutcome {
  /** Tenants whose subscription goes on for another term. */
  readonly renewed: readonly string[]
  /** Tenants to suspend. */
  readonly due: readonly string[]
}

/** What tenants subscribed to: the version that counts, and all before it. Days are UTC; the last one is included. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions

  constructor(options: SubscriptionsOptions) {
    this.#options = options
  }

  /**
   * The subscription that counts.
   * @throws TenantNotFoundError
   */
  async current(tenantId: string): Promise<Subscription> {
    return (await readSubscribedTenant(this.#options.databases.central(), tenantId)).subscription
  }

  /**
   * Every version, newest first.
   * @throws TenantNotFoundError
   */
  async history(tenantId: string): Promise<PastSubscription[]> {
    const rows = await this.#options.databases
      .central()
      .execute<(PastSubscription & { openedAt: number | null; closedAt: number | null })[]>(
        `select t.id as "tenantId", ${SUBSCRIPTION_COLUMNS},
          (extract(epoch from s.opened_at) * 1000)::float8 as "openedAt",
          (extract(epoch from s.closed_at) * 1000)::float8 as "closedAt"
        from tenants t left join subscriptions s on s.tenant_id = t.id where t.id = ? order by s.id desc`,
        [tenantId],
      )
    if (rows.length === 0) throw new TenantNotFoundError(tenantId)
    return rows.flatMap(({ openedAt, closedAt, ...version }) =>
      openedAt === null
        ? []
        : [{ ...version, openedAt: new Date(openedAt), closedAt: closedAt === null ? null : new Date(closedAt) }],
    )
  }

  /**
   * Changes what is named, from now on.
   * @throws TenantNotFoundError, UnknownPlanError, InvalidSubscriptionError
   */
  change(tenantId: string, change: SubscriptionChange): Promise<Subscription> {
    const { plans } = this.#options
    return this.#revise(tenantId, (current, today) => changedSubscription(current, change, { plans, today }))
  }

  /**
   * Goes on for another term, or until `endDate`. A tenant that was suspended at its end stays so until the lifecycle
   * resumes it.
   * @throws TenantNotFoundError, OpenSubscriptionError, InvalidSubscriptionError
   */
  renew(tenantId: string, { endDate }: { readonly endDate?: UtcDay } = {}): Promise<Subscription> {
    return this.#revise(tenantId, (current, today) => renewedSubscription(current, today, endDate))
  }

  /**
   * Lets it end at its last day, or at `endDate`; an open one ends today.
   * @throws TenantNotFoundError, InvalidSubscriptionError
   */
  cancel(tenantId: string, { endDate }: { readonly endDate?: UtcDay } = {}): Promise<Subscription> {
    return this.#revise(tenantId, (current, today) => cancelledSubscription(current, today, endDate))
  }

  /** Active tenants whose last day was before the day of `now`, the longest ended first. Changes nothing. */
  expired(now: Date = this.#options.now()): Promise<EndedSubscription[]> {
    return this.#options.databases.central().execute<EndedSubscription[]>(
      `select "tenantId", plan, "endDate", renews
        from (
          select t.id as "tenantId", coalesce(s.plan, t.plan) as plan,
            coalesce(s.auto_renew and s.status = 'active', false) as renews,
            case when s.id is null then (t.expires_at at time zone 'UTC')::date else s.ends_on end as "endDate"
          from tenants t left join subscriptions s on s.tenant_id = t.id and s.closed_at is null
          where t.status = 'active'
        ) as ends
        where "endDate" < ?::date order by "endDate", "tenantId" collate "C"`,
      [utcDay(now)],
    )
  }

  /**
   * Renews what renews itself, marks the rest as expired, and lists the tenants to suspend. A tenant is listed again
   * until it is suspended, so a call that is cut off loses none.
   */
  async expireDue(now: Date = this.#options.now()): Promise<ExpiryOutcome> {
    const renewed: string[] = []
    const due: string[] = []
    for (const { tenantId } of await this.expired(now)) {
      const { status } = await this.#revise(tenantId, endedSubscription, now)
      if (status === 'expired') due.push(tenantId)
      else renewed.push(tenantId)
    }
    return { renewed, due }
  }

  #revise(
    tenantId: string,
    revise: (current: Subscription, today: UtcDay) => Subscription,
    now: Date = this.#options.now(),
  ): Promise<Subscription> {
    const revision = { tenantId, now, revise: (current: Subscription) => revise(current, utcDay(now)) }
    return this.#options.databases.central().transactional((em) => reviseSubscription(em, revision))
  }
}

/** Looks again under the lock: it may have been renewed or resumed a moment ago. */
function endedSubscription(current: Subscription, today: UtcDay): Subscription {
  if (current.endDate === null || current.endDate >= today) return current
  if (current.autoRenew && current.status === 'active') return renewedSubscription(current, today)
  return { ...current, status: 'expired' }
}
