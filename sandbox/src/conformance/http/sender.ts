import type { Exchange } from './exchange.ts'

/** A request before it is sent. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array<ArrayBuffer> | undefined
}

/** The part of `fetch` that is used. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>

/** What a sender works with. */
export interface SenderOptions {
  readonly fetch: FetchLike
  /** Deadline of one request with its answer, in ms. */
  readonly timeoutMs: number
  readonly now: () => Date
  /** Sees every exchange. */
  readonly onExchange: (exchange: Exchange) => void
}

/** Sends a request once and tells what came back; it never throws. */
export type Sender = (request: OutgoingRequest) => Promise<Exchange>

/** A sender that follows no redirect and repeats nothing. */
export function createSender({ fetch, timeoutMs, now, onExchange }: SenderOptions): Sender {
  async function answerOf({ method, url, headers, body }: OutgoingRequest): Promise<Answer> {
    const deadline = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(url, {
        method,
        headers: headers.map(([name, value]) => [name, value]),
        // Bytes, because text would be given a content type.
        ...(body !== undefined && { body: typeof body === 'string' ? new TextEncoder().encode(body) : body }),
        redirect: 'manual',
        signal: deadline,
      })
      const text = await response.text()
      return { status: response.status, headers: Object.fromEntries(response.headers), text, failure: undefined }
    } catch (error) {
      return { status: 0, headers: {}, text: '', failure: deadline.aborted ? `${timeoutMs} ms` : reasonOf(error) }
    }
  }

  return async function send(request) {
    const startedAt = now().toISOString()
    const began = performance.now()
    const answer = await answerOf(request)
    const exchange: Exchange = {
      method: request.method,
      url: request.url,
      requestHeaders: request.headers,
      requestBody: typeof request.body === 'object' ? new TextDecoder().decode(request.body) : request.body,
      startedAt,
      durationMs: Math.round((performance.now() - began) * 100) / 100,
      ...answer,
      json: parsed(answer.text),
    }
    onExchange(exchange)
    return exchange
  }
}

type Answer = Pick<Exchange, 'status' | 'headers' | 'text' | 'failure'>

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the network said is in the cause; the error itself only says that fetch failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  const code: unknown = Reflect.get(cause, 'code')
  return cause.message || (typeof code === 'string' ? code : error.message)
}
