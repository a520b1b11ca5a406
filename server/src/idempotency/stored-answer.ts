import { StandardApiError } from '../error/index.ts'
import type { ReplyDraft } from '../http/exchange.ts'

/** The header of an answer that was given before. */
export const REPLAY_HEADER = 'Idempotent-Replay'

type StoredAnswer =
  | { readonly output: unknown; readonly status?: number; readonly headers: readonly (readonly [string, string])[] }
  | { readonly error: StoredError; readonly requestId: string }

type StoredError = Pick<StandardApiError, 'error' | 'message' | 'status' | 'details' | 'headers'>

/** Refusals that come before the effect, or pass by themselves: the request may be sent again. */
const PASSING = new Set([400, 401, 403, 422, 429, 503])

/** Whether an error is the final answer to a request. */
export function isFinal({ status, error }: StandardApiError): boolean {
  return status < 500 && !PASSING.has(status) && error !== 'OPERATION_IN_PROGRESS'
}

/** An output as it is kept, with the status and headers its procedure asked for. */
export function storedOutput(output: unknown, reply: ReplyDraft): string {
  const { status } = reply
  return JSON.stringify({ output, ...(status !== undefined && { status }), headers: [...reply.headers] })
}

/** An error as it is kept, with the id of the request that met it. */
export function storedError({ error, message, status, details, headers }: StandardApiError, requestId: string): string {
  return JSON.stringify({ error: { error, message, status, details, headers }, requestId })
}

/**
 * Gives the answer of before once more.
 * @throws StandardApiError when that was an error
 */
export function replay(answer: string, reply: ReplyDraft): unknown {
  const stored: StoredAnswer = JSON.parse(answer)
  if ('error' in stored) {
    const { error, message, headers, ...options } = stored.error
    throw new StandardApiError(error, message, {
      ...options,
      headers: { ...headers, [REPLAY_HEADER]: 'true' },
      requestId: stored.requestId,
    })
  }
  reply.status = stored.status
  for (const [name, value] of stored.headers) reply.setHeader(name, value)
  reply.setHeader(REPLAY_HEADER, 'true')
  return stored.output
}
