import { operations, type StandardRouter } from '@mt-paas/server/contract'
import type { TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { readErrorBody } from '../error/read-error-body.ts'
import { ServiceError } from '../error/service-error.ts'
import { type ServiceAddress, serviceAddress } from '../http/base-url.ts'
import { type Connections, pooledConnections } from '../http/connections.ts'
import type { HttpAnswer } from '../http/http-answer.ts'
import { createExchange, type HttpExchange } from '../http/http-exchange.ts'
import { HttpFailure } from '../http/http-failure.ts'
import { parseJson } from '../http/parse-json.ts'
import type { Answerer, OutgoingCall } from './answerer.ts'
import { callHeaders, callIdentity, completeContext } from './call-context.ts'
import { type AnswerCheck, answerCheck, type ContractOptions } from './contract-check.ts'
import { type RestRequestBuilder, restRequestBuilder } from './rest-request.ts'
import type { RestRoutes } from './rest-route.ts'
import { terminatingLink } from './terminating-link.ts'

/** Options of {@link restLink}. Times in ms. */
export interface RestLinkOptions extends ContractOptions {
  /** Where the service is: `https://advisor.example.com`. */
  readonly baseUrl: string
  /** Path in front of every route. @default '/mt' */
  readonly prefix?: string
  /** Headers of every request, such as the one with the key. @default none */
  readonly headers?: Readonly<Record<string, string>>
  /** Routes by procedure: of the contract, or made by `routesFromOpenApi`. @default those of the contract */
  readonly routes?: RestRoutes
  /** Largest answer, bytes. @default 1_048_576 */
  readonly maxAnswerSize?: number
  /** Until the headers of an answer are there. @default 10_000 */
  readonly headersTimeout?: number
  /** From the headers to the last byte. @default 10_000 */
  readonly bodyTimeout?: number
  /** Closed by its owner. @default a pool of its own, whose idle connections close by themselves */
  readonly connections?: Connections
  /** The clock. @default the system's */
  readonly now?: () => Date
}

/**
 * A terminating tRPC link over a REST projection: the same types, the same typed errors and the same `safe()` as
 * over the tRPC protocol. One request per call, no retries; calls reject with a `ServiceError`.
 * @throws TypeError for a base URL or prefix that is none
 */
export function restLink<TRouter extends AnyTRPCRouter = StandardRouter>(options: RestLinkOptions): TRPCLink<TRouter> {
  const { baseUrl, prefix = '/mt', connections = pooledConnections(), now = () => new Date(), ...rest } = options
  const { headersTimeout = 10_000, bodyTimeout = 10_000, maxAnswerSize = 1_048_576 } = rest
  const address = serviceAddress(baseUrl, prefix)
  const exchange = createExchange(connections, { headersTimeout, bodyTimeout, maxAnswerSize })
  const answer = restAnswerer({ ...rest, address, exchange, now })
  return terminatingLink((op) => answer({ ...op, context: { ...completeContext(op) } }))
}

/** What calls over REST are made with. */
export interface RestAnswererOptions extends ContractOptions {
  readonly address: ServiceAddress
  readonly exchange: HttpExchange
  readonly headers?: Readonly<Record<string, string>>
  /** @default those of the contract */
  readonly routes?: RestRoutes
  readonly now: () => Date
}

/** Answers operations over REST. */
export function restAnswerer(options: RestAnswererOptions): Answerer {
  const { address, exchange, headers = {}, routes = operations, now } = options
  const prepared = new Map<string, PreparedRoute>()
  for (const [name, route] of Object.entries<RestRoutes[string]>(routes)) {
    prepared.set(name, { build: restRequestBuilder(route), check: answerCheck(route.output, options) })
  }
  return async function answerOverRest(op) {
    const call = callIdentity(op)
    const route = prepared.get(op.path)
    if (!route) throw ServiceError.invalidRequest(call, `No REST route for ${op.path}`)
    const { method, path, body } = built(route, op)
    const answer = await exchange({
      method,
      origin: address.origin,
      path: `${address.path}${path}`,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
        ...callHeaders(op),
      },
      body,
      signal: op.signal,
    }).catch((failure: unknown) => {
      throw failure instanceof HttpFailure ? ServiceError.fromHttpFailure(call, failure) : failure
    })
    if (answer.status >= 300) throw ServiceError.answered(call, readErrorBody(answer, lenientJson(answer), now()))
    return route.check(call, parsed(op, answer))
  }
}

interface PreparedRoute {
  readonly build: RestRequestBuilder
  readonly check: AnswerCheck
}

function built({ build }: PreparedRoute, op: OutgoingCall) {
  try {
    return build(op.input)
  } catch (cause) {
    const why = cause instanceof TypeError ? cause.message : 'The input cannot be sent'
    throw ServiceError.invalidRequest(callIdentity(op), why, cause)
  }
}

function parsed(op: OutgoingCall, { status, text }: HttpAnswer): unknown {
  try {
    return parseJson(text)
  } catch (cause) {
    throw ServiceError.invalidResponse(callIdentity(op), 'is not JSON that can be used', { status, cause })
  }
}

/** The body of an error may be anything; its status says enough. */
function lenientJson({ text }: HttpAnswer): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
