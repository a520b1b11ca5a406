import type { Server } from 'node:http'
import { type RestMeta, restProjection, serve } from '@mt-paas/server'
import { StatusResponse, TenantInput } from '@mt-paas/server/contract'
import { initTRPC } from '@trpc/server'
import Koa from 'koa'
import { answers } from '../service/answers.ts'

const t = initTRPC.meta<RestMeta>().create({ isDev: false })

/** A router of so many routes; the one that is asked is declared last. */
export async function manyRoutes(count: number): Promise<Server> {
  const status = (path: `/${string}`) =>
    t.procedure
      .meta({ openapi: { method: 'GET', path } })
      .input(TenantInput)
      .output(StatusResponse)
      .query(({ input }) => answers.status(input.tenant_id))
  const routes: Record<string, ReturnType<typeof status>> = {}
  for (let at = 1; at < count; at++) routes[`status${at}`] = status(`/tenant/{tenant_id}/status${at}`)
  routes.status = status('/tenant/{tenant_id}/status')
  const app = new Koa()
  app.use(restProjection(t.router(routes), { prefix: '/mt' }))
  const { server } = await serve(app)
  return server
}
