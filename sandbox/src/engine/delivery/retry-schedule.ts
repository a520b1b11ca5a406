import { LONGEST_RETRY_AFTER, retryAfterMs } from '@mt-paas/server/contract'

/** The wait a `Retry-After` header asks for, in ms, at most a week. Null when it says none. */
export function retryAfterOf(header: string | undefined, now: Date): number | null {
  const wait = retryAfterMs(header, now)
  return wait === null ? null : Math.min(wait, LONGEST_RETRY_AFTER)
}

/** What {@link waitBeforeNext} goes by. */
export interface RetryState {
  readonly schedule: readonly number[]
  /** Attempts made so far that count. */
  readonly made: number
  /** What the receiver asked for, ms. */
  readonly retryAfter: number | null
}

/** ms until the next attempt, never earlier than the receiver asked; null when the schedule is at its end. */
export function waitBeforeNext({ schedule, made, retryAfter }: RetryState): number | null {
  const wait = schedule[made]
  return wait === undefined ? null : Math.max(wait, retryAfter ?? 0)
}
