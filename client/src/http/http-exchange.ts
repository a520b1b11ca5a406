import { AnswerReader } from './answer-reader.ts'
import type { Connections } from './connections.ts'
import type { EndSignal } from './end-signal.ts'
import type { HttpAnswer } from './http-answer.ts'
import { HttpFailure } from './http-failure.ts'

/** One request, ready to be sent. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly origin: string
  /** Path and query, encoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly signal?: EndSignal | null | undefined
}

/** Sends one request and reads its whole answer. Rejects with a {@link HttpFailure} only. */
export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>

/** Limits of an exchange. */
export interface HttpLimits {
  /** From the start, connecting included, until the headers of the answer are there, ms. */
  readonly headersTimeout: number
  /** From the headers to the last byte, ms; a body that drips does not get more. */
  readonly bodyTimeout: number
  /** Largest answer, bytes. */
  readonly maxAnswerSize: number
}

/** What is done with every answer, whatever its status; it must not throw. */
export type AnswerWatch = (answer: HttpAnswer) => void

/** Exchanges over connections of undici: no redirects, no compression, everything bounded. */
export function createExchange(connections: Connections, limits: HttpLimits, watch?: AnswerWatch): HttpExchange {
  return function exchange(request) {
    const { signal } = request
    if (signal?.aborted) return Promise.reject(HttpFailure.aborted(signal.reason))
    return new Promise((resolve, reject) => {
      const reader = new AnswerReader(limits, signal, {
        resolve(answer) {
          watch?.(answer)
          resolve(answer)
        },
        reject,
      })
      reader.ask(connections, request)
    })
  }
}
