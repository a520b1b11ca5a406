import type { ErrorCode } from '@mt-paas/server/contract'

/** What can go wrong on the way to a service, or with what came back; services never send these. */
export const clientErrorCodes = {
  UNREACHABLE: 'No answer came: no connection, or it was cut',
  TIMEOUT: 'A deadline passed before the whole answer had come',
  ABORTED: 'The caller gave up',
  CIRCUIT_OPEN: 'The service failed too often lately and is left alone for a while',
  OVERLOADED: 'Too many calls to the service are running and waiting',
  INVALID_RESPONSE: 'The answer does not fit the contract, or is no answer at all',
  SERVICE_NOT_REGISTERED: 'The market knows no such service',
} as const satisfies Record<string, string>

/** A code of {@link clientErrorCodes}. */
export type ClientErrorCode = keyof typeof clientErrorCodes

/** Every code a `ServiceError` can have: those of the contract, and the client's own. */
export type ServiceErrorCode = ErrorCode | ClientErrorCode

const codesOfStatus: Readonly<Record<number, ServiceErrorCode>> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'TRANSITION_REFUSED',
  410: 'TENANT_DELETED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  502: 'SERVICE_UNAVAILABLE',
  503: 'SERVICE_UNAVAILABLE',
  504: 'SERVICE_UNAVAILABLE',
}

/** The code of an error answer that names none. */
export function codeOfStatus(status: number): ServiceErrorCode {
  return codesOfStatus[status] ?? (status >= 500 ? 'INTERNAL_ERROR' : 'INVALID_REQUEST')
}
