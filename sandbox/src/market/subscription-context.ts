import type { EntityManager } from '@mikro-orm/sql'
import {
  type AccountRecord,
  accountRecord,
  type SubscriptionRecord,
  subscriptionRecord,
} from '../engine/entity/index.ts'
import type { ServiceRecord } from '../engine/index.ts'
import type { MailFacts } from '../text/mail-dictionary.ts'
import { entryOf, planOf } from './catalogue-entry.ts'
import { MarketError } from './market-error.ts'
import type { MarketParts } from './market-parts.ts'
import { type Plan, USUAL_PLANS } from './service-manifest.ts'

/** A subscription with everything around it. */
export interface SubscriptionContext {
  readonly subscription: SubscriptionRecord
  readonly account: AccountRecord
  /** Null when it was taken out of the catalogue. */
  readonly service: ServiceRecord | null
}

/** @throws MarketError 404 */
export async function subscriptionContext({ engine }: MarketParts, id: number): Promise<SubscriptionContext> {
  const em = engine.store.reader()
  const subscription = await em.findOne(subscriptionRecord, { id })
  if (!subscription) throw MarketError.unknown('subscription', id)
  const account = await em.findOneOrFail(accountRecord, { id: subscription.accountId })
  return { subscription, account, service: await engine.services.find(subscription.serviceSlug) }
}

/** The plan of a service by its id; one that the catalogue no longer has keeps its name. */
export function planOrName(service: ServiceRecord | null, id: string): Plan {
  const [, usual] = USUAL_PLANS
  const known = service ? planOf(service, id) : undefined
  return known ?? { kind: 'service', price: null, limits: {}, features: [], ...usual, id, title: { ko: id, en: id } }
}

/** What mails say of a subscription, in a language. */
export function mailFacts({ subscription, account, service }: SubscriptionContext, language: 'ko' | 'en'): MailFacts {
  const { plan, startDate, endDate, accessUrl, serviceSlug } = subscription
  return {
    name: account.name,
    university: account.university,
    service: service ? entryOf(service).title[language] : serviceSlug,
    plan: planOrName(service, plan).title[language],
    startDate,
    endDate,
    accessUrl: accessUrl ?? '',
  }
}

/** Changes a subscription inside of a transaction and gives it as it is then. */
export async function changed(
  em: EntityManager,
  id: number,
  change: Partial<SubscriptionRecord>,
): Promise<SubscriptionRecord> {
  const subscription = await em.findOneOrFail(subscriptionRecord, { id })
  return Object.assign(subscription, change)
}
