import type { ErrorBody } from '../contract/index.ts'
import type { StandardApiError } from './standard-api-error.ts'

/** The body of an error as it goes over REST. */
export function errorBody(
  error: StandardApiError,
  requestId: string,
): Omit<ErrorBody, 'error'> & Pick<StandardApiError, 'error'> {
  return {
    success: false,
    error: error.error,
    message: error.message,
    detail: error.message,
    details: error.details,
    request_id: error.requestId ?? requestId,
  }
}
