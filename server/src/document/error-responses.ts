import type { oas31 } from 'zod-openapi'
import { type ErrorCode, errorCodes, type OperationName, type Operations } from '../contract/index.ts'
import {
  errorBody,
  FeatureDisabledError,
  QuotaExceededError,
  StandardApiError,
  TenantExistsError,
  TenantNotFoundError,
  UserExistsError,
  UserNotFoundError,
} from '../error/index.ts'
import { inputRefusals } from './input-refusals.ts'
import type { OperationSource } from './operation-source.ts'

type DeclaredCode = Operations[OperationName]['errors'][number]

const declaredErrors: Readonly<Record<DeclaredCode, () => StandardApiError>> = {
  TENANT_EXISTS: () => new TenantExistsError('hallym_univ'),
  TENANT_NOT_FOUND: () => new TenantNotFoundError('hallym_univ'),
  USER_EXISTS: () => new UserExistsError('new@hallym.ac.kr'),
  USER_NOT_FOUND: () => new UserNotFoundError('user_001'),
  QUOTA_EXCEEDED: () => new QuotaExceededError('users', 1_000),
  FEATURE_DISABLED: () => new FeatureDisabledError('custom_branding'),
}

/** The id in the examples. */
const REQUEST_ID = '6f2a6c1e-6d0f-4b57-9d5c-3a1f0e8b7c42'

/**
 * The answers to what can go wrong in an operation, by status, with examples made by the code that answers.
 * `default` stands for the errors that a handler may throw beyond the contract.
 */
export function errorResponses(source: OperationSource): oas31.ResponsesObject {
  const byStatus = new Map<number, StandardApiError[]>()
  for (const error of possibleErrors(source)) {
    byStatus.set(error.status, [...(byStatus.get(error.status) ?? []), error])
  }
  const responses: oas31.ResponsesObject = {}
  for (const [status, errors] of [...byStatus].sort(([a], [b]) => a - b)) responses[status] = responseOf(status, errors)
  return { ...responses, default: undeclared(source) }
}

function possibleErrors(source: OperationSource): readonly StandardApiError[] {
  const { operation, settings } = source
  const isPublic = operation.access === 'public'
  const declared = operation.errors.map((code) => declaredErrors[code as DeclaredCode]())
  return [
    ...inputRefusals(source),
    ...(!isPublic && settings.requireAuth ? [StandardApiError.unauthorized()] : []),
    ...(!isPublic && settings.userTokens ? [StandardApiError.forbidden()] : []),
    ...declared,
    ...(settings.idempotent && operation.type === 'mutation' ? keyRefusals() : []),
    ...(!isPublic && settings.requireAuth ? [StandardApiError.tooManyFailures(60)] : []),
    StandardApiError.internal(undefined),
    ...(isPublic ? [] : [StandardApiError.unavailable(5, undefined)]),
  ]
}

function keyRefusals(): readonly StandardApiError[] {
  return [
    StandardApiError.invalidIdempotencyKey(),
    StandardApiError.idempotencyKeyReused(),
    StandardApiError.operationInProgress(1),
  ]
}

function responseOf(status: number, errors: readonly StandardApiError[]): oas31.ResponseObject {
  const meanings = errors.map(({ error }) => errorCodes[error as ErrorCode].meaning)
  return {
    description: [...new Set(meanings)].join('; '),
    headers: {
      'X-Request-Id': { $ref: '#/components/headers/RequestId' },
      ...((status === 429 || status === 503 || errors.some(({ headers }) => 'Retry-After' in headers)) && {
        'Retry-After': { $ref: '#/components/headers/RetryAfter' },
      }),
    },
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' }, examples: examplesOf(errors) },
    },
  }
}

function examplesOf(errors: readonly StandardApiError[]): oas31.ExamplesObject {
  return Object.fromEntries(
    errors.map((error) => {
      const { meaning } = errorCodes[error.error as ErrorCode]
      return [error.error, { summary: meaning, value: errorBody(error, REQUEST_ID) }]
    }),
  )
}

function undeclared({ operation }: OperationSource): oas31.ResponseObject {
  const codes = ['FEATURE_DISABLED', 'QUOTA_EXCEEDED'] as const
  const code = codes.find((one) => !operation.errors.includes(one)) ?? 'TENANT_NOT_FOUND'
  const response = responseOf(0, [declaredErrors[code]()])
  return { ...response, description: 'Any other error of this service, in the same words' }
}
