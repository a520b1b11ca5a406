import type { IncomingMessage } from 'node:http'
import type { AnyTRPCRouter, inferRouterContext, TRPCError } from '@trpc/server'
import type { Context, Middleware, Next } from 'koa'
import { normaliseError, StandardApiError } from '../error/index.ts'
import { Arrival } from '../http/arrival.ts'
import { sendJson, withDirectAnswer } from '../http/direct-answer.ts'
import { Exchange } from '../http/exchange.ts'
import { answerError, setApiHeaders } from '../http/respond.ts'
import type { RequestFailure } from '../rest/index.ts'
import { decodeJsonBody } from '../rest/json-body.ts'
import { readBody } from '../rest/read-body.ts'
import { type RequestTarget, splitTarget } from '../rest/request-target.ts'
import { preparedRpc } from './prepared-rpc.ts'
import { readRpcCalls } from './rpc-calls.ts'

/** How a router is served over the tRPC protocol. */
export interface RpcEndpointOptions<TRouter extends AnyTRPCRouter> {
  /** Path of the endpoint, such as `/mt/trpc`. */
  readonly path: string
  readonly createContext: (exchange: Exchange) => inferRouterContext<TRouter>
  /** Largest body in bytes. */
  readonly maxBodySize: number
  readonly onError: (failure: RequestFailure) => void
}

/** Calls in one batch. */
const MAX_BATCH_SIZE = 100

/** Serves a router over the tRPC protocol, batches and streams included. tRPC writes the answer itself. */
export function rpcEndpoint<TRouter extends AnyTRPCRouter>(
  router: TRouter,
  { path, createContext, maxBodySize, onError }: RpcEndpointOptions<TRouter>,
): Middleware {
  const prepared = preparedRpc(router, { createContext, onError, maxBatchSize: MAX_BATCH_SIZE })

  async function answer(arrival: Arrival, { path: procedures, query }: RequestTarget): Promise<void> {
    const { req, res } = arrival
    const method = req.method ?? ''
    // tRPC makes a `Request`, which refuses some methods by throwing.
    if (!METHODS.includes(method)) {
      return answerError(arrival, StandardApiError.methodNotAllowed(METHODS.join(', ')), sendJson)
    }
    const exchange = new Exchange(arrival)
    const refusal = method === 'POST' ? await attachBody(arrival, maxBodySize) : undefined
    const body: unknown = Reflect.get(req, 'body')
    const calls = refusal ? undefined : readRpcCalls({ req, path: procedures, query, body })
    const answering = calls && prepared.answer(exchange, calls)
    if (answering) return answering
    setApiHeaders(arrival.koa)
    res.statusCode = 200
    // Few calls need tRPC's own handler, and loading it takes a start longer.
    const { nodeHTTPRequestHandler } = await import('@trpc/server/adapters/node-http')
    await nodeHTTPRequestHandler({
      router,
      req,
      res,
      path: procedures,
      maxBodySize,
      maxBatchSize: MAX_BATCH_SIZE,
      middleware: (_req, _res, proceed) => proceed(refusal),
      createContext: async () => createContext(exchange),
      onError({ error, path: operation }) {
        const failure = normaliseError(error)
        if (failure.status >= 500) onError({ error: failure, requestId: exchange.requestId, operation })
      },
      responseMeta: ({ errors, info }) => ({ headers: info?.isBatchCall ? {} : headersOf(exchange, errors) }),
    })
  }

  async function rpcMiddleware(koa: Context, next: Next): Promise<void> {
    const target = targetBelow(koa.req, path)
    if (!target) return next()
    koa.respond = false
    return answer(Arrival.at(koa), target)
  }

  return withDirectAnswer(rpcMiddleware, (arrival) => {
    const target = targetBelow(arrival.req, path)
    return target && answer(arrival, target)
  })
}

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST']

/** The target with what follows the endpoint's path, undecoded; undefined for other paths, and for targets that are none. */
function targetBelow({ url = '/' }: IncomingMessage, path: string): RequestTarget | undefined {
  // A target in absolute form has no such start; few have it.
  if (url[0] === '/' && !url.startsWith(path)) return undefined
  try {
    const target = splitTarget(url)
    const isBelow = target.path.startsWith(path) && target.path[path.length] === '/'
    return isBelow ? { path: target.path.slice(path.length + 1), query: target.query } : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads the body by the rules of REST, and leaves it where tRPC looks for one that has been read. What is wrong with
 * it is returned, so that tRPC answers in the shape its clients know.
 */
async function attachBody(arrival: Arrival, maxBodySize: number): Promise<StandardApiError | undefined> {
  const { req } = arrival
  try {
    const parsed = arrival.parsed('body')
    Reflect.set(req, 'body', parsed ?? decodeJsonBody(await readBody(req, maxBodySize)))
    return undefined
  } catch (thrown) {
    return normaliseError(thrown)
  }
}

function headersOf({ reply }: Exchange, [error]: readonly TRPCError[]): Record<string, string> {
  return { ...Object.fromEntries(reply.headers), ...(error instanceof StandardApiError ? error.headers : {}) }
}
