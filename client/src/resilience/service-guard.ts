import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel'
import type { ServiceError } from '../error/service-error.ts'
import type { CallScope } from './call-scope.ts'
import type { ResilienceOptions } from './resilience-options.ts'
import { isServiceFailure } from './retry-rule.ts'

/** How one attempt ended. */
export type Outcome = { readonly data: unknown } | { readonly error: ServiceError }

/** Stands between the calls and their service; one for each service. */
export interface ServiceGuard {
  /** Runs a call when there is room for it; undefined when not even to wait. */
  admit<T>(call: () => Promise<T>, scope: CallScope): Promise<T | undefined>
  /** Makes an attempt unless the service is left alone for now: undefined then. */
  attempt(send: () => Promise<Outcome>): Promise<Outcome | undefined>
}

/** The guard of a service, on the policies of cockatiel. */
export function createServiceGuard(options: Pick<ResilienceOptions, 'breaker' | 'bulkhead'>): ServiceGuard {
  const { concurrency = 64, queue = 1_024 } = options.bulkhead ?? {}
  const room = bulkhead(concurrency, queue)
  return {
    admit(call, scope) {
      // A call that starts at once is not asked again whether it is over.
      const starts = room.executionSlots > 0 && !scope.aborted
      const admitted = starts ? room.execute(call) : room.execute(call, scope.toAbortSignal())
      return admitted.catch(undefinedWhenRejected)
    },
    attempt: options.breaker === false ? (send) => send() : breakerOf(options.breaker),
  }
}

function breakerOf(options: ResilienceOptions['breaker'] = {}): ServiceGuard['attempt'] {
  const { threshold = 0.5, window: size = 20, minimumAttempts = 5, halfOpenAfter = 5_000 } = options || {}
  const failed = handleWhenResult((outcome) => {
    const { error } = outcome as { readonly error?: ServiceError }
    if (!error) return false
    // The attempt that tries whether the service is back proves nothing when its caller gave up.
    return isServiceFailure(error) || (error.code === 'ABORTED' && breaker.state === CircuitState.HalfOpen)
  })
  const breaker = circuitBreaker(failed, {
    halfOpenAfter,
    breaker: new CountBreaker({ threshold, size, minimumNumberOfCalls: minimumAttempts }),
  })
  return (send) => breaker.execute(send).catch(undefinedWhenBroken)
}

function undefinedWhenRejected(thrown: unknown): undefined {
  if (!(thrown instanceof BulkheadRejectedError)) throw thrown
}

function undefinedWhenBroken(thrown: unknown): undefined {
  if (!(thrown instanceof BrokenCircuitError)) throw thrown
}
