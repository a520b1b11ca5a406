import type { TRPCDefaultErrorShape } from '@trpc/server'
import type { ErrorCode } from '../contract/index.ts'
import { normaliseError, type StandardApiError } from '../error/index.ts'
import type { StandardContext } from './standard-context.ts'

/** Codes that any procedure may answer with, whatever it declares. */
export type GeneralErrorCode = Exclude<
  ErrorCode,
  | 'TENANT_EXISTS'
  | 'TENANT_NOT_FOUND'
  | 'USER_EXISTS'
  | 'USER_NOT_FOUND'
  | 'RESOURCE_NOT_FOUND'
  | 'QUOTA_EXCEEDED'
  | 'FEATURE_DISABLED'
>

/** An error over the tRPC protocol: tRPC's shape, its data in the words of the contract. */
export interface StandardErrorShape<TError extends string = GeneralErrorCode> extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape['data'] & {
    error: TError
    details: Readonly<Record<string, unknown>> | null
    request_id: string | null
  }
}

interface FormatterOptions {
  readonly error: unknown
  readonly shape: TRPCDefaultErrorShape
  readonly ctx: StandardContext | undefined
}

/** The shape of every error that no procedure declares. */
export function standardErrorShape(options: FormatterOptions): StandardErrorShape {
  return shapeOf(normaliseError(options.error), options) as StandardErrorShape
}

/** Formatter for the errors an operation declares, so that clients know their codes as types. */
export function declaredErrors<TError extends ErrorCode>(codes: readonly TError[]) {
  const declared = new Set<string>(codes)
  return function declaredErrorShape(options: FormatterOptions): StandardErrorShape<TError> | undefined {
    const error = normaliseError(options.error)
    return declared.has(error.error) ? (shapeOf(error, options) as StandardErrorShape<TError>) : undefined
  }
}

function shapeOf(error: StandardApiError, { shape, ctx }: FormatterOptions): StandardErrorShape<string> {
  return {
    code: shape.code,
    message: error.message,
    data: {
      code: error.code,
      httpStatus: error.status,
      ...(shape.data.path !== undefined && { path: shape.data.path }),
      error: error.error,
      details: error.details,
      request_id: error.requestId ?? ctx?.exchange.requestId ?? null,
    },
  }
}
