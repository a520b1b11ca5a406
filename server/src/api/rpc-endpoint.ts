import type { AnyTRPCRouter, inferRouterContext, TRPCError } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import type { Context, Middleware, Next } from 'koa'
import { normaliseError, StandardApiError } from '../error/index.ts'
import { Exchange } from '../http/exchange.ts'
import { setApiHeaders } from '../http/respond.ts'
import type { RequestFailure } from '../rest/index.ts'

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
    if (!koa.path.startsWith(`${path}/`)) return next()
    const exchange = new Exchange(koa)
    setApiHeaders(koa)
    koa.respond = false
    koa.res.statusCode = 200
    await nodeHTTPRequestHandler({
      router,
      req: koa.req,
      res: koa.res,
      path: koa.path.slice(path.length + 1),
      maxBodySize,
      maxBatchSize: MAX_BATCH_SIZE,
      createContext: async () => createContext(exchange),
      onError({ error, path: operation }) {
        const failure = normaliseError(error)
        if (failure.status >= 500) onError({ error: failure, requestId: exchange.requestId, operation })
      },
      responseMeta: ({ errors, info }) => ({ headers: info?.isBatchCall ? {} : headersOf(exchange, errors) }),
    })
  }
}

function headersOf({ reply }: Exchange, [error]: readonly TRPCError[]): Record<string, string> {
  return { ...Object.fromEntries(reply.headers), ...(error instanceof StandardApiError ? error.headers : {}) }
}
