import { type AnyTRPCRouter, initTRPC } from '@trpc/server'
import Koa, { type Middleware } from 'koa'
import type { Exchange } from '../http/exchange.ts'
import { type Answer, type Call, call } from '../http/http-call.test.support.ts'
import { serve } from '../http/serve.ts'
import type { RestMeta } from './rest-meta.ts'
import { type RestProjectionOptions, restProjection } from './rest-projection.ts'

/** tRPC for routers that a test makes; procedures see the exchange. */
export const t = initTRPC.context<{ readonly exchange: Exchange }>().meta<RestMeta>().create()

/** A server of one test, closed by `await using`. */
export interface TestServer extends AsyncDisposable {
  readonly port: number
  send(request: Call): Promise<Answer>
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
}

/** Serves middleware on a free port. */
export async function serveApp(...middleware: readonly Middleware[]): Promise<TestServer> {
  const app = new Koa()
  app.silent = true
  for (const one of middleware) app.use(one)
  const running = await serve(app)
  const { port } = running
  return {
    port,
    send: (request) => call(port, request),
    get: (path) => call(port, { path }),
    post: (path, body) => call(port, { method: 'POST', path, body }),
    [Symbol.asyncDispose]: () => running.close(0),
  }
}

/** Serves a router over REST, its contexts made of the exchange. */
export function serveRouter<TRouter extends AnyTRPCRouter>(
  router: TRouter,
  options: RestProjectionOptions<TRouter> = {},
): Promise<TestServer> {
  const createContext = (exchange: Exchange) => ({ exchange })
  return serveApp(restProjection(router, { createContext: createContext as never, ...options }))
}
