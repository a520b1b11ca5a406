import { isTRPCClientError } from '@trpc/client'

const MOST = 2

/** Whether a query is asked again: not when the server understood it and said no. */
export function isRetried(failures: number, error: unknown): boolean {
  if (isTRPCClientError(error)) {
    const data: unknown = error.data
    const status = typeof data === 'object' && data !== null && 'httpStatus' in data ? Number(data.httpStatus) : 500
    if (status < 500) return false
  }
  return failures < MOST
}
