import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { ActivateRequest, ListUsersInput, StatsInput, TenantInput } from '@mt-paas/server/contract'
import { Hono } from 'hono'
import { API_KEY, answers, KEY_HEADER } from '../service/answers.ts'

/** Hono on its Node server, inputs checked by zod. */
export function honoZod(): Server {
  const app = new Hono()
  app.get('/mt/health', (c) => c.json(answers.health()))
  app.use('/mt/tenant/*', async (c, next) => (c.req.header(KEY_HEADER) === API_KEY ? next() : c.json({}, 401)))
  app.get('/mt/tenant/:tenant_id/status', (c) => c.json(answers.status(TenantInput.parse(c.req.param()).tenant_id)))
  app.get('/mt/tenant/:tenant_id/stats', (c) => {
    const { tenant_id, period } = StatsInput.parse({ ...c.req.query(), ...c.req.param() })
    return c.json(answers.stats(tenant_id, period))
  })
  app.get('/mt/tenant/:tenant_id/users', (c) => {
    return c.json(answers.users(ListUsersInput.parse({ ...c.req.query(), ...c.req.param() })))
  })
  app.post('/mt/tenant/:tenant_id/activate', async (c) => {
    return c.json(answers.activate(ActivateRequest.parse(await c.req.json())))
  })
  return createServer(getRequestListener(app.fetch))
}
