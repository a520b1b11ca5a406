import { createServer, type Server } from 'node:http'
import Router from '@koa/router'
import { ActivateRequest, ListUsersInput, StatsInput, TenantInput } from '@mt-paas/server/contract'
import Koa, { type Context } from 'koa'
import { API_KEY, answers, KEY_HEADER } from '../service/answers.ts'

/** Koa with its router, inputs checked by zod, put together by hand. */
export function koaRouter(): Server {
  const app = new Koa()
  const router = new Router({ prefix: '/mt' })
  router.get('/health', (ctx) => {
    ctx.body = answers.health()
  })
  router.use('/tenant', async (ctx, next) => {
    if (ctx.get(KEY_HEADER) !== API_KEY) ctx.throw(401)
    await next()
  })
  router.get('/tenant/:tenant_id/status', (ctx) => {
    ctx.body = answers.status(TenantInput.parse(ctx.params).tenant_id)
  })
  router.get('/tenant/:tenant_id/stats', (ctx) => {
    const { tenant_id, period } = StatsInput.parse({ ...ctx.query, ...ctx.params })
    ctx.body = answers.stats(tenant_id, period)
  })
  router.get('/tenant/:tenant_id/users', (ctx) => {
    ctx.body = answers.users(ListUsersInput.parse({ ...ctx.query, ...ctx.params }))
  })
  router.post('/tenant/:tenant_id/activate', async (ctx) => {
    ctx.body = answers.activate(ActivateRequest.parse(await bodyOf(ctx)))
  })
  app.use(router.routes())
  return createServer(app.callback())
}

async function bodyOf({ req }: Context): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
