import type { IncomingMessage } from 'node:http'
import type { AnyTRPCRouter, inferRouterContext, TRPCError } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import type { Context, Middleware, Next } from 'koa'
import { normaliseError, StandardApiError } from '../error/index.ts'
import { Exchange } from '../http/exchange.ts'
import { respondError, setApiHeaders } from '../http/respond.ts'
import type { RequestFailure } from '../rest/index.ts'
import { decodeJsonBody } from '../rest/json-body.ts'
import { readBody } from '../rest/read-body.ts'
import { splitTarget } from '../rest/request-target.ts'

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
  return async function rpcMiddleware(koa: Context, next: Next): Promise<void> {
    const procedures = pathBelow(koa.req, path)
    if (procedures === undefined) return next()
    // tRPC makes a `Request`, which refuses some methods by throwing.
    if (!METHODS.includes(koa.method)) return respondError(koa, StandardApiError.methodNotAllowed(METHODS.join(', ')))
    const exchange = new Exchange(koa)
    const refusal = await attachBody(koa, maxBodySize)
    setApiHeaders(koa)
    koa.respond = false
    koa.res.statusCode = 200
    await nodeHTTPRequestHandler({
      router,
      req: koa.req,
      res: koa.res,
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
}

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST']

/** What follows the endpoint's path, undecoded; undefined for other paths, and for targets that are none. */
function pathBelow({ url = '/' }: IncomingMessage, path: string): string | undefined {
  try {
    const target = splitTarget(url)
    return target.path.startsWith(`${path}/`) ? target.path.slice(path.length + 1) : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads the body by the rules of REST, and leaves it where tRPC looks for one that has been read. What is wrong with
 * it is returned, so that tRPC answers in the shape its clients know.
 */
async function attachBody({ req, request }: Context, maxBodySize: number): Promise<StandardApiError | undefined> {
  if (req.method !== 'POST') return undefined
  try {
    const parsed: unknown = Reflect.get(request, 'body')
    Reflect.set(req, 'body', parsed ?? decodeJsonBody(await readBody(req, maxBodySize)))
    return undefined
  } catch (thrown) {
    return normaliseError(thrown)
  }
}

function headersOf({ reply }: Exchange, [error]: readonly TRPCError[]): Record<string, string> {
  return { ...Object.fromEntries(reply.headers), ...(error instanceof StandardApiError ? error.headers : {}) }
}
