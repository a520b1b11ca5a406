import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** What the market decided about an application. */
export const reviewStates = ['submitted', 'approved', 'rejected', 'withdrawn'] as const

/** The market's side of an application; one that was only sent by the simulator has none. */
export const reviewRecord = defineEntity({
  name: 'MarketReview',
  tableName: 'market_reviews',
  properties: {
    applicationId: p.integer().primary(),
    plan: p.text(),
    state: p.enum(reviewStates),
    /** Why it was rejected. */
    reason: p.text().nullable(),
    /** What came of it. */
    subscriptionId: p.integer().nullable(),
    createdAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
  },
})

export type ReviewRecord = InferEntity<typeof reviewRecord>
