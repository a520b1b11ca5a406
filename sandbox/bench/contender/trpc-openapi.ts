import { createServer, type Server } from 'node:http'
import Koa from 'koa'
import { createOpenApiKoaMiddleware } from 'trpc-openapi'
import { createContext, trpcRouter } from './trpc-router.ts'

/** The request handler that trpc-openapi (trpc-to-openapi) brings along, on Koa. */
export function trpcOpenapi(): Server {
  const app = new Koa()
  app.use(createOpenApiKoaMiddleware({ router: trpcRouter, createContext }))
  return createServer(app.callback())
}
