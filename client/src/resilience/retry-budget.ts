/** Keeps retries from multiplying the load of a service that fails. */
export interface RetryBudget {
  recordCall(): void
  /** Whether one more retry is in the budget; it is taken when so. */
  take(): boolean
}

/** Retries may be a share of the calls of the last ten seconds, and `reserve` in any case. */
export interface RetryBudgetOptions {
  readonly ratio: number
  readonly reserve: number
  readonly now: () => Date
}

const SECONDS = 10

interface Bucket {
  readonly second: number
  calls: number
  retries: number
}

/** A budget over a sliding window of whole seconds. */
export function createRetryBudget({ ratio, reserve, now }: RetryBudgetOptions): RetryBudget {
  let buckets: Bucket[] = []

  function current(): Bucket {
    const second = Math.floor(now().getTime() / 1000)
    const last = buckets.at(-1)
    if (last?.second === second) return last
    const bucket = { second, calls: 0, retries: 0 }
    buckets = [...buckets.filter((one) => one.second > second - SECONDS && one.second < second), bucket]
    return bucket
  }

  return {
    recordCall() {
      current().calls++
    },
    take() {
      const bucket = current()
      const calls = buckets.reduce((sum, one) => sum + one.calls, 0)
      const retries = buckets.reduce((sum, one) => sum + one.retries, 0)
      if (retries + 1 > Math.max(reserve, ratio * calls)) return false
      bucket.retries++
      return true
    },
  }
}
