import { MarketError } from './market-error.ts'

/** Slows down who guesses passwords. */
export interface LoginThrottle {
  /** @throws StandardApiError 429 while an account is closed for logins */
  assertFree(key: string): void
  refused(key: string): void
  accepted(key: string): void
}

const MOST_REFUSALS = 5
/** How long refusals count, ms. */
const WINDOW = 60_000
const MOST_KEYS = 10_000

/** Refuses further logins to an account after a few wrong passwords within a minute. */
export function createLoginThrottle(now: () => Date): LoginThrottle {
  const refusals = new Map<string, { count: number; until: number }>()
  return {
    assertFree(key) {
      const found = refusals.get(key)
      const left = found && found.count >= MOST_REFUSALS ? found.until - now().getTime() : 0
      if (left > 0) throw MarketError.tooManyLogins(Math.ceil(left / 1_000))
    },
    refused(key) {
      const time = now().getTime()
      const before = refusals.get(key)
      const count = before && before.until > time ? before.count + 1 : 1
      refusals.delete(key)
      refusals.set(key, { count, until: time + WINDOW })
      const [oldest] = refusals.keys()
      if (refusals.size > MOST_KEYS && oldest !== undefined) refusals.delete(oldest)
    },
    accepted(key) {
      refusals.delete(key)
    },
  }
}
