import { retryAfterMs } from '@mt-paas/server/contract'
import type { HttpAnswer } from './http-answer.ts'

/** The wait an answer asks for with `Retry-After`, in ms. Null when it says none. */
export function retryAfterOf(answer: HttpAnswer, now: Date): number | null {
  return retryAfterMs(answer.header('retry-after'), now)
}
