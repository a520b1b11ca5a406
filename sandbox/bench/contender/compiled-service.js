import { defineHandler, ResourceNotFoundError, serve, standardApi } from '@mt-paas/server'
import Koa from 'koa'

const absent = async () => {
  throw new ResourceNotFoundError('thing')
}

const handler = defineHandler({
  baseUrl: 'https://advisor.example.com',
  activateTenant: absent,
  deactivateTenant: absent,
  getTenantStatus: absent,
  getTenantUsage: absent,
  getTenantStats: absent,
  getTenantCosts: absent,
  listUsers: absent,
  createUser: absent,
  getUser: absent,
  updateUser: absent,
  deleteUser: absent,
  getSettings: absent,
})

// A service as it is deployed: JavaScript, so that no compiler is loaded beside it.
const app = new Koa()
app.use(standardApi(handler, { env: { MARKET_API_KEY: 'bench-key-of-32-characters-00000' } }))
const { port } = await serve(app)
process.on('disconnect', () => process.exit(0))
process.on('message', () => process.send?.({ rss: process.memoryUsage().rss }))
process.send?.({ port })
