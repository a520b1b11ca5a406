import { randomUUID } from 'node:crypto'
import type { Context } from 'koa'

const ACCEPTABLE = /^[\w.:-]{1,128}$/

/**
 * The id of a request: the caller's `X-Request-Id` when it is harmless, else a new one. It is kept in
 * `ctx.state.requestId`, so that every middleware of one request speaks of the same id.
 */
export function requestIdOf(koa: Context): string {
  const known: unknown = koa.state.requestId
  if (typeof known === 'string') return known
  const sent = koa.req.headers['x-request-id']
  const id = typeof sent === 'string' && ACCEPTABLE.test(sent) ? sent : randomUUID()
  koa.state.requestId = id
  return id
}
