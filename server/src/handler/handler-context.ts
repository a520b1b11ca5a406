import type { Caller } from '../auth/caller.ts'

/** Lets a procedure say more than its output: a status such as 202, headers such as `Location` or `ETag`. */
export interface Reply {
  /** HTTP status of success. @default the operation's */
  status: number | undefined
  /** Sets a header of the answer; the last value of a name wins. */
  setHeader(name: string, value: string): void
}

/** What a procedure knows of the call beside its input. */
export interface HandlerContext {
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal
  /** Stands in the answer's `X-Request-Id`, in error bodies and in the log. */
  readonly requestId: string
  /** The tenant the call is about; undefined only for the health check. */
  readonly tenantId: string | undefined
  readonly caller: Caller
  /** The caller's name for this one request, from `Idempotency-Key`; undefined when it sent none. */
  readonly idempotencyKey: string | undefined
  /** Whether the caller sent `Prefer: respond-async`: an answer of 202 before the end is welcome. */
  readonly respondAsync: boolean
  readonly reply: Reply
}
