const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits before each attempt to deliver a webhook or a callback, ms: ten attempts within 76 hours. */
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
export const LONGEST_RETRY_AFTER = 7 * 24 * HOUR
