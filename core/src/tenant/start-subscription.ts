import type { EntityManager } from '@mikro-orm/postgresql'
import { DEFAULT_TERM_MONTHS, type Subscription } from './subscription.ts'
import { assertSubscription } from './subscription-change.ts'
import { replaceSubscription } from './subscription-store.ts'
import { type UtcDay, utcDay } from './utc-day.ts'

/** What a subscription starts with. */
export interface SubscriptionStart {
  readonly tenantId: string
  /** The market's word. */
  readonly plan: string
  /** Last day, to its end. @default open */
  readonly endDate?: UtcDay | null
  /** @default the day of `now` */
  readonly startDate?: UtcDay
  /** @default none */
  readonly limits?: Subscription['limits']
  /** @default none */
  readonly features?: Subscription['features']
  /** @default false */
  readonly autoRenew?: boolean
  /** Months by which it is renewed. @default 12 */
  readonly termMonths?: number
}

/**
 * Starts a subscription in the place of any other, for a tenant that is activated: to be called in the transaction
 * that writes the tenant's row. An end before today is today.
 * @throws InvalidSubscriptionError
 */
export async function startSubscription(em: EntityManager, start: SubscriptionStart, now: Date): Promise<Subscription> {
  const startDate = start.startDate ?? utcDay(now)
  const endDate = start.endDate ?? null
  const subscription: Subscription = {
    tenantId: start.tenantId,
    plan: start.plan,
    limits: start.limits ?? {},
    features: start.features ?? {},
    startDate,
    endDate: endDate !== null && start.startDate === undefined && endDate < startDate ? startDate : endDate,
    autoRenew: start.autoRenew ?? false,
    termMonths: start.termMonths ?? DEFAULT_TERM_MONTHS,
    status: 'active',
  }
  assertSubscription(subscription)
  await replaceSubscription(em, subscription, now)
  return subscription
}
