import { pipeline, type Readable } from 'node:stream'
import type { Middleware } from 'koa'
import type { Arrival } from './arrival.ts'
import { type Respond, type Responder, setApiHeaders } from './respond.ts'

/**
 * Answers a request at once where it can, as its middleware would, but without what Koa does around middleware:
 * contexts, composing, watching for the end, and writing headers one by one. Undefined leaves the request to Koa.
 */
export type DirectAnswer = (arrival: Arrival) => Promise<void> | undefined

const directAnswer = Symbol('mt-paas.directAnswer')

/** Middleware that can also answer without Koa around it. What it answers so must never call `next`. */
export function withDirectAnswer(middleware: Middleware, answer: DirectAnswer): Middleware {
  return Object.assign(middleware, { [directAnswer]: answer })
}

/** The direct answer of a middleware, if it has one. */
export function directAnswerOf(middleware: unknown): DirectAnswer | undefined {
  return typeof middleware === 'function' ? Reflect.get(middleware, directAnswer) : undefined
}

/** Statuses whose answers have no body, nor headers about one. */
const WITHOUT_BODY = new Set([204, 205, 304])

const API_HEADERS = ['X-Content-Type-Options', 'nosniff', 'Cache-Control', 'no-store']

/** Writes answers of the API after which nothing comes: one call for the headers, added to those that are set. */
export const sendJson: Respond = jsonSender(API_HEADERS)

/** As {@link sendJson}, for answers that depend on what tRPC calls accept. */
export const sendRpcJson: Respond = jsonSender([...API_HEADERS, 'Vary', 'trpc-accept, accept'])

/** Writes the answer at once. */
export const pastKoa: Responder = { json: sendJson, stream: sendStream }

function sendStream({ koa, res }: Arrival, status: number, stream: Readable): void {
  setApiHeaders(koa)
  res.statusCode = status
  // Destroys whichever is left when the other one ends early.
  pipeline(stream, res, () => {})
}

function jsonSender(fixed: readonly string[]): Respond {
  const around = ['X-Request-Id', '', ...fixed]
  const withJson = [...around, 'Content-Type', 'application/json', 'Content-Length', '']
  const withNothing = [...around, 'Content-Length', '0']
  return function sendJson({ res, requestId }, status, json) {
    if (res.headersSent) {
      res.end()
      return
    }
    if (json === undefined || WITHOUT_BODY.has(status)) {
      const headers = (WITHOUT_BODY.has(status) ? around : withNothing).slice()
      headers[1] = requestId
      res.writeHead(status, headers).end()
      return
    }
    const length = Buffer.byteLength(json)
    // Copying is quicker than putting a list together.
    const headers = withJson.slice()
    headers[1] = requestId
    headers[headers.length - 1] = String(length)
    res.writeHead(status, headers)
    // Text of as many bytes as characters is ASCII, which is written fastest.
    res.end(json, length === json.length ? 'latin1' : 'utf8')
  }
}
