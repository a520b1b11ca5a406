import { isConnectionLoss } from '../database/sql-state.ts'

/** Whether an error says that a database does not answer, rather than what is wrong with a statement. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnreachable)
  if (isConnectionLoss(error)) return true
  return (
    error instanceof Error &&
    (/^timeout exceeded when trying to connect/.test(error.message) || isUnreachable(error.cause))
  )
}
