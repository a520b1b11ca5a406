import type { RequestFailure } from '../rest/index.ts'

/** One JSON line on standard error: what a 5xx answer keeps from its caller. */
export function logFailure({ error, requestId, operation }: RequestFailure): void {
  const cause = error.cause ?? error
  console.error(
    JSON.stringify({
      level: 'error',
      time: new Date().toISOString(),
      request_id: requestId,
      operation: operation ?? null,
      error: error.error,
      reason: cause.stack ?? cause.message,
    }),
  )
}
