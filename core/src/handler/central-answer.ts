import { StandardApiError } from '@mt-paas/server'
import { isUnreachable } from '../context/unreachable.ts'

const RETRY_AFTER_SECONDS = 1
/** How long a caller waits for an answer that only needs to be read, in ms. */
const PATIENCE = 2_000

/**
 * Runs work on the central database; one that cannot be reached is the reason, not the fault, of the caller's error.
 * @throws StandardApiError `SERVICE_UNAVAILABLE` when it does not answer
 */
export async function centralAnswer<TResult>(work: () => Promise<TResult>): Promise<TResult> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StandardApiError || !isUnreachable(error)) throw error
    throw StandardApiError.unavailable(RETRY_AFTER_SECONDS, error)
  }
}

/**
 * The same for work that changes nothing and can be given up.
 * @throws StandardApiError `SERVICE_UNAVAILABLE` when there is no answer within 2 s
 */
export async function promptAnswer<TResult>(work: () => Promise<TResult>): Promise<TResult> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(StandardApiError.unavailable(RETRY_AFTER_SECONDS, new Error(`No answer within ${PATIENCE} ms`)))
  }, PATIENCE)
  try {
    return await Promise.race([centralAnswer(work), late.promise])
  } finally {
    clearTimeout(timer)
  }
}
