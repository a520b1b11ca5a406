import type { Server } from 'node:http'
import { defineHandler, ResourceNotFoundError, serve, standardApi } from '@mt-paas/server'
import Koa from 'koa'
import { API_KEY, answers, NOW, VERSION } from '../service/answers.ts'

const absent = async () => {
  throw new ResourceNotFoundError('thing')
}

const handler = defineHandler({
  baseUrl: 'https://advisor.example.com',
  serviceVersion: VERSION,
  activateTenant: async ({ input }) => answers.activate(input),
  getTenantStatus: async ({ input }) => answers.status(input.tenant_id),
  getTenantStats: async ({ input }) => answers.stats(input.tenant_id, input.period),
  listUsers: async ({ input }) => answers.users(input),
  deactivateTenant: absent,
  getTenantUsage: absent,
  getTenantCosts: absent,
  createUser: absent,
  getUser: absent,
  updateUser: absent,
  deleteUser: absent,
  getSettings: absent,
})

/** Ours, as a service mounts it: authentication, input and output validation on, REST and tRPC from one router. */
export async function standardApiOnKoa(): Promise<Server> {
  const app = new Koa()
  app.use(standardApi(handler, { env: { MARKET_API_KEY: API_KEY }, now: () => NOW }))
  const { server } = await serve(app)
  return server
}
