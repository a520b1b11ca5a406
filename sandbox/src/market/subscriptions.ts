import { isServiceError, type ServiceClient } from '@mt-paas/client'
import type { SubscriptionRecord } from '../engine/entity/index.ts'
import { entryOf, planOf } from './catalogue-entry.ts'
import { MarketError } from './market-error.ts'
import type { MarketParts } from './market-parts.ts'
import { type MailKind, post } from './outbox.ts'
import type { Plan } from './service-manifest.ts'
import { type SubscriptionAction, subscriptionActions } from './subscription-actions.ts'
import {
  changed,
  mailFacts,
  planOrName,
  type SubscriptionContext,
  subscriptionContext,
} from './subscription-context.ts'
import {
  listSubscriptions,
  type SubscriptionFilter,
  type SubscriptionView,
  subscriptionView,
} from './subscription-list.ts'
import { activate, applyPlan, deactivate } from './tenant-calls.ts'
import { DAY, dayOf, daysAfter, endOf } from './term.ts'

/** A subscription that is to be ended, and how. */
export interface CancelOptions {
  readonly id: number
  /** Whether the service keeps the data for a while. @default true */
  readonly preserveData?: boolean | undefined
}

/** A subscription that is to go on. */
export interface RenewOptions {
  readonly id: number
  /** The last day. @default the same time again, from the present end or today, whichever is later */
  readonly endDate?: string | undefined
}

/** The subscriptions of a market. Every change is made at the service first, by the Standard API. */
export interface Subscriptions {
  list(
    filter: SubscriptionFilter,
  ): Promise<{ readonly total: number; readonly subscriptions: readonly SubscriptionView[] }>
  /** @throws MarketError 404 */
  get(id: number): Promise<SubscriptionView>
  /** @throws MarketError 404, 409; ServiceError */
  suspend(id: number, reason: string): Promise<SubscriptionView>
  /** @throws MarketError 404, 409; ServiceError */
  resume(id: number): Promise<SubscriptionView>
  /** @throws MarketError 404, 409, 422; ServiceError */
  changePlan(id: number, plan: string): Promise<SubscriptionView>
  /** @throws MarketError 404, 409, 422; ServiceError */
  renew(options: RenewOptions): Promise<SubscriptionView>
  /** @throws MarketError 404, 409; ServiceError */
  cancel(options: CancelOptions): Promise<SubscriptionView>
  /** Keeps others from a subscription while work is done with it. @throws MarketError 409 */
  alone<TResult>(id: number, work: () => Promise<TResult>): Promise<TResult>
}

/** What is written down after a service did as it was asked. */
interface Change {
  readonly values: Partial<SubscriptionRecord>
  readonly event: string
  readonly mail: MailKind | null
  /** Said in mails about a suspension. */
  readonly reason?: string
}

/** The subscriptions of a market; `rescheduled` is told when ends have moved. */
export function createSubscriptions(parts: MarketParts, rescheduled: () => void): Subscriptions {
  const { engine, clients } = parts
  const busy = new Set<number>()

  async function alone<TResult>(id: number, work: () => Promise<TResult>): Promise<TResult> {
    if (busy.has(id)) throw MarketError.busy()
    busy.add(id)
    try {
      return await work()
    } finally {
      busy.delete(id)
    }
  }

  async function write(context: SubscriptionContext, change: Change): Promise<void> {
    const { id, serviceSlug, tenantId, applicationId } = context.subscription
    await engine.events.journal(async (em, tell) => {
      const values = { problem: null, ...change.values, updatedAt: engine.clock.now() }
      const subscription = await changed(em, id, values)
      const after = { ...context, subscription }
      if (change.mail) postAbout(em, after, change)
      const data = { subscription_id: id, service: serviceSlug, tenant_id: tenantId, status: subscription.status }
      tell(`subscription.${change.event}`, { applicationId, data })
    })
    rescheduled()
  }

  function postAbout(
    em: Parameters<typeof post>[0],
    context: SubscriptionContext,
    { mail, reason = '' }: Change,
  ): void {
    if (!mail) return
    post(em, engine, {
      kind: mail,
      to: context.account.email,
      subscriptionId: context.subscription.id,
      words(text, language) {
        const facts = mailFacts(context, language)
        if (mail === 'suspended') return text.suspended(facts, reason)
        if (mail === 'resumed') return text.resumed(facts)
        if (mail === 'plan_changed') return text.planChanged(facts)
        if (mail === 'renewed') return text.renewed(facts)
        return text.cancelled(facts)
      },
    })
  }

  /** Looks whether an action is legal, does it alone, and keeps what the service had against it. */
  async function act(
    id: number,
    action: SubscriptionAction,
    work: (context: SubscriptionContext, client: ServiceClient) => Promise<Change>,
  ): Promise<SubscriptionView> {
    return alone(id, async () => {
      const context = await subscriptionContext(parts, id)
      const { status, serviceSlug } = context.subscription
      const allowed = subscriptionActions(status)
      if (!allowed.includes(action)) {
        throw MarketError.refused(action, { what: 'subscription', state: status, allowed })
      }
      try {
        await write(context, await work(context, await clients.of(serviceSlug)))
      } catch (error) {
        if (isServiceError(error)) await note(context, `${error.operation}: ${error.code} ${error.message}`)
        throw error
      }
      return view(id)
    })
  }

  function note(context: SubscriptionContext, problem: string): Promise<void> {
    return write(context, { values: { problem }, event: 'problem', mail: null })
  }

  async function view(id: number): Promise<SubscriptionView> {
    const { subscription, account, service } = await subscriptionContext(parts, id)
    return subscriptionView(subscription, { account, title: service ? entryOf(service).title : null })
  }

  return {
    list: (filter) => listSubscriptions(parts, filter),
    get: view,
    alone,
    suspend: (id, reason) =>
      act(id, 'suspend', async ({ subscription: { tenantId } }, client) => {
        if (!(await deactivate(client, { tenantId, reason: 'admin_request' }))) throw MarketError.tenantGone(tenantId)
        return { values: { status: 'suspended' }, event: 'suspended', mail: 'suspended', reason }
      }),
    resume: (id) =>
      act(id, 'resume', async ({ subscription, account, service }, client) => {
        if (subscription.endsAt <= engine.clock.now()) throw MarketError.over(subscription.endDate)
        const plan = planOrName(service, subscription.plan)
        const accessUrl = await activate(client, { subscription, account, plan })
        const values = { status: 'active' as const, ...(accessUrl !== null && { accessUrl }) }
        return { values, event: 'resumed', mail: 'resumed' }
      }),
    changePlan: (id, planId) =>
      act(id, 'change_plan', async (context, client) => {
        const { subscription, account } = context
        const plan = knownPlan(context, planId)
        const { tenantId } = subscription
        // The Standard API gives a tenant its plan when it begins, so it stops for a moment with its data kept.
        if (!(await deactivate(client, { tenantId, reason: 'admin_request' }))) throw MarketError.tenantGone(tenantId)
        await write(context, { values: { status: 'suspended' }, event: 'changing', mail: null })
        const accessUrl = await activate(client, { subscription, account, plan })
        const problem = await applyPlan(client, tenantId, plan)
        const values = { status: 'active' as const, plan: plan.id, problem, ...(accessUrl !== null && { accessUrl }) }
        return { values: { ...values, kind: plan.kind }, event: 'plan_changed', mail: 'plan_changed' }
      }),
    renew: ({ id, endDate }) =>
      act(id, 'renew', async ({ subscription, account, service }, client) => {
        const end = endDate ?? nextEnd(subscription, engine.clock.now())
        if (endOf(end) <= engine.clock.now()) throw MarketError.badDates('The new end is in the past')
        if (end < subscription.endDate) throw MarketError.badDates('The new end is before the present one')
        const term = { endDate: end, endsAt: endOf(end), warnedDays: null }
        if (subscription.status !== 'expired') return { values: term, event: 'renewed', mail: 'renewed' }
        const plan = planOrName(service, subscription.plan)
        const accessUrl = await activate(client, { subscription, account, plan })
        const values = { ...term, status: 'active' as const, ...(accessUrl !== null && { accessUrl }) }
        return { values, event: 'renewed', mail: 'renewed' }
      }),
    cancel: ({ id, preserveData = true }) =>
      act(id, 'cancel', async ({ subscription: { tenantId } }, client) => {
        await deactivate(client, { tenantId, reason: 'admin_request', preserveData })
        return { values: { status: 'cancelled' }, event: 'cancelled', mail: 'cancelled' }
      }),
  }
}

function knownPlan({ service }: SubscriptionContext, id: string): Plan {
  const plan = service ? planOf(service, id) : undefined
  if (!plan) throw MarketError.unknownPlan(id, service ? entryOf(service).plans.map((one) => one.id) : [])
  return plan
}

function nextEnd({ startDate, endDate }: SubscriptionRecord, now: Date): string {
  const days = Math.round((Date.parse(endDate) - Date.parse(startDate)) / DAY)
  const from = endDate > dayOf(now) ? new Date(`${endDate}T00:00:00Z`) : now
  return daysAfter(from, Math.max(days, 1))
}
