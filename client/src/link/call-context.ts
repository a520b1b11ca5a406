import { randomUUID } from 'node:crypto'
import type { CallIdentity } from '../error/call-identity.ts'
import { ServiceError } from '../error/service-error.ts'
import type { OutgoingCall } from './answerer.ts'

/** Members of an operation's context that the links of this package read; all may be set by a caller. */
export interface CallContext {
  /** Names the effect of a mutation, so that repeating it does nothing new. 1 to 255 printable ASCII characters. */
  readonly idempotencyKey?: string
  /** Deadline of the whole call with its retries, ms. */
  readonly timeout?: number
  /** Sent as `X-Request-Id`. */
  readonly requestId?: string
  /** Set by a client. */
  readonly serviceId?: string
  /** Set by a client: which attempt this is, from 1. */
  readonly attempt?: number
}

const KEY = /^[\x20-\x7e]{1,255}$/
const REQUEST_ID = /^[\w.:-]{1,128}$/

/** The context of a call, with ids for what the caller left out. */
export function completeContext(op: OutgoingCall, newId: () => string = randomUUID): CallContext {
  const { context } = op
  const requestId = typeof context.requestId === 'string' ? context.requestId : newId()
  if (op.type !== 'mutation') return { ...context, requestId }
  return { ...context, requestId, idempotencyKey: (context.idempotencyKey as string | undefined) ?? newId() }
}

/** Who a failure of this operation belongs to. */
export function callIdentity({ path, context }: Pick<OutgoingCall, 'path' | 'context'>): CallIdentity {
  const { serviceId = null, requestId = '', attempt = 1 } = context as CallContext
  return { operation: path, serviceId, requestId, attempts: attempt }
}

/**
 * The headers that say which call a request belongs to.
 * @throws ServiceError `INVALID_REQUEST` for ids that cannot stand in a header
 */
export function callHeaders(op: OutgoingCall): Readonly<Record<string, string>> {
  const { idempotencyKey, requestId } = op.context as CallContext
  if (requestId !== undefined && !REQUEST_ID.test(requestId)) {
    throw ServiceError.invalidRequest(callIdentity(op), 'requestId must be 1 to 128 letters, digits, or . _ : -')
  }
  if (idempotencyKey !== undefined && !KEY.test(idempotencyKey)) {
    throw ServiceError.invalidRequest(callIdentity(op), 'idempotencyKey must be 1 to 255 printable ASCII characters')
  }
  return {
    ...(requestId !== undefined && { 'x-request-id': requestId }),
    ...(op.type === 'mutation' && idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  }
}
