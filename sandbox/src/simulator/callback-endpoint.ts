import type { IncomingMessage } from 'node:http'
import type { Context, Middleware } from 'koa'
import type { Engine } from '../engine/index.ts'

/** Largest callback, bytes. */
const MAX_BODY_SIZE = 65_536
const PATH = /^\/callback(?:\/(\d{1,15}))?$/

/** Takes callbacks at `POST /callback`, and at `/callback/{application_id}` from whoever asked for that address. */
export function callbackEndpoint(engine: Engine): Middleware {
  return async function callbackEndpointMiddleware(koa, next) {
    const match = PATH.exec(koa.path)
    if (!match) return next()
    if (koa.method !== 'POST') return refuse(koa, 405, { error: 'METHOD_NOT_ALLOWED', message: 'Method Not Allowed' })
    const body = await readBody(koa.req)
    if (!body) {
      koa.set('Connection', 'close')
      return refuse(koa, 413, { error: 'PAYLOAD_TOO_LARGE', message: `The body is larger than ${MAX_BODY_SIZE} bytes` })
    }
    const answer = await engine.callbacks.receive({
      headers: headersOf(koa.req),
      body,
      applicationId: match[1] === undefined ? undefined : Number(match[1]),
    })
    koa.status = answer.status
    koa.set('Content-Type', 'application/json')
    koa.body = answer.body
  }
}

function refuse(koa: Context, status: number, { error, message }: { error: string; message: string }): void {
  koa.status = status
  if (status === 405) koa.set('Allow', 'POST')
  koa.set('Content-Type', 'application/json')
  koa.body = JSON.stringify({ success: false, error, message, detail: message, details: null })
}

/** Undefined when the body is too large. */
async function readBody(req: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BODY_SIZE) chunks.push(chunk)
  }
  return size > MAX_BODY_SIZE ? undefined : Buffer.concat(chunks)
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
