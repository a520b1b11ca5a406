import type { Readable } from 'node:stream'
import type { Context } from 'koa'
import { errorBody, type StandardApiError } from '../error/index.ts'
import type { Arrival } from './arrival.ts'
import { requestIdOf } from './request-id.ts'

/** Headers of every answer of the API. */
export function setApiHeaders(koa: Context): void {
  const { res } = koa
  res.setHeader('X-Request-Id', requestIdOf(koa))
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('Cache-Control', 'no-store')
}

/** Answers with a body that is JSON text already; no text means no body. */
export function respondJson(koa: Context, status: number, json: string | undefined): void {
  setApiHeaders(koa)
  koa.status = status
  if (json === undefined) {
    koa.res.setHeader('Content-Length', '0')
    koa.body = Buffer.alloc(0)
    return
  }
  koa.res.setHeader('Content-Type', 'application/json')
  koa.body = json
}

/** Answers with what a stream gives, as it comes; the stream is destroyed when the caller goes away. */
export function respondStream(koa: Context, status: number, stream: Readable): void {
  setApiHeaders(koa)
  koa.status = status
  koa.body = stream
}

/** Answers with the error's status, headers and the body of the contract. */
export function respondError(koa: Context, error: StandardApiError): void {
  for (const [name, value] of Object.entries(error.headers)) koa.res.setHeader(name, value)
  respondJson(koa, error.status, JSON.stringify(errorBody(error, requestIdOf(koa))))
}

/** Gives the answer to a request: its status, and its body as JSON text or none. */
export type Respond = (arrival: Arrival, status: number, json: string | undefined) => void

/** Ways of giving an answer, through Koa or past it. */
export interface Responder {
  readonly json: Respond
  readonly stream: (arrival: Arrival, status: number, stream: Readable) => void
}

/** Leaves the answer in the context, so that middleware may add to it. */
export const throughKoa: Responder = {
  json: ({ koa }, status, json) => respondJson(koa, status, json),
  stream: ({ koa }, status, stream) => respondStream(koa, status, stream),
}

/** As {@link respondError}, by another way of giving answers. */
export function answerError(arrival: Arrival, error: StandardApiError, respond: Respond): void {
  for (const [name, value] of Object.entries(error.headers)) arrival.res.setHeader(name, value)
  respond(arrival, error.status, JSON.stringify(errorBody(error, arrival.requestId)))
}
