import { z } from 'zod'

/**
 * Every error code of the wire with its usual HTTP status and meaning. `INVALID_REQUEST` is 400 for a malformed
 * period, a path that disagrees with the body, and bytes that are not JSON text.
 */
export const errorCodes = {
  INVALID_REQUEST: { status: 422, meaning: 'The request does not fit the contract' },
  UNAUTHORIZED: { status: 401, meaning: 'No valid key or token was sent' },
  FORBIDDEN: { status: 403, meaning: 'The credential does not allow this' },
  FEATURE_DISABLED: { status: 403, meaning: "The tenant's plan does not include this feature" },
  TENANT_SUSPENDED: { status: 403, meaning: 'The tenant is suspended' },
  NOT_FOUND: { status: 404, meaning: 'There is nothing at this path' },
  TENANT_NOT_FOUND: { status: 404, meaning: 'The service does not know this tenant' },
  USER_NOT_FOUND: { status: 404, meaning: 'The tenant has no such user' },
  RESOURCE_NOT_FOUND: { status: 404, meaning: 'The tenant has no such resource' },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'The path exists, the method does not; see Allow' },
  TENANT_EXISTS: { status: 409, meaning: 'The tenant is already active' },
  USER_EXISTS: { status: 409, meaning: 'A user with this e-mail already exists' },
  OPERATION_IN_PROGRESS: { status: 409, meaning: 'The same operation is still running; see Retry-After' },
  TRANSITION_REFUSED: { status: 409, meaning: "The tenant's state, or a hook, does not allow this" },
  TENANT_DELETED: { status: 410, meaning: 'The tenant was deleted' },
  PAYLOAD_TOO_LARGE: { status: 413, meaning: 'The body is larger than the service accepts' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, meaning: 'The body is compressed or encoded in a way not accepted' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, meaning: 'The idempotency key was used for another body' },
  INVALID_TENANT_ID: { status: 422, meaning: 'The tenant id does not fit the rule for database names' },
  TENANT_MISMATCH: { status: 400, meaning: 'Parts of the request name different tenants' },
  QUOTA_EXCEEDED: { status: 429, meaning: "A limit of the tenant's plan is reached" },
  TOO_MANY_REQUESTS: { status: 429, meaning: 'Too many refused credentials from this address; see Retry-After' },
  INTERNAL_ERROR: { status: 500, meaning: 'The service failed; the log has the reason under the request id' },
  ISOLATION_VIOLATION: { status: 500, meaning: "A connection led to another tenant's database and was cut" },
  SERVICE_UNAVAILABLE: { status: 503, meaning: 'The service cannot answer now; see Retry-After' },
} as const satisfies Record<string, { status: number; meaning: string }>

/** A code of {@link errorCodes}, the `error` member of every error body. */
export type ErrorCode = keyof typeof errorCodes

const codeNames = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]

/** Schema of {@link ErrorCode}. */
export const ErrorCode = z.enum(codeNames).meta({ id: 'ErrorCode' })

/** One reason why a request does not fit. `loc` starts with `body`, `query`, `path` or `header`. */
export const ValidationIssue = z.object({
  loc: z.array(z.union([z.string(), z.int()])),
  message: z.string(),
})
export type ValidationIssue = z.infer<typeof ValidationIssue>

/** Body of every error. `detail` repeats `message` for callers of the predecessors; `details` is data or null. */
export const ErrorBody = z
  .object({
    success: z.literal(false),
    error: ErrorCode,
    message: z.string(),
    detail: z.string(),
    details: z.record(z.string(), z.unknown()).nullable(),
    request_id: z.string(),
  })
  .meta({ id: 'ErrorBody' })
export type ErrorBody = z.infer<typeof ErrorBody>
