import { isServiceError, relayedStatus, type ServiceError } from '@mt-paas/client'
import { StandardApiError } from '@mt-paas/server'
import type { TRPCError } from '@trpc/server'
import { UnknownCheckError } from '../conformance/select-checks.ts'
import { TargetError } from '../conformance/target.ts'

/** What a caller is told of a failed procedure: what services answered keeps its code. */
export function wireError(error: TRPCError): TRPCError {
  const { cause } = error
  if (isServiceError(cause)) return ofService(cause)
  if (cause instanceof TargetError || cause instanceof UnknownCheckError) {
    return new StandardApiError('INVALID_REQUEST', cause.message, { status: 422, cause })
  }
  return error
}

function ofService(error: ServiceError): StandardApiError {
  const { code, message, serviceId, requestId } = error
  return new StandardApiError(code as StandardApiError['error'], message, {
    status: relayedStatus(error),
    details: { ...error.details, service: serviceId, service_request_id: requestId || null },
    cause: error,
  })
}
