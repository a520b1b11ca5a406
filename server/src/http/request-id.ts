import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Context } from 'koa'

const ACCEPTABLE = /^[\w.:-]{1,128}$/

/**
 * The id of a request: the caller's `X-Request-Id` when it is harmless, else a new one. It is kept in
 * `ctx.state.requestId`, so that every middleware of one request speaks of the same id.
 */
export function requestIdOf(koa: Context): string {
  const known: unknown = koa.state.requestId
  if (typeof known === 'string') return known
  const id = newRequestId(koa.req)
  koa.state.requestId = id
  return id
}

/** The id of a request that nobody has asked for yet. */
export function newRequestId({ headers }: IncomingMessage): string {
  const sent = headers['x-request-id']
  return typeof sent === 'string' && ACCEPTABLE.test(sent) ? sent : randomUUID()
}
