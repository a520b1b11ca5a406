import type { Readable } from 'node:stream'
import type { Context } from 'koa'
import { StandardApiError } from '../error/index.ts'
import type { Reply } from '../handler/index.ts'
import { readBody } from '../rest/read-body.ts'
import type { Arrival } from './arrival.ts'

/** One HTTP request and what its answer shall be, as contexts and procedures see it. */
export class Exchange {
  /** @internal */
  readonly arrival: Arrival
  /** Decoded path parameters of a REST request; undefined over the tRPC protocol. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined
  readonly reply: ReplyDraft = new ReplyDraft()
  #signal: AbortSignal | undefined
  #bytes: Promise<Buffer> | undefined

  constructor(arrival: Arrival, pathParameters?: Readonly<Record<string, string>>) {
    this.arrival = arrival
    this.pathParameters = pathParameters
  }

  /** Koa's context of the request. A request that was answered before Koa saw it gets one on first use. */
  get koa(): Context {
    return this.arrival.koa
  }

  get requestId(): string {
    return this.arrival.requestId
  }

  /** Aborts when the caller goes away before the answer is written. Made on first use. */
  get signal(): AbortSignal {
    this.#signal ??= abortOnClose(this.arrival)
    return this.#signal
  }

  /**
   * The body as it was sent, read once, at most `limit` bytes.
   * @throws StandardApiError 413 beyond the limit, 415 for a compressed body, 400 when the caller breaks off
   */
  bytes(limit: number): Promise<Buffer> {
    this.#bytes ??= bytesOf(this.arrival, limit)
    return this.#bytes
  }
}

function bytesOf(arrival: Arrival, limit: number): Promise<Buffer> {
  const { req } = arrival
  // Parsers that were mounted before keep what they have read here.
  const raw = arrival.parsed('rawBody')
  if (typeof raw === 'string' || raw instanceof Uint8Array) return Promise.resolve(Buffer.from(raw))
  const encoding = req.headers['content-encoding']
  const isCompressed = encoding && encoding.toLowerCase() !== 'identity'
  return isCompressed ? Promise.reject(StandardApiError.unsupportedMediaType()) : readBody(req, limit)
}

/** What a procedure wants its answer to carry. */
export class ReplyDraft implements Reply {
  status: number | undefined
  /** Sent over REST in place of the output, with its `Content-Type` among the headers. */
  stream: Readable | undefined
  #headers: Map<string, string> | undefined

  setHeader(name: string, value: string): void {
    this.#headers ??= new Map()
    this.#headers.set(name.toLowerCase(), value)
  }

  /** Headers set so far, names in lower case. */
  get headers(): Iterable<readonly [string, string]> {
    return this.#headers ?? []
  }
}

function abortOnClose({ res }: Arrival): AbortSignal {
  const controller = new AbortController()
  const abort = () => {
    if (!res.writableFinished) controller.abort()
  }
  if (res.destroyed) abort()
  else res.once('close', abort)
  return controller.signal
}
