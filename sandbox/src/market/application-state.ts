import type { ApplicationRecord, ReviewRecord } from '../engine/entity/index.ts'

/** Where an application stands: the market's decision, and what became of it at the service. */
export const marketApplicationStates = [
  'submitted',
  'provisioning',
  'provisioned',
  'failed',
  'rejected',
  'withdrawn',
] as const

/** One of {@link marketApplicationStates}. */
export type MarketApplicationState = (typeof marketApplicationStates)[number]

/** What can be done with an application. */
export type ApplicationAction = 'approve' | 'reject' | 'withdraw' | 'retry'

const legal: Readonly<Record<MarketApplicationState, readonly ApplicationAction[]>> = Object.freeze({
  submitted: ['approve', 'reject', 'withdraw'],
  provisioning: ['retry'],
  provisioned: [],
  failed: ['retry', 'reject'],
  rejected: [],
  withdrawn: [],
})

/** What the state is read from. */
export interface StateSource {
  readonly application: Pick<ApplicationRecord, 'status'>
  /** Null for an application that only the simulator knows. */
  readonly review: Pick<ReviewRecord, 'state' | 'subscriptionId'> | null
  readonly wasSent: boolean
}

/** Where an application stands. */
export function applicationStateOf({ application: { status }, review, wasSent }: StateSource): MarketApplicationState {
  if (review?.state === 'rejected' || review?.state === 'withdrawn') return review.state
  if (review?.state === 'submitted' && !wasSent) return 'submitted'
  if (status === 'failed') return 'failed'
  if (status === 'completed')
    return review?.state === 'approved' && !review.subscriptionId ? 'provisioning' : 'provisioned'
  return review?.state === 'approved' || wasSent ? 'provisioning' : 'submitted'
}

/** What is legal next. One that the simulator sent on its own can be taken over by the market. */
export function applicationActions(source: StateSource): readonly ApplicationAction[] {
  const state = applicationStateOf(source)
  const isTaken = source.review?.state === 'approved'
  return state === 'provisioned' && !isTaken ? ['approve'] : legal[state]
}
