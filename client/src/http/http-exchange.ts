import { isUtf8 } from 'node:buffer'
import { EventEmitter } from 'node:events'
import type { Dispatcher } from 'undici'
import type { Connections, Lease } from './connections.ts'
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
  readonly signal?: AbortSignal | null | undefined
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

/** Exchanges over connections of undici: no redirects, no compression, everything bounded. */
export function createExchange(connections: Connections, limits: HttpLimits): HttpExchange {
  const { headersTimeout, bodyTimeout, maxAnswerSize } = limits
  return async function exchange({ method, origin, path, headers, body, signal }) {
    if (signal?.aborted) throw HttpFailure.aborted(signal.reason)
    const stop = new Stop()
    let lease: Lease | undefined
    function halt(reason: HttpFailure): void {
      stop.now(reason)
      // A request that waits for its connection does not hear of it.
      lease?.end(false)
    }
    const abort = () => halt(HttpFailure.aborted(signal?.reason))
    const expire = (phase: 'answer' | 'rest of the answer', limit: number) =>
      setTimeout(() => halt(HttpFailure.timeout(phase, limit)), limit)
    signal?.addEventListener('abort', abort, { once: true })
    let reusable = false
    let timer = expire('answer', headersTimeout)
    try {
      lease = connections.lease(origin)
      const answer = await lease.dispatcher.request({
        method,
        origin,
        path,
        headers,
        body: body ?? null,
        signal: stop,
        headersTimeout: 0,
        bodyTimeout: 0,
      })
      clearTimeout(timer)
      timer = expire('rest of the answer', bodyTimeout)
      const whole = await wholeAnswer(answer, maxAnswerSize)
      reusable = true
      return whole
    } catch (cause) {
      throw failureOf(cause, stop)
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      lease?.end(reusable)
    }
  }
}

/** What undici takes for an AbortSignal, at a fraction of its price. */
class Stop extends EventEmitter {
  reason: HttpFailure | undefined

  now(reason: HttpFailure): void {
    this.reason ??= reason
    this.emit('abort')
  }
}

async function wholeAnswer(answer: Dispatcher.ResponseData, limit: number): Promise<HttpAnswer> {
  const { statusCode: status, headers, body } = answer
  const header = (name: string) => {
    const value = headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  const encoding = header('content-encoding')
  try {
    if (status >= 300 && status < 400) throw HttpFailure.redirected(status)
    if (encoding !== undefined && encoding !== 'identity') throw HttpFailure.compressed(status)
    const length = Number(header('content-length') ?? Number.NaN)
    if (length > limit) throw HttpFailure.tooLarge(status, limit)
    // More than it says cannot come, so there is nothing to watch.
    const bytes = length <= limit ? asBuffer(await body.bytes()) : await collect(body, status, limit)
    return { status, header, text: decode(bytes, status) }
  } catch (cause) {
    body.on('error', () => {}).destroy()
    throw cause
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

async function collect(body: AsyncIterable<Buffer>, status: number, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit) throw HttpFailure.tooLarge(status, limit)
    chunks.push(chunk)
  }
  const [only] = chunks
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks)
}

const BYTE_ORDER_MARK = '\ufeff'

function decode(bytes: Buffer, status: number): string {
  if (!isUtf8(bytes)) throw HttpFailure.notText(status)
  const text = bytes.toString('utf8')
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

function failureOf(cause: unknown, stop: Stop): HttpFailure {
  if (cause instanceof HttpFailure) return cause
  if (stop.reason) return stop.reason
  if (codeOf(cause) === 'UND_ERR_CONNECT_TIMEOUT') return HttpFailure.timeout('connection', undefined)
  return beforeSending(cause) ? HttpFailure.notConnected(cause) : HttpFailure.cut(cause)
}

const NOT_SENT = /^(?:UND_ERR_CLOSED|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/
const CONNECTING = new Set(['connect', 'getaddrinfo'])

/** What fails while connecting has sent nothing; of everything else that cannot be said. */
function beforeSending(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(beforeSending)
  if (!(cause instanceof Error)) return false
  const { syscall } = cause as NodeJS.ErrnoException
  return (syscall !== undefined && CONNECTING.has(syscall)) || NOT_SENT.test(codeOf(cause))
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}
