import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { CallIdentity } from './call-identity.ts'
import type { ServiceErrorCode } from './service-error-code.ts'

/** What an error answer says, whichever protocol and vocabulary it came in. */
export interface ErrorReport {
  readonly status: number
  readonly code: ServiceErrorCode
  readonly message: string
  readonly details: Readonly<Record<string, unknown>> | null
  /** Null when the service names none. */
  readonly requestId: string | null
  /** ms, null when the service does not say. */
  readonly retryAfter: number | null
}

const rpcCodes: Readonly<Record<number, TRPC_ERROR_CODE_KEY>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
}

/** The error as the tRPC protocol carries it, so that typed errors are the same over REST. */
export function errorShape(report: ErrorReport, call: CallIdentity) {
  const { status, code: error, message, details } = report
  const code = rpcCodes[status] ?? 'INTERNAL_SERVER_ERROR'
  const data = { code, httpStatus: status, path: call.operation, error, details }
  return {
    code: TRPC_ERROR_CODES_BY_KEY[code],
    message,
    data: { ...data, request_id: report.requestId ?? call.requestId },
  }
}
