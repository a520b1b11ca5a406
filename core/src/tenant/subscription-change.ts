import { InvalidSubscriptionError, OpenSubscriptionError } from '../error/plan-errors.ts'
import { checkedFeatures, checkedLimits, type PlanLimits } from '../plan/plan.ts'
import type { PlanCatalogue } from '../plan/plan-catalogue.ts'
import { nextEnd } from './next-end.ts'
import type { Subscription } from './subscription.ts'
import { addDays, addMonths, isUtcDay, type UtcDay } from './utc-day.ts'

/** What to change of a subscription; what is left out stays. */
export interface SubscriptionChange {
  /** Another plan begins today, without the limits and features that were given for the plan before. */
  readonly plan?: string
  /** Limits to add to those that differ from the plan; null takes all of them away. */
  readonly limits?: Partial<PlanLimits> | null
  /** Features to add to those that differ from the plan; null takes all of them away. */
  readonly features?: Readonly<Record<string, boolean>> | null
  /** First day. */
  readonly startDate?: UtcDay
  /** Last day, to its end; null is open. It takes a cancellation back. */
  readonly endDate?: UtcDay | null
  readonly autoRenew?: boolean
  /** Months by which it is renewed, 1 to 1200. */
  readonly termMonths?: number
}

/** What a change is made with. */
export interface ChangeContext {
  readonly plans: PlanCatalogue
  readonly today: UtcDay
}

/**
 * The subscription after a change.
 * @throws UnknownPlanError, InvalidSubscriptionError
 */
export function changedSubscription(
  current: Subscription,
  change: SubscriptionChange,
  { plans, today }: ChangeContext,
): Subscription {
  const plan = change.plan === undefined ? current.plan : plans.get(change.plan).name
  const replaced = plan !== current.plan
  const renewed = replaced || change.endDate !== undefined
  const next = {
    ...current,
    plan,
    limits: merged(replaced ? {} : current.limits, change.limits, checkedLimits),
    features: merged(replaced ? {} : current.features, change.features, checkedFeatures),
    startDate: change.startDate ?? (replaced ? later(current.startDate, today) : current.startDate),
    endDate: change.endDate === undefined ? current.endDate : change.endDate,
    autoRenew: change.autoRenew ?? current.autoRenew,
    termMonths: change.termMonths ?? current.termMonths,
    status: renewed ? ('active' as const) : current.status,
  }
  assertSubscription(next)
  if (renewed) assertNotPast(next, today)
  return next
}

/**
 * The subscription for another term, or until `endDate`. One that has ended begins again today.
 * @throws OpenSubscriptionError, InvalidSubscriptionError
 */
export function renewedSubscription(current: Subscription, today: UtcDay, endDate?: UtcDay): Subscription {
  if (current.endDate === null) throw new OpenSubscriptionError(current.tenantId)
  const lapsed = current.endDate < today
  const following = lapsed
    ? addDays(addMonths(today, current.termMonths), -1)
    : nextEnd({ ...current, endDate: current.endDate })
  const next = {
    ...current,
    startDate: lapsed ? today : current.startDate,
    endDate: endDate ?? following,
    status: 'active' as const,
  }
  assertSubscription(next)
  if (next.endDate <= current.endDate) throw InvalidSubscriptionError.backwards()
  assertNotPast(next, today)
  return next
}

/**
 * The subscription without a renewal, until its end, or until `endDate`; an open one ends today.
 * @throws InvalidSubscriptionError
 */
export function cancelledSubscription(current: Subscription, today: UtcDay, endDate?: UtcDay): Subscription {
  if (current.status === 'expired') return { ...current, autoRenew: false }
  const end = endDate ?? current.endDate ?? later(current.startDate, today)
  const next = { ...current, endDate: end, autoRenew: false, status: 'cancelled' as const }
  assertSubscription(next)
  if (endDate !== undefined) assertNotPast(next, today)
  return next
}

/**
 * Nothing in it is impossible.
 * @throws InvalidSubscriptionError
 */
export function assertSubscription({ startDate, endDate, termMonths }: Subscription): void {
  if (!isUtcDay(startDate)) throw InvalidSubscriptionError.day('startDate')
  if (endDate !== null && !isUtcDay(endDate)) throw InvalidSubscriptionError.day('endDate')
  if (endDate !== null && endDate < startDate) throw InvalidSubscriptionError.order()
  if (!Number.isInteger(termMonths) || termMonths < 1 || termMonths > 1200) throw InvalidSubscriptionError.termMonths()
}

function assertNotPast({ endDate }: Subscription, today: UtcDay): void {
  if (endDate !== null && endDate < today) throw InvalidSubscriptionError.past()
}

function later(one: UtcDay, other: UtcDay): UtcDay {
  return one > other ? one : other
}

function merged<TValues extends object>(
  current: TValues,
  change: TValues | null | undefined,
  check: (values: TValues) => TValues,
): TValues {
  return change === null ? check({} as TValues) : { ...current, ...check(change ?? ({} as TValues)) }
}
