/** After so many attempts an operation needs someone's attention. */
export const MAX_ATTEMPTS = 10

const FIRST_WAIT = 1_000
const LONGEST_WAIT = 300_000

/** How long to wait after an attempt, in ms: 1 s, twice as long each time, at most 5 minutes. */
export function waitAfter(attempt: number): number {
  return Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)
}
