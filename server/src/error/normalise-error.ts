import { TRPCError } from '@trpc/server'
import type { ErrorCode, ValidationIssue } from '../contract/index.ts'
import { StandardApiError } from './standard-api-error.ts'

/** Turns the path of a validation issue into a place in the request. */
export type LocateIssue = (path: readonly PropertyKey[]) => ValidationIssue['loc']

interface SchemaIssue {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly params?: { readonly status?: number }
}

/**
 * The single place where anything thrown becomes an error of the contract. What is not known to be meant for
 * the caller becomes `INTERNAL_ERROR` and keeps the original as its cause.
 */
export function normaliseError(thrown: unknown, locate: LocateIssue = locateInBody): StandardApiError {
  if (thrown instanceof StandardApiError) return isAnswered(thrown) ? again(thrown) : thrown
  if (!(thrown instanceof TRPCError)) return StandardApiError.internal(thrown)
  if (thrown.cause instanceof StandardApiError) return thrown.cause
  if (thrown.code === 'BAD_REQUEST' || thrown.code === 'PARSE_ERROR') {
    const issues = issuesOf(thrown.cause)
    return issues ? fromIssues(issues, locate, thrown) : StandardApiError.badRequest(messageOf(thrown))
  }
  return fromRpcCode(thrown)
}

/**
 * tRPC keeps the answer it made of an error on the error, under a symbol. A constant, or a rejection that is kept,
 * is thrown for several requests, and none may get the path and the id of another.
 */
function isAnswered(error: StandardApiError): boolean {
  return Object.getOwnPropertySymbols(error).length > 0
}

function again({ error, message, status, details, headers, cause, stack = '' }: StandardApiError): StandardApiError {
  return Object.assign(new StandardApiError(error, message, { status, details, headers, cause }), { stack })
}

function locateInBody(path: readonly PropertyKey[]): ValidationIssue['loc'] {
  return ['body', ...wirePath(path)]
}

/** Keys of an issue's path as they stand on the wire. */
export function wirePath(path: readonly PropertyKey[]): ValidationIssue['loc'] {
  return path.map((key) => (typeof key === 'number' ? key : String(key)))
}

function fromIssues(issues: readonly SchemaIssue[], locate: LocateIssue, cause: unknown): StandardApiError {
  const [first] = issues
  if (first && issues.every((issue) => issue.params?.status === 400)) return StandardApiError.badRequest(first.message)
  return StandardApiError.invalidRequest(
    issues.map((issue) => ({ loc: locate(issue.path), message: issue.message })),
    cause,
  )
}

function issuesOf(cause: unknown): readonly SchemaIssue[] | undefined {
  if (typeof cause !== 'object' || cause === null || !('issues' in cause)) return undefined
  return Array.isArray(cause.issues) ? cause.issues : undefined
}

const sameMeaning: Partial<Record<TRPCError['code'], ErrorCode>> = {
  UNAUTHORIZED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_SUPPORTED: 'METHOD_NOT_ALLOWED',
  PAYLOAD_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  UNPROCESSABLE_CONTENT: 'INVALID_REQUEST',
  TOO_MANY_REQUESTS: 'TOO_MANY_REQUESTS',
}

function fromRpcCode(error: TRPCError): StandardApiError {
  const known = sameMeaning[error.code]
  if (known) return new StandardApiError(known, messageOf(error), { cause: error })
  const foreign = StandardApiError.foreign(error, messageOf(error))
  return foreign.status < 500 ? foreign : StandardApiError.internal(error.cause ?? error)
}

/** tRPC takes an error's text from its cause when it got none; such text is not meant for callers. */
function messageOf(error: TRPCError): string {
  const borrowed = error.cause !== undefined && error.message === error.cause.message
  return borrowed ? error.code : error.message
}
