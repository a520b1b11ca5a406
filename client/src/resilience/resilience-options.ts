/**
 * When a mutation whose answer was lost is sent again: never; always; or once the service has shown, by the header
 * `Idempotent-Replay` on any answer, that it knows keys. What never reached the service is sent again in any case.
 */
export type RetryMutations = 'unsent' | 'always' | 'auto'

/** When a service that fails is left alone. */
export interface BreakerOptions {
  /** Share of failed attempts among the last `window` that opens it. @default 0.5 */
  readonly threshold?: number
  /** @default 20 */
  readonly window?: number
  /** Attempts before it may open at all. @default 5 */
  readonly minimumAttempts?: number
  /** How long it stays open before one attempt tries again, ms. @default 5_000 */
  readonly halfOpenAfter?: number
}

/** What protects callers from a service, and a service from callers. */
export interface ResilienceOptions {
  /** Deadline of a call, its waiting and retries included, ms. @default 30_000 */
  readonly timeout?: number
  /** Attempts a call, the first included. @default 3 */
  readonly maxAttempts?: number
  /** @default 'auto' */
  readonly retryMutations?: RetryMutations
  /** Retries that all calls of ten seconds may need: a share of the calls, and a few in any case. */
  readonly retryBudget?: {
    /** @default 0.2 */
    readonly ratio?: number
    /** @default 10 */
    readonly reserve?: number
  }
  /** Pause before the first retry, ms; it doubles, and a random part of it is waited. @default 100 */
  readonly backoff?: number
  /** `false` for none. @default opens at 10 failures of 20 attempts, for 5 s */
  readonly breaker?: BreakerOptions | false
  /** Calls that run at the same time, and those that wait behind them. */
  readonly bulkhead?: {
    /** @default 64 */
    readonly concurrency?: number
    /** @default 1024 */
    readonly queue?: number
  }
  /** The clock. @default the system's */
  readonly now?: () => Date
  /** From 0 up to 1. @default Math.random */
  readonly random?: () => number
}
