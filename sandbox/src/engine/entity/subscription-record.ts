import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ApplicationKind } from '@mt-paas/server/contract'

/** States of a subscription. */
export const subscriptionStates = ['active', 'suspended', 'expired', 'cancelled'] as const

/** One of {@link subscriptionStates}. */
export type SubscriptionState = (typeof subscriptionStates)[number]

/** A tenant's use of a service. */
export const subscriptionRecord = defineEntity({
  name: 'MarketSubscription',
  tableName: 'market_subscriptions',
  properties: {
    id: p.integer().primary().autoincrement(),
    accountId: p.integer(),
    serviceSlug: p.text(),
    /** The tenant as the service calls it. */
    tenantId: p.text(),
    /** The newest application that led to it. */
    applicationId: p.integer(),
    kind: p.enum(ApplicationKind.options),
    plan: p.text(),
    status: p.enum(subscriptionStates),
    /** `YYYY-MM-DD`, as is the end, which is the last day of use. */
    startDate: p.text(),
    endDate: p.text(),
    /** The moment after the last day, UTC. */
    endsAt: p.datetime(),
    accessUrl: p.text().nullable(),
    /** Why the service did not do what it was last asked for. */
    problem: p.text().nullable(),
    /** Days before the end of the last warning that was mailed. */
    warnedDays: p.integer().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})

export type SubscriptionRecord = InferEntity<typeof subscriptionRecord>
