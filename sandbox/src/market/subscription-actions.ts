import type { SubscriptionState } from '../engine/entity/index.ts'

/** What can be done with a subscription. */
export type SubscriptionAction = 'suspend' | 'resume' | 'change_plan' | 'renew' | 'cancel'

const legal: Readonly<Record<SubscriptionState, readonly SubscriptionAction[]>> = Object.freeze({
  active: ['suspend', 'change_plan', 'renew', 'cancel'],
  suspended: ['resume', 'renew', 'cancel'],
  expired: ['renew', 'cancel'],
  cancelled: [],
})

/** The actions that are legal in a state. */
export function subscriptionActions(status: SubscriptionState): readonly SubscriptionAction[] {
  return legal[status]
}
