import type { EntityManager } from '@mikro-orm/sql'
import {
  type ApplicationRecord,
  applicationRecord,
  reviewRecord,
  type SubscriptionRecord,
  subscriptionRecord,
} from '../engine/entity/index.ts'
import type { EnsuredAccount, OneTimePassword } from './accounts.ts'
import type { MarketParts } from './market-parts.ts'
import { post } from './outbox.ts'
import { mailFacts, planOrName } from './subscription-context.ts'
import { applyPlan } from './tenant-calls.ts'
import { endOf } from './term.ts'

/** The tenant that a service named belongs to another applicant of the market. */
const OF_ANOTHER = 'tenant_of_another_applicant'
/** The service said that it is done and did not say with which tenant. */
const NO_TENANT = 'no_tenant_id'

/**
 * Makes an approved application that the service has completed into a subscription: the applicant gets an account and
 * a mail, the tenant its plan. Doing it again does nothing, but for an address that was learnt later.
 */
export function createSettlement(parts: MarketParts, rescheduled: () => void) {
  const { engine, accounts, clients, pageUrl } = parts

  async function subscribe(em: EntityManager, { application, plan, password }: Subscribing): Promise<Subscribed> {
    const { applicantEmail: email, applicantName: name, universityName: university } = application
    const { serviceSlug, tenantId, accessUrl, startDate, endDate, kind } = application
    if (tenantId == null) return { problem: NO_TENANT }
    const known = await em.findOne(subscriptionRecord, { serviceSlug, tenantId })
    const ensured = await accounts.ensure(em, { email, name, university }, password.hash)
    if (known && known.accountId !== ensured.account.id) return { problem: OF_ANOTHER }
    const now = engine.clock.now()
    const term = { startDate, endDate, endsAt: endOf(endDate), warnedDays: null }
    const values = { applicationId: application.id, kind, plan, status: 'active' as const, ...term, problem: null }
    const subscription = known
      ? Object.assign(known, { ...values, accessUrl: accessUrl ?? known.accessUrl, updatedAt: now })
      : em.create(subscriptionRecord, {
          ...values,
          accountId: ensured.account.id,
          serviceSlug,
          tenantId,
          accessUrl: accessUrl ?? null,
          createdAt: now,
          updatedAt: now,
        })
    await em.flush()
    return { problem: null, subscription, ensured, isNew: !known }
  }

  /** Only a new account needs one, and hashing takes its time. */
  async function firstPassword(email: string): Promise<OneTimePassword> {
    return (await accounts.isKnown(email)) ? { password: '', hash: '' } : accounts.oneTimePassword()
  }

  async function settle(id: number): Promise<void> {
    const em = engine.store.reader()
    const review = await em.findOne(reviewRecord, { applicationId: id })
    if (review?.state !== 'approved') return
    const application = await em.findOneOrFail(applicationRecord, { id })
    if (review.subscriptionId != null) return learn(application, review.subscriptionId)
    if (application.status !== 'completed') return
    const service = await engine.services.find(application.serviceSlug)
    const password = await firstPassword(application.applicantEmail)
    const done = await engine.events.journal(async (inside, tell) => {
      const open = await inside.findOneOrFail(reviewRecord, { applicationId: id })
      if (open.subscriptionId != null) return null
      const result = await subscribe(inside, { application, plan: review.plan, password })
      if (result.problem !== null) {
        open.reason = result.problem
        tell('application.unsettled', { applicationId: id, data: { reason: result.problem } })
        return null
      }
      const { subscription, ensured, isNew } = result
      Object.assign(open, { subscriptionId: subscription.id, reason: null })
      const { account } = ensured
      const consoleUrl = pageUrl()
      post(inside, engine, {
        kind: 'access',
        to: account.email,
        applicationId: id,
        subscriptionId: subscription.id,
        words: (text, language) =>
          text.access(mailFacts({ subscription, account, service }, language), {
            email: account.email,
            password: ensured.isNew ? password.password : '',
            consoleUrl,
          }),
      })
      const data = {
        subscription_id: subscription.id,
        service: subscription.serviceSlug,
        tenant_id: subscription.tenantId,
      }
      tell(isNew ? 'subscription.created' : 'subscription.extended', { applicationId: id, data })
      return subscription
    })
    if (!done) return
    rescheduled()
    await handOutPlan(done)
  }

  async function handOutPlan({ id, serviceSlug, tenantId, plan }: SubscriptionRecord): Promise<void> {
    const service = await engine.services.find(serviceSlug)
    if (!service) return
    const problem = await applyPlan(await clients.of(serviceSlug), tenantId, planOrName(service, plan))
    if (problem === null) return
    await engine.store.transaction((em) => em.nativeUpdate(subscriptionRecord, { id }, { problem }))
  }

  /** An address that came by a later callback. */
  async function learn({ accessUrl, id, tenantId }: ApplicationRecord, subscriptionId: number): Promise<void> {
    if (accessUrl == null) return
    await engine.store.transaction(async (em) => {
      const subscription = await em.findOne(subscriptionRecord, { id: subscriptionId })
      if (!subscription || subscription.applicationId !== id || subscription.tenantId !== tenantId) return
      subscription.accessUrl = accessUrl
    })
  }

  return settle
}

interface Subscribing {
  readonly application: ApplicationRecord
  readonly plan: string
  readonly password: OneTimePassword
}

type Subscribed =
  | { readonly problem: string }
  | {
      readonly problem: null
      readonly subscription: SubscriptionRecord
      readonly ensured: EnsuredAccount
      readonly isNew: boolean
    }
