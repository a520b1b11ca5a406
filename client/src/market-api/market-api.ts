import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import type { Context, Middleware } from 'koa'
import { isOneOf } from '../callback/same-secret.ts'
import {
  type ErrorAnswer,
  readRawBody,
  requestIdOf,
  respondError,
  respondJson,
  UnreadableBody,
} from '../http/koa-json.ts'
import { parseJson } from '../http/parse-json.ts'
import type { ServiceMarketClient } from '../market/service-market-client.ts'
import { marketError } from './market-error.ts'
import { type MarketContext, marketRouter } from './market-router.ts'
import { type MarketMatch, matchMarketRoute } from './market-routes.ts'

/** Options of {@link marketApi}. Operators prove themselves by a key, or by a check of yours. */
export interface MarketApiOptions {
  /** Keys of the operators; several while they are exchanged. */
  readonly apiKeys?: readonly string[]
  /** @default 'X-API-Key' */
  readonly apiKeyHeader?: string
  /** A check of your own, beside or instead of keys. @default none */
  readonly authenticate?: (koa: Context) => boolean | Promise<boolean>
  /** Path in front of every endpoint; the tRPC protocol is at `<prefix>/trpc`. @default '' */
  readonly prefix?: string
  /** Largest body, bytes. @default 1_048_576 */
  readonly maxBodySize?: number
  /** Gets what is answered with a 500. @default none */
  readonly onError?: (thrown: unknown, requestId: string) => void
}

/**
 * The market's management API on Koa: the predecessors' paths, and the same procedures over the tRPC protocol. All
 * of it needs a credential, looked at before a body is read.
 * @throws TypeError without any way to authenticate
 */
export function marketApi(market: ServiceMarketClient, options: MarketApiOptions): Middleware {
  const { apiKeys = [], apiKeyHeader = 'X-API-Key', authenticate, prefix = '', maxBodySize = 1_048_576 } = options
  if (apiKeys.length === 0 && !authenticate) throw new TypeError('marketApi needs apiKeys or authenticate')
  if (apiKeys.includes('')) throw new TypeError('A key must not be empty')

  async function isOperator(koa: Context): Promise<boolean> {
    const key = koa.get(apiKeyHeader)
    if (key !== '' && apiKeys.length > 0 && isOneOf(apiKeys, key)) return true
    return authenticate ? authenticate(koa) : false
  }

  async function overRest(koa: Context, { route, parameters, methods }: MarketMatch): Promise<void> {
    if (!route) return refuseMethod(koa, methods)
    const given = route.method === 'GET' ? { ...koa.query } : await jsonBody(koa, maxBodySize)
    for (const [name, value] of Object.entries(parameters)) assertSame(name, given[name], value)
    const caller: Readonly<Record<string, unknown>> = marketRouter.createCaller(contextOf(koa, market)) as never
    const procedure = caller[route.procedure] as (input: unknown) => Promise<unknown>
    respondJson(koa, 200, await procedure({ ...given, ...parameters }))
  }

  async function overRpc(koa: Context, path: string): Promise<void> {
    koa.respond = false
    koa.res.statusCode = 200
    koa.res.setHeader('X-Request-Id', requestIdOf(koa))
    await nodeHTTPRequestHandler({
      router: marketRouter,
      req: koa.req,
      res: koa.res,
      path,
      maxBodySize,
      createContext: async () => contextOf(koa, market),
      onError({ error }) {
        if (marketError(error).status === 500) options.onError?.(error, requestIdOf(koa))
      },
    })
  }

  return async function marketApiMiddleware(koa, next) {
    const target = pathOf(koa)
    const path = target.startsWith(`${prefix}/`) ? target.slice(prefix.length) : ''
    const procedures = path.startsWith('/trpc/') ? path.slice('/trpc/'.length) : undefined
    const match = procedures === undefined ? matchMarketRoute(koa.method, path) : undefined
    if (!match && procedures === undefined) return next()
    try {
      if (!(await isOperator(koa))) return respondError(koa, UNAUTHORIZED)
      if (match) await overRest(koa, match)
      else await overRpc(koa, procedures ?? '')
    } catch (thrown) {
      const answer = marketError(thrown)
      if (answer.status === 500) options.onError?.(thrown, requestIdOf(koa))
      respondError(koa, answer)
    }
  }
}

const UNAUTHORIZED: ErrorAnswer = {
  status: 401,
  error: 'UNAUTHORIZED',
  message: 'Invalid or missing credentials',
}

function contextOf(koa: Context, market: ServiceMarketClient): MarketContext {
  const idempotencyKey = koa.get('Idempotency-Key')
  return { market, call: { requestId: requestIdOf(koa), ...(idempotencyKey !== '' && { idempotencyKey }) } }
}

function pathOf({ req }: Context): string {
  return (req.url ?? '/').split('?', 1)[0] ?? '/'
}

async function jsonBody(koa: Context, limit: number): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await readRawBody(koa, limit)
  let body: unknown
  try {
    body = bytes.length === 0 ? {} : parseJson(bytes.toString('utf8'))
  } catch {
    throw new UnreadableBody(400, 'The body is not JSON that can be used')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new UnreadableBody(400, 'The body must be a JSON object')
  }
  return body as Readonly<Record<string, unknown>>
}

function assertSame(name: string, given: unknown, inPath: string): void {
  if (given !== undefined && given !== inPath) throw new UnreadableBody(400, `${name} differs between path and request`)
}

function refuseMethod(koa: Context, methods: readonly string[]): void {
  const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  koa.set('Allow', allowed)
  if (koa.method === 'OPTIONS') koa.status = 204
  else respondError(koa, { status: 405, error: 'METHOD_NOT_ALLOWED', message: 'Method Not Allowed' })
}
