import { Readable } from 'node:stream'
import { StandardApiError } from '@mt-paas/server'
import { AssistantError } from '../assistant-error.ts'
import type { Turn } from './turn.ts'

/** The answer as server-sent events: `session`, `delta` for each piece, then `done` or `error`. */
export interface AnswerEventsOptions {
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal
  readonly requestId: string
  /** Gets what makes an answer break off. */
  readonly onError: (error: unknown) => void
}

/**
 * Begins the answer, and streams it. The first piece is waited for, so that who gets none hears it by the status.
 * @throws StandardApiError `SERVICE_UNAVAILABLE`
 */
export async function answerEvents({ sessionId, pieces }: Turn, options: AnswerEventsOptions): Promise<Readable> {
  const { signal } = options
  // Also where the answer is not being read at that moment.
  const leave = () => void pieces.return(undefined).catch(() => undefined)
  signal.addEventListener('abort', leave, { once: true })
  const first = await pieces.next().catch((error: unknown) => {
    throw signal.aborted ? AssistantError.callerLeft() : error
  })

  async function* events(): AsyncGenerator<string> {
    yield event('session', { session_id: sessionId })
    try {
      for (let next = first; ; next = await pieces.next()) {
        if (next.done) {
          if (next.value) yield event('done', next.value)
          return
        }
        yield event('delta', { text: next.value })
      }
    } catch (error) {
      if (signal.aborted) return
      options.onError(error)
      yield event('error', problemOf(error, options.requestId))
    }
  }
  return Readable.from(events(), { objectMode: false })
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Says no more of the inside than the status of an answer would. */
function problemOf(error: unknown, requestId: string) {
  const told = error instanceof StandardApiError ? error : StandardApiError.internal(error)
  return { error: told.error, message: told.message, request_id: requestId }
}
