import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { relayedStatus } from '../error/relayed-status.ts'
import { isServiceError, type ServiceError } from '../error/service-error.ts'
import { type ErrorAnswer, UnreadableBody } from '../http/koa-json.ts'

/** What an operator is told of anything thrown. Unknown errors say nothing of the inside. */
export function marketError(thrown: unknown): ErrorAnswer {
  if (isServiceError(thrown)) return ofService(thrown)
  if (thrown instanceof UnreadableBody) return unreadable(thrown)
  if (!(thrown instanceof TRPCError)) return INTERNAL
  if (isServiceError(thrown.cause)) return ofService(thrown.cause)
  const status = getHTTPStatusCodeFromError(thrown)
  if (thrown.cause instanceof TypeError) return { status: 422, error: 'INVALID_REQUEST', message: thrown.cause.message }
  if (status >= 500) return INTERNAL
  const issues = issuesOf(thrown.cause)
  if (issues) return { status: 422, error: 'INVALID_REQUEST', message: NOT_FITTING, details: { issues } }
  return { status, error: status === 404 ? 'NOT_FOUND' : 'INVALID_REQUEST', message: thrown.message }
}

const NOT_FITTING = 'The request does not fit the contract'
const INTERNAL: ErrorAnswer = { status: 500, error: 'INTERNAL_ERROR', message: 'Internal server error' }

function ofService(failure: ServiceError): ErrorAnswer {
  const { code, message, serviceId, requestId, retryAfter } = failure
  const details = { ...failure.details, service_id: serviceId, service_request_id: requestId || null }
  return { status: relayedStatus(failure), error: code, message, details, retryAfter }
}

function unreadable({ status, message }: UnreadableBody): ErrorAnswer {
  return { status, error: status === 413 ? 'PAYLOAD_TOO_LARGE' : 'INVALID_REQUEST', message }
}

function issuesOf(
  cause: unknown,
): readonly { readonly loc: readonly unknown[]; readonly message: string }[] | undefined {
  if (typeof cause !== 'object' || cause === null || !('issues' in cause) || !Array.isArray(cause.issues))
    return undefined
  return cause.issues.map(({ path, message }) => ({ loc: path, message }))
}
