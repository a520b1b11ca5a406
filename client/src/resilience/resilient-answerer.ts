import type { CallIdentity } from '../error/call-identity.ts'
import { ServiceError } from '../error/service-error.ts'
import type { Answerer, OutgoingCall } from '../link/answerer.ts'
import { type CallContext, callIdentity } from '../link/call-context.ts'
import { type AfterLostAnswer, confirmedActivation, readStatus, statusQuestion } from './activation-recovery.ts'
import { CallScope } from './call-scope.ts'
import type { ResilienceOptions } from './resilience-options.ts'
import { createRetryBudget } from './retry-budget.ts'
import { isAnswerLost, mayRetry, retryDelay } from './retry-rule.ts'
import { createServiceGuard, type Outcome } from './service-guard.ts'

/** Options of {@link resilientAnswerer}. */
export interface ResilientAnswererOptions extends ResilienceOptions {
  /** Whether the service is known to honour idempotency keys by now. */
  readonly honoursKeys: () => boolean
}

/**
 * Puts deadline, room, retries and breaker around the calls to one service:
 * deadline ( room ( attempts ( breaker ( answer ) ) ) ).
 */
export function resilientAnswerer(answer: Answerer, options: ResilientAnswererOptions): Answerer {
  const { timeout = 30_000, maxAttempts = 3, retryMutations = 'auto', backoff = 100, honoursKeys } = options
  const { now = () => new Date(), random = Math.random, retryBudget = {} } = options
  const guard = createServiceGuard(options)
  const budget = createRetryBudget({ ratio: retryBudget.ratio ?? 0.2, reserve: retryBudget.reserve ?? 10, now })
  const keyed = () => retryMutations === 'always' || (retryMutations === 'auto' && honoursKeys())

  async function attemptLoop(call: GuardedCall): Promise<Answered> {
    const { op, scope } = call
    let status: AfterLostAnswer | undefined
    let last: ServiceError | undefined
    for (;;) {
      const outcome = await guard.attempt(() => {
        call.attempts++
        return call.send(answer, op)
      })
      if (!outcome) throw last ?? ServiceError.circuitOpen(call.identity())
      if ('data' in outcome) return outcome
      last = outcome.error
      const confirmed = confirmedActivation(op, last, status)
      if (confirmed) return { data: confirmed }
      const activationLost = op.path === 'activateTenant' && isAnswerLost(last)
      const delay = retryDelay(last, call.attempts, { backoff, random })
      const repeatable = !scope.aborted && (activationLost || mayRetry(last, op, keyed()))
      if (!repeatable || call.attempts >= maxAttempts || delay >= scope.remaining() || !budget.take()) throw last
      await scope.sleep(delay)
      if (!activationLost) continue
      status = readStatus(await guard.attempt(() => call.send(answer, statusQuestion(op))))
      if (status === 'unknown' && !keyed()) throw last
    }
  }

  return async function answerResiliently(op) {
    const { context } = op as { readonly context: CallContext }
    using scope = new CallScope(context.timeout ?? timeout, op.signal)
    const call = guardedCall(op, scope)
    budget.recordCall()
    const work = guard.admit(() => attemptLoop(call), scope)
    const admitted = await scope.race(work, call.overError)
    if (!admitted) throw ServiceError.overloaded(call.identity())
    return admitted.data
  }
}

interface Answered {
  readonly data: unknown
}

/** One call on its way through its attempts. */
interface GuardedCall {
  readonly op: OutgoingCall
  readonly scope: CallScope
  attempts: number
  identity(): CallIdentity
  /** Why the call is over, when its scope is. */
  readonly overError: () => ServiceError
  /** One exchange; rejects only with what is no failure of a call. */
  send(answer: Answerer, op: OutgoingCall): Promise<Outcome>
}

function guardedCall(op: OutgoingCall, scope: CallScope): GuardedCall {
  const call: GuardedCall = {
    op,
    scope,
    attempts: 0,
    identity: () => ({ ...callIdentity(op), attempts: call.attempts }),
    overError() {
      if (scope.timedOut) return ServiceError.timeout(call.identity(), scope.timeout)
      return ServiceError.aborted(call.identity(), op.signal?.reason)
    },
    async send(answer, sent) {
      const context = { ...sent.context, attempt: call.attempts }
      try {
        return { data: await answer({ ...sent, context, signal: scope }) }
      } catch (error) {
        if (scope.aborted) return { error: call.overError() }
        if (error instanceof ServiceError) return { error }
        throw error
      }
    },
  }
  return call
}
