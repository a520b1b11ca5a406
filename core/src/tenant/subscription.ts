import type { TenantRecord } from '../central/tenant-record.ts'
import type { PlanLimits } from '../plan/plan.ts'
import { type UtcDay, utcDay } from './utc-day.ts'

/** `cancelled` ends at its last day, `expired` has ended. */
export type SubscriptionStatus = 'active' | 'cancelled' | 'expired'

/** What a tenant subscribed to, for a time. */
export interface Subscription {
  readonly tenantId: string
  /** The market's word. */
  readonly plan: string
  /** Limits that are not the plan's. */
  readonly limits: Partial<PlanLimits>
  /** Features that are neither the plan's nor those the market listed. */
  readonly features: Readonly<Record<string, boolean>>
  readonly startDate: UtcDay
  /** Last day, to its end; null is open. */
  readonly endDate: UtcDay | null
  /** Whether {@link Subscriptions.expireDue} renews it at its end. */
  readonly autoRenew: boolean
  /** Months by which it is renewed. */
  readonly termMonths: number
  readonly status: SubscriptionStatus
}

/** A version of a subscription that was replaced. */
export interface PastSubscription extends Subscription {
  readonly openedAt: Date
  /** Null for the version that counts. */
  readonly closedAt: Date | null
}

/** Months of a subscription that nobody gave a term. */
export const DEFAULT_TERM_MONTHS = 12

/** The columns of a version, named as members, for a table named `s`. */
export const SUBSCRIPTION_COLUMNS = `s.plan, s.limits, s.features, s.starts_on as "startDate", s.ends_on as "endDate",
  s.auto_renew as "autoRenew", s.term_months as "termMonths", s.status`

/** A version as {@link SUBSCRIPTION_COLUMNS} select it. */
export type SubscriptionRow = Omit<Subscription, 'tenantId'>

/** What counts for a tenant that was made without a subscription: its plan, until it expires. */
export function impliedSubscription(tenant: Pick<TenantRecord, 'plan' | 'createdAt' | 'expiresAt'>): SubscriptionRow {
  const startDate = utcDay(tenant.createdAt)
  const end = tenant.expiresAt ? utcDay(tenant.expiresAt) : null
  return {
    plan: tenant.plan,
    limits: {},
    features: {},
    startDate,
    endDate: end && end < startDate ? startDate : end,
    autoRenew: false,
    termMonths: DEFAULT_TERM_MONTHS,
    status: 'active',
  }
}
