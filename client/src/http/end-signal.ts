/**
 * What ends a call before its answer is there: the part of an AbortSignal that is read here, so that a call which has
 * a caller's signal and a deadline of its own need not make a whole one, whose price is that of half the call.
 */
export interface EndSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}
