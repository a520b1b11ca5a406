import { randomUUID } from 'node:crypto'
import type { Context } from 'koa'

/** A request that cannot be read: 400, or 413. */
export class UnreadableBody extends Error {
  readonly status: 400 | 413

  constructor(status: 400 | 413, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Reads the whole body of a request.
 * @throws UnreadableBody when it is larger than `limit` bytes
 */
export async function readRawBody(koa: Context, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // The answer to a body that is too large needs the socket.
  for await (const chunk of koa.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) {
      koa.res.setHeader('Connection', 'close')
      throw new UnreadableBody(413, `The body is larger than ${limit} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const ACCEPTABLE_ID = /^[\w.:-]{1,128}$/

/** The id of a request: the sender's when it is harmless, else a new one. */
export function requestIdOf(koa: Context): string {
  const known: unknown = koa.state.requestId
  if (typeof known === 'string') return known
  const sent = koa.req.headers['x-request-id']
  const id = typeof sent === 'string' && ACCEPTABLE_ID.test(sent) ? sent : randomUUID()
  koa.state.requestId = id
  return id
}

/** What an error answer says. */
export interface ErrorAnswer {
  readonly status: number
  readonly error: string
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>> | null
  /** ms a caller should wait. */
  readonly retryAfter?: number | null
}

/** Answers with JSON. */
export function respondJson(koa: Context, status: number, body: unknown): void {
  koa.set({ 'X-Request-Id': requestIdOf(koa), 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
  koa.status = status
  koa.set('Content-Type', 'application/json')
  koa.body = JSON.stringify(body)
}

/** Answers with the error body of the contract. */
export function respondError(koa: Context, { status, error, message, details = null, retryAfter }: ErrorAnswer): void {
  if (retryAfter != null) koa.set('Retry-After', String(Math.ceil(retryAfter / 1000)))
  respondJson(koa, status, { success: false, error, message, detail: message, details, request_id: requestIdOf(koa) })
}
