import { isServiceError } from '@mt-paas/client'
import { type SubscriptionRecord, subscriptionRecord } from '../engine/entity/index.ts'
import type { MarketParts } from './market-parts.ts'
import { post } from './outbox.ts'
import { changed, mailFacts, subscriptionContext } from './subscription-context.ts'
import type { Subscriptions } from './subscriptions.ts'
import { deactivate } from './tenant-calls.ts'
import { DAY } from './term.ts'

/** Ends subscriptions when their time is over, and warns before. */
export interface Expiry {
  /** Looks anew when the next one is due. */
  schedule(): void
  /** Does what is due now. */
  run(): Promise<void>
  close(): void
}

/** Days before the end on which a mail is sent, the later ones last. */
const WARNINGS = [7, 1]
/** A service that could not be told is told again after this time, ms. */
const RETRY = 3_600_000
/** ms */
const SOON = 1_000

/** Watches the ends of subscriptions by the sandbox's clock. */
export function createExpiry(
  parts: MarketParts,
  subscriptions: Pick<Subscriptions, 'alone'>,
  onError: (error: unknown) => void,
): Expiry {
  const { engine, clients } = parts
  let cancel: () => void = () => undefined
  let isClosed = false

  async function open(): Promise<readonly SubscriptionRecord[]> {
    const inUse = { status: { $in: ['active' as const, 'suspended' as const] } }
    const untold = { status: 'expired' as const, problem: { $ne: null } }
    return engine.store.reader().find(subscriptionRecord, { $or: [inUse, untold] }, { orderBy: { endsAt: 'asc' } })
  }

  async function next(): Promise<Date | undefined> {
    const times = (await open()).map((one) => dueTime(one, engine.clock.now()))
    return times.length === 0 ? undefined : new Date(Math.min(...times))
  }

  async function arm(earliest = 0): Promise<void> {
    const due = await next()
    cancel()
    if (due && !isClosed) cancel = engine.clock.at(new Date(Math.max(due.getTime(), earliest)), runAndArm)
  }

  async function runAndArm(): Promise<void> {
    try {
      await run()
      // What could not be done now is tried again soon, and not at once.
      await arm(engine.clock.now().getTime() + SOON)
    } catch (error) {
      if (!isClosed) onError(error)
    }
  }

  async function run(): Promise<void> {
    const now = engine.clock.now()
    for (const subscription of await open()) {
      if (isClosed) return
      if (subscription.endsAt <= now)
        await subscriptions.alone(subscription.id, () => end(subscription.id)).catch(onError)
      else await warn(subscription, now)
    }
  }

  async function end(id: number): Promise<void> {
    const context = await subscriptionContext(parts, id)
    const { status, tenantId, serviceSlug, applicationId, endsAt } = context.subscription
    if (endsAt > engine.clock.now() || status === 'cancelled') return
    const problem = status === 'suspended' ? null : await stop(serviceSlug, tenantId)
    await engine.events.journal(async (em, tell) => {
      const values = { status: 'expired' as const, problem, updatedAt: engine.clock.now() }
      const after = { ...context, subscription: await changed(em, id, values) }
      if (status === 'expired') return
      post(em, engine, {
        kind: 'expired',
        to: context.account.email,
        subscriptionId: id,
        words: (text, language) => text.expired(mailFacts(after, language)),
      })
      const data = { subscription_id: id, service: serviceSlug, tenant_id: tenantId, status: 'expired' }
      tell('subscription.expired', { applicationId, data })
    })
  }

  /** What the service had against it; null when it did as asked. */
  async function stop(slug: string, tenantId: string): Promise<string | null> {
    if (!(await engine.services.find(slug))) return null
    try {
      await deactivate(await clients.of(slug), { tenantId, reason: 'subscription_expired' })
      return null
    } catch (error) {
      if (!isServiceError(error)) throw error
      return `${error.operation}: ${error.code} ${error.message}`
    }
  }

  async function warn(subscription: SubscriptionRecord, now: Date): Promise<void> {
    const days = WARNINGS.findLast((one) => now.getTime() >= subscription.endsAt.getTime() - one * DAY)
    if (days === undefined || (subscription.warnedDays ?? Number.POSITIVE_INFINITY) <= days) return
    const context = await subscriptionContext(parts, subscription.id)
    const left = Math.max(1, Math.ceil((subscription.endsAt.getTime() - now.getTime()) / DAY) - 1)
    await engine.events.journal(async (em) => {
      await changed(em, subscription.id, { warnedDays: days })
      post(em, engine, {
        kind: 'expiry_warning',
        to: context.account.email,
        subscriptionId: subscription.id,
        words: (text, language) => text.expiryWarning(mailFacts(context, language), left),
      })
    })
  }

  return {
    schedule() {
      arm().catch((error: unknown) => {
        if (!isClosed) onError(error)
      })
    },
    run: runAndArm,
    close() {
      isClosed = true
      cancel()
    },
  }
}

/** When something is to be done about a subscription next, ms since 1970. */
function dueTime({ status, endsAt, warnedDays }: SubscriptionRecord, now: Date): number {
  if (status === 'expired') return now.getTime() + RETRY
  const warned = warnedDays ?? Number.POSITIVE_INFINITY
  const [first] = WARNINGS.filter((days) => days < warned).map((days) => endsAt.getTime() - days * DAY)
  return Math.min(first ?? endsAt.getTime(), endsAt.getTime())
}
