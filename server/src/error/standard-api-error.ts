import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { type ErrorCode, errorCodes, type ValidationIssue } from '../contract/index.ts'

/** What an error carries beside its code and message. */
export interface StandardApiErrorOptions {
  /** HTTP status. @default the code's status in `errorCodes` */
  readonly status?: number
  /** Data for the caller; never put secrets or input values here. @default null */
  readonly details?: Readonly<Record<string, unknown>> | null
  /** Headers of the answer, such as `Retry-After`. @default none */
  readonly headers?: Readonly<Record<string, string>>
  /** Id of the request that was answered with it before, when the answer is given again. @default the request's own */
  readonly requestId?: string
  /** What led to it; goes to the log only. */
  readonly cause?: unknown
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

/** Codes of routers that are not the Standard API keep tRPC's name. */
export type ForeignErrorCode = TRPC_ERROR_CODE_KEY

/** The one error of this side: a code of the contract, a message for people, data for programs. */
export class StandardApiError extends TRPCError {
  readonly error: ErrorCode | ForeignErrorCode
  readonly status: number
  readonly details: Readonly<Record<string, unknown>> | null
  readonly headers: Readonly<Record<string, string>>
  readonly requestId: string | undefined

  constructor(error: ErrorCode | ForeignErrorCode, message: string, options: StandardApiErrorOptions = {}) {
    const status = options.status ?? usualStatus(error)
    super({ code: rpcCodes[status] ?? 'INTERNAL_SERVER_ERROR', message, cause: options.cause })
    this.name = 'StandardApiError'
    this.error = error
    this.status = status
    this.details = options.details ?? null
    this.headers = options.headers ?? {}
    this.requestId = options.requestId
  }

  /** The one body of every refused credential, whatever was wrong with it. */
  static unauthorized(): StandardApiError {
    return new StandardApiError('UNAUTHORIZED', 'Invalid or missing credentials')
  }

  /** No key is configured; says nothing of the variable to a caller. */
  static keyNotConfigured(): StandardApiError {
    return StandardApiError.internal(new Error('API key not configured'))
  }

  static forbidden(message = 'This credential does not allow this operation'): StandardApiError {
    return new StandardApiError('FORBIDDEN', message)
  }

  static notFound(): StandardApiError {
    return new StandardApiError('NOT_FOUND', 'Not Found')
  }

  /** `allowed` lists every method of the path. */
  static methodNotAllowed(allowed: string): StandardApiError {
    return new StandardApiError('METHOD_NOT_ALLOWED', 'Method Not Allowed', { headers: { Allow: allowed } })
  }

  /** The request fits the protocol but not the contract; issues name places, never values. */
  static invalidRequest(issues: readonly ValidationIssue[], cause?: unknown): StandardApiError {
    return new StandardApiError('INVALID_REQUEST', 'The request does not fit the contract', {
      details: { issues },
      cause,
    })
  }

  /** The request cannot be understood, or contradicts itself. */
  static badRequest(message: string): StandardApiError {
    return new StandardApiError('INVALID_REQUEST', message, { status: 400 })
  }

  static invalidIdempotencyKey(): StandardApiError {
    return StandardApiError.badRequest('Idempotency-Key is not 1 to 255 characters of printable ASCII')
  }

  /** The key came with another input before; nothing has happened now. */
  static idempotencyKeyReused(): StandardApiError {
    return new StandardApiError('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used for another request')
  }

  /** The same request still runs; `retryAfter` in seconds. */
  static operationInProgress(retryAfter: number): StandardApiError {
    return new StandardApiError('OPERATION_IN_PROGRESS', 'The same request is still running, try again later', {
      headers: { 'Retry-After': String(retryAfter) },
    })
  }

  /** The path and the body give different values for one member. */
  static contradiction(name: string): StandardApiError {
    return StandardApiError.badRequest(`${name} differs between path and body`)
  }

  static tenantMismatch(): StandardApiError {
    return new StandardApiError('TENANT_MISMATCH', 'Parts of the request name different tenants')
  }

  /** The operation works on a tenant, and the request names none. */
  static tenantRequired(): StandardApiError {
    return new StandardApiError('UNAUTHORIZED', 'Tenant context required')
  }

  /** `limit` in bytes. The rest of the body is not read, so the connection ends. */
  static payloadTooLarge(limit: number): StandardApiError {
    return new StandardApiError('PAYLOAD_TOO_LARGE', `The body is larger than ${limit} bytes`, {
      details: { limit },
      headers: { Connection: 'close' },
    })
  }

  static unsupportedMediaType(): StandardApiError {
    return new StandardApiError('UNSUPPORTED_MEDIA_TYPE', 'Compressed bodies are not accepted')
  }

  /** Too many refused credentials; `retryAfter` in seconds. */
  static tooManyFailures(retryAfter: number): StandardApiError {
    return new StandardApiError('TOO_MANY_REQUESTS', 'Too many refused credentials, try again later', {
      headers: { 'Retry-After': String(retryAfter) },
    })
  }

  /** Something this service needs does not answer; `retryAfterSeconds` is a guess for the caller. */
  static unavailable(retryAfterSeconds: number, cause: unknown): StandardApiError {
    return new StandardApiError('SERVICE_UNAVAILABLE', 'Service unavailable', {
      headers: { 'Retry-After': String(retryAfterSeconds) },
      cause,
    })
  }

  /** An error of a router that is not the Standard API, answered with tRPC's code and status. */
  static foreign(error: TRPCError, message: string): StandardApiError {
    return new StandardApiError(error.code, message, { status: getHTTPStatusCodeFromError(error), cause: error })
  }

  /** Hides everything but the code; the cause is for the log. */
  static internal(cause: unknown): StandardApiError {
    return new StandardApiError('INTERNAL_ERROR', 'Internal server error', { status: 500, cause })
  }
}

function usualStatus(error: ErrorCode | ForeignErrorCode): number {
  return error in errorCodes ? errorCodes[error as ErrorCode].status : 500
}
