import type { Operation } from '@trpc/client'
import type { ServiceError } from '../error/service-error.ts'

const GATEWAY_STATUS = new Set([502, 503, 504])

/** Whether the failure says something of the service's health rather than of the call. */
export function isServiceFailure({ code, status }: ServiceError): boolean {
  return code === 'UNREACHABLE' || code === 'TIMEOUT' || (status !== null && GATEWAY_STATUS.has(status))
}

/** Whether the service may have acted although no answer of its own came back. */
export function isAnswerLost({ answerLost, status }: ServiceError): boolean {
  return answerLost || status === 502 || status === 504
}

/**
 * Whether the same call may be sent again after this failure. `keyed` says that the service honours idempotency
 * keys, so that a mutation it has seen takes no second effect.
 */
export function mayRetry(error: ServiceError, { type }: Pick<Operation, 'type'>, keyed: boolean): boolean {
  const unsent = (error.code === 'UNREACHABLE' || error.code === 'TIMEOUT') && !error.answerLost
  if (unsent) return true
  if (type !== 'query' && !keyed) return false
  return isServiceFailure(error) || error.code === 'TOO_MANY_REQUESTS' || error.code === 'OPERATION_IN_PROGRESS'
}

/** Pauses that grow, and how they are made. */
export interface RetryDelayOptions {
  /** ms */
  readonly backoff: number
  /** From 0 up to 1. */
  readonly random: () => number
}

const LONGEST_PAUSE = 5_000

/** ms to wait after `attempt` failed: a random part of a pause that doubles, but what the service asks for at least. */
export function retryDelay(error: ServiceError, attempt: number, { backoff, random }: RetryDelayOptions): number {
  const pause = random() * Math.min(LONGEST_PAUSE, backoff * 2 ** (attempt - 1))
  return Math.max(pause, error.retryAfter ?? 0)
}
