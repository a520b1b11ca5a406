const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits before each attempt, ms: ten attempts within 75 hours. */
export const RETRY_SCHEDULE: readonly number[] = Object.freeze([
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
])

/** A receiver that asks for more is asked again after this time, ms. */
const LONGEST_RETRY_AFTER = 7 * 24 * HOUR

/** The wait a `Retry-After` header asks for, in ms: seconds or an HTTP date. Null when it says neither. */
export function retryAfterOf(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const date = /^\d{1,9}$/.test(header) ? now.getTime() + Number(header) * SECOND : Date.parse(header)
  if (Number.isNaN(date)) return null
  return Math.min(Math.max(0, date - now.getTime()), LONGEST_RETRY_AFTER)
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
