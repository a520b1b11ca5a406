import { isTRPCClientError } from '@trpc/client'

/** What an error says to people; `offline` when there was no answer at all. */
export function errorMessage(error: unknown, offline: string): string {
  if (isTRPCClientError(error) && !error.data && error.cause instanceof TypeError) return offline
  return error instanceof Error ? error.message : String(error)
}
