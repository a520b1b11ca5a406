import type { IncomingMessage } from 'node:http'
import type { AnyTRPCRouter, inferRouterContext } from '@trpc/server'
import type { Context, Middleware, Next } from 'koa'
import { normaliseError, StandardApiError } from '../error/index.ts'
import { Arrival } from '../http/arrival.ts'
import { pastKoa, withDirectAnswer } from '../http/direct-answer.ts'
import { Exchange } from '../http/exchange.ts'
import { isUnanswered } from '../http/json-not-found.ts'
import { answerError, type Responder, respondError, setApiHeaders, throughKoa } from '../http/respond.ts'
import { createInputPlan, type InputPlan } from './input-plan.ts'
import { parseJsonBody } from './json-body.ts'
import { unrepresentablePart } from './plain-output.ts'
import { type PreparedProcedure, prepareProcedure } from './prepared-procedure.ts'
import { type ProcedureDefinition, proceduresOf } from './procedure-definition.ts'
import { type RequestTarget, splitTarget } from './request-target.ts'
import { restMetaOf } from './rest-meta.ts'
import { createRouteTable, type RouteMatch, type RoutePattern } from './route-table.ts'

/** What went wrong in a request that is answered with a 5xx. */
export interface RequestFailure {
  readonly error: StandardApiError
  readonly requestId: string
  /** Name of the procedure, when the request had reached one. */
  readonly operation: string | undefined
}

/** How a router is served over REST. */
export interface RestProjectionOptions<TRouter extends AnyTRPCRouter> {
  /** Path in front of every route, without a slash at its end. @default '' */
  readonly prefix?: string
  /** Makes the context of a request. @default an empty object */
  readonly createContext?: (exchange: Exchange) => inferRouterContext<TRouter> | Promise<inferRouterContext<TRouter>>
  /** Largest body in bytes. @default 1_048_576 */
  readonly maxBodySize?: number
  /** Gets every failure that is answered with a 5xx. @default none */
  readonly onError?: (failure: RequestFailure) => void
}

interface Route extends RoutePattern {
  readonly definition: ProcedureDefinition
  readonly plan: InputPlan
  readonly call: PreparedProcedure['call']
  readonly status: number
}

/**
 * Serves every procedure that carries `meta.openapi` as a REST endpoint on Koa. Routes, input plans and coercions
 * are made here, once; requests for other paths go on to the next middleware.
 * @throws TypeError when a procedure cannot be served, naming it
 */
export function restProjection<TRouter extends AnyTRPCRouter>(
  router: TRouter,
  options: RestProjectionOptions<TRouter> = {},
): Middleware {
  const { prefix = '', createContext, maxBodySize = 1_048_576, onError } = options
  const table = createRouteTable(routesOf(router, prefix))

  async function answer(
    arrival: Arrival,
    { match: { route, parameters }, target }: Found,
    respond: Responder,
  ): Promise<void> {
    const exchange = new Exchange(arrival, parameters)
    const { definition, plan } = route
    try {
      const made = createContext?.(exchange) ?? {}
      const ctx = made instanceof Promise ? await made : made
      const json = await route.call({
        ctx,
        rawInput: rawInput(exchange, plan, { parameters, target, maxBodySize }),
        signal: () => exchange.signal,
        batchIndex: 0,
      })
      for (const [name, value] of exchange.reply.headers) arrival.res.setHeader(name, value)
      const status = exchange.reply.status ?? route.status
      if (exchange.reply.stream) respond.stream(arrival, status, exchange.reply.stream)
      else respond.json(arrival, status, json)
    } catch (thrown) {
      const error = normaliseError(thrown, plan.locate)
      if (error.status >= 500) onError?.({ error, requestId: exchange.requestId, operation: definition.name })
      answerError(arrival, error, respond.json)
    }
  }

  /** Undefined for paths that are not below the prefix. */
  function locate({ method = 'GET', url = '/' }: IncomingMessage): Found | NotFound | undefined {
    const target = splitTarget(url)
    if (!isBelow(target.path, prefix)) return undefined
    const match = table.find(method, target.path)
    return match ? { match, target } : { match, allowed: table.methodsAt(target.path) }
  }

  function answerDirectly(arrival: Arrival): Promise<void> | undefined {
    try {
      const located = locate(arrival.req)
      return located?.match && answer(arrival, located, pastKoa)
    } catch {
      return undefined
    }
  }

  async function restProjectionMiddleware(koa: Context, next: Next): Promise<void> {
    let located: Found | NotFound | undefined
    try {
      located = locate(koa.req)
    } catch (thrown) {
      return respondError(koa, normaliseError(thrown))
    }
    if (!located) return next()
    if (located.match) return answer(Arrival.at(koa), located, throughKoa)
    if (located.allowed.length > 0) return refuseMethod(koa, located.allowed)
    await next()
    if (isUnanswered(koa)) respondError(koa, StandardApiError.notFound())
  }

  return withDirectAnswer(restProjectionMiddleware, answerDirectly)
}

interface Found {
  readonly match: RouteMatch<Route>
  readonly target: RequestTarget
}

interface NotFound {
  readonly match: undefined
  readonly allowed: readonly string[]
}

function routesOf(router: AnyTRPCRouter, prefix: string): readonly Route[] {
  return proceduresOf(router).flatMap((definition) => {
    const meta = restMetaOf(definition.meta)
    if (!meta || definition.type === 'subscription') return []
    const part = definition.output && unrepresentablePart(definition.output)
    if (part) throw new TypeError(`${definition.name}: JSON cannot carry ${part}`)
    const path = `${prefix}${meta.openapi.path}`
    const plan = createInputPlan(definition, meta)
    const { call } = prepareProcedure(definition)
    return [{ method: meta.openapi.method, path, definition, plan, call, status: meta.rest?.status ?? 200 }]
  })
}

interface RawInputOptions {
  readonly parameters: Readonly<Record<string, string>>
  readonly target: RequestTarget
  readonly maxBodySize: number
}

/** The procedure decides when its input is read: authentication comes before the body. */
function rawInput(exchange: Exchange, plan: InputPlan, options: RawInputOptions): () => unknown {
  let isRead = false
  let input: unknown
  return () => {
    if (!isRead) input = readInput(exchange, plan, options)
    isRead = true
    return input
  }
}

function readInput(exchange: Exchange, plan: InputPlan, options: RawInputOptions): unknown {
  const { parameters, target } = options
  if (plan.source === 'body') return readBodyInput(exchange, plan, options)
  return plan.fromQuery(parameters, plan.source === 'query' ? target.query : '')
}

async function readBodyInput(exchange: Exchange, plan: InputPlan, options: RawInputOptions): Promise<unknown> {
  const { parameters, maxBodySize } = options
  const parsed = exchange.arrival.parsed('body')
  if (parsed !== undefined) return plan.fromBody(parameters, parsed)
  return plan.fromBody(parameters, bodyIn(await exchange.bytes(maxBodySize), exchange.arrival.req))
}

const JSON_TYPE = /^application\/(?:json|[^;\s]+\+json)\s*(?:;|$)/i

/** What a body says; undefined when there is none. */
function bodyIn(bytes: Buffer, { headers }: IncomingMessage): unknown {
  if (bytes.length === 0) return undefined
  const type = headers['content-type']
  if (type !== undefined && type !== '' && !JSON_TYPE.test(type)) return bytes.toString('latin1')
  return parseJsonBody(bytes)
}

function isBelow(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (prefix === '' || path.length === prefix.length || path[prefix.length] === '/')
}

function refuseMethod(koa: Context, allowed: readonly string[]): void {
  const names = allowed.join(', ')
  if (koa.req.method !== 'OPTIONS') {
    respondError(koa, StandardApiError.methodNotAllowed(names))
    return
  }
  setApiHeaders(koa)
  koa.res.setHeader('Allow', names)
  koa.status = 204
}
