export {
  FeatureDisabledError,
  QuotaExceededError,
  ResourceNotFoundError,
  TenantExistsError,
  TenantNotFoundError,
  TransitionRefusedError,
  UserExistsError,
  UserNotFoundError,
} from './domain-errors.ts'
export { errorBody } from './error-body.ts'
export { type LocateIssue, normaliseError, wirePath } from './normalise-error.ts'
export { StandardApiError, type StandardApiErrorOptions } from './standard-api-error.ts'
