import type { StandardRouter } from '@mt-paas/server/contract'
import { TRPCClientError } from '@trpc/client'
import type { HttpFailure } from '../http/http-failure.ts'
import type { CallIdentity } from './call-identity.ts'
import { type ErrorReport, errorShape } from './error-report.ts'
import { type ClientErrorCode, clientErrorCodes, type ServiceErrorCode } from './service-error-code.ts'

interface ServiceErrorOptions<TCode extends ServiceErrorCode> {
  readonly code: TCode
  readonly message: string
  readonly call: CallIdentity
  readonly report?: ErrorReport
  readonly status?: number | null
  readonly details?: Readonly<Record<string, unknown>> | null
  readonly retryAfter?: number | null
  readonly answerLost?: boolean
  readonly cause?: unknown
}

type Details = Readonly<Record<string, unknown>>

/**
 * The one error of every call, over tRPC and REST alike. It is a `TRPCClientError` too, so `safe()` and code
 * written for tRPC work with it; what came from the service is in `data` as well.
 */
export class ServiceError<TCode extends ServiceErrorCode = ServiceErrorCode> extends TRPCClientError<StandardRouter> {
  readonly code: TCode
  /** HTTP status of the answer; null when there was none. */
  readonly status: number | null
  /** Null for a link that is used without a client. */
  readonly serviceId: string | null
  /** Name of the operation, such as `listUsers`. */
  readonly operation: string
  readonly requestId: string
  /** Requests that were made; 0 when nothing was sent. */
  readonly attempts: number
  /** Data of the service, such as `issues` of `INVALID_REQUEST`. */
  readonly details: Details | null
  /** ms the service asks to wait; null when it does not say. */
  readonly retryAfter: number | null
  /** The request may have reached the service and no answer came back: whether it took effect is unknown. */
  readonly answerLost: boolean

  constructor(options: ServiceErrorOptions<TCode>) {
    const { code, message, call, report, cause } = options
    super(message, {
      ...(report && { result: { error: errorShape(report, call) } as never }),
      ...(cause instanceof Error && { cause }),
    })
    // The base class pins its own prototype.
    Object.setPrototypeOf(this, new.target.prototype)
    this.name = 'ServiceError'
    this.code = code
    this.status = options.status ?? report?.status ?? null
    this.serviceId = call.serviceId
    this.operation = call.operation
    this.requestId = report?.requestId ?? call.requestId
    this.attempts = call.attempts
    this.details = options.details ?? report?.details ?? null
    this.retryAfter = options.retryAfter ?? report?.retryAfter ?? null
    this.answerLost = options.answerLost ?? false
  }

  /** The service answered with an error. */
  static answered(call: CallIdentity, report: ErrorReport): ServiceError {
    return new ServiceError({ code: report.code, message: report.message, call, report })
  }

  /** The exchange over HTTP failed. */
  static fromHttpFailure(call: CallIdentity, failure: HttpFailure): ServiceError {
    const { kind, message, sent, status } = failure
    return new ServiceError({
      code: kind,
      message,
      call,
      status,
      answerLost: sent && kind !== 'INVALID_RESPONSE',
      cause: failure,
    })
  }

  /** The deadline of the whole call, `limit` in ms. */
  static timeout(call: CallIdentity, limit: number): ServiceError {
    const message = `${clientErrorCodes.TIMEOUT} (${limit} ms)`
    return new ServiceError({ code: 'TIMEOUT', message, call, answerLost: call.attempts > 0 })
  }

  static aborted(call: CallIdentity, cause: unknown): ServiceError {
    return ofClient('ABORTED', call, { cause, answerLost: call.attempts > 0 })
  }

  static circuitOpen(call: CallIdentity): ServiceError {
    return ofClient('CIRCUIT_OPEN', call)
  }

  static overloaded(call: CallIdentity): ServiceError {
    return ofClient('OVERLOADED', call)
  }

  /** `why` completes "The answer …"; issues name places, never values. */
  static invalidResponse(call: CallIdentity, why: string, more: InvalidResponse = {}): ServiceError {
    return new ServiceError({ code: 'INVALID_RESPONSE', message: `The answer ${why}`, call, ...more })
  }

  /** The call cannot be sent as it is. */
  static invalidRequest(call: CallIdentity, message: string, cause?: unknown): ServiceError {
    return new ServiceError({ code: 'INVALID_REQUEST', message, call: { ...call, attempts: 0 }, cause })
  }

  static notRegistered(serviceId: string): ServiceError {
    const call = { operation: 'service', serviceId, requestId: '', attempts: 0 }
    return new ServiceError({ code: 'SERVICE_NOT_REGISTERED', message: `Service not registered: ${serviceId}`, call })
  }
}

interface InvalidResponse {
  readonly status?: number
  readonly details?: Details
  readonly cause?: unknown
}

function ofClient(
  code: ClientErrorCode,
  call: CallIdentity,
  more: { readonly cause?: unknown; readonly answerLost?: boolean } = {},
): ServiceError {
  return new ServiceError({ code, message: clientErrorCodes[code], call, ...more })
}

/** Whether something thrown is a `ServiceError`, of this code when one is given. */
export function isServiceError(thrown: unknown): thrown is ServiceError
export function isServiceError<TCode extends ServiceErrorCode>(
  thrown: unknown,
  code: TCode,
): thrown is ServiceError<TCode>
export function isServiceError(thrown: unknown, code?: ServiceErrorCode): boolean {
  return thrown instanceof ServiceError && (code === undefined || thrown.code === code)
}
