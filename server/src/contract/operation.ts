import type { z } from 'zod'
import type { ErrorCode } from './error.ts'

/** HTTP methods an operation can have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Who may call an operation: anyone; the market's key only; the key or a token of the tenant's administrator;
 * the key or a token of any user of the tenant.
 */
export type Access = 'public' | 'market' | 'tenant_admin' | 'tenant_user'

/** One operation of the Standard API: everything the router, REST, document and clients are derived from. */
export interface Operation<
  TInput extends z.ZodObject = z.ZodObject,
  TOutput extends z.ZodObject = z.ZodObject,
  TError extends ErrorCode = ErrorCode,
> {
  readonly type: 'query' | 'mutation'
  readonly method: Method
  /** Below the service's prefix, parameters in braces. */
  readonly path: `/${string}`
  readonly tag: string
  readonly summary: string
  readonly access: Access
  /** Path, query and body members by their wire names, in declared order. */
  readonly input: TInput
  readonly output: TOutput
  /** Status of success. */
  readonly status: 200 | 201
  /** Domain errors that are part of the contract; others may still occur. */
  readonly errors: readonly TError[]
  /** Whether a body must be there at all; of methods that take one. */
  readonly body?: 'required' | 'optional'
  /** Path parameters that the body must repeat with the same value. */
  readonly repeatedInBody?: readonly string[]
}

/** Declares an operation, keeping its literal types. */
export function defineOperation<
  TInput extends z.ZodObject,
  TOutput extends z.ZodObject,
  const TError extends ErrorCode,
  const TRest extends Omit<Operation, 'input' | 'output' | 'errors'>,
>(operation: TRest & { input: TInput; output: TOutput; errors: readonly TError[] }) {
  return Object.freeze(operation)
}
