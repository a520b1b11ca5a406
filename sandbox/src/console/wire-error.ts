import { isServiceError, type ServiceError, type ServiceErrorCode } from '@mt-paas/client'
import { StandardApiError } from '@mt-paas/server'
import type { TRPCError } from '@trpc/server'
import { UnknownCheckError } from '../conformance/select-checks.ts'
import { TargetError } from '../conformance/target.ts'

const statusOfCode: Partial<Record<ServiceErrorCode, number>> = {
  SERVICE_NOT_REGISTERED: 404,
  UNREACHABLE: 502,
  INVALID_RESPONSE: 502,
  TIMEOUT: 504,
  ABORTED: 503,
  CIRCUIT_OPEN: 503,
  OVERLOADED: 503,
  INVALID_REQUEST: 422,
}

/** What a caller is told of a failed procedure: what services answered keeps its code. */
export function wireError(error: TRPCError): TRPCError {
  const { cause } = error
  if (isServiceError(cause)) return ofService(cause)
  if (cause instanceof TargetError || cause instanceof UnknownCheckError) {
    return new StandardApiError('INVALID_REQUEST', cause.message, { status: 422, cause })
  }
  return error
}

/** A service that refuses the market's own key is the market's failure, not its caller's. */
function ofService(error: ServiceError): StandardApiError {
  const { code, status, message, serviceId, requestId } = error
  const isOwn = code === 'FEATURE_DISABLED' || code === 'TENANT_SUSPENDED'
  const refused = (status === 401 || status === 403) && !isOwn
  const failed = status !== null && status >= 500 && status !== 503
  return new StandardApiError(code as StandardApiError['error'], message, {
    status: refused || failed ? 502 : (status ?? statusOfCode[code] ?? 500),
    details: { ...error.details, service: serviceId, service_request_id: requestId || null },
    cause: error,
  })
}
