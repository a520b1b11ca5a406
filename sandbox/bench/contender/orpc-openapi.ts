import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import {
  ActivateRequest,
  ActivateResponse,
  HealthResponse,
  ListUsersInput,
  StatsInput,
  StatsResponse,
  StatusResponse,
  TenantInput,
  UsersListResponse,
} from '@mt-paas/server/contract'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { ORPCError, os } from '@orpc/server'
import { API_KEY, answers, KEY_HEADER } from '../service/answers.ts'

const base = os.$context<{ headers: IncomingHttpHeaders }>()
const withKey = base.use(({ context, next }) => {
  if (context.headers[KEY_HEADER] !== API_KEY) throw new ORPCError('UNAUTHORIZED')
  return next()
})
const tenant = '/mt/tenant/{tenant_id}' as const

const router = {
  health: base
    .route({ method: 'GET', path: '/mt/health' })
    .output(HealthResponse)
    .handler(() => answers.health()),
  status: withKey
    .route({ method: 'GET', path: `${tenant}/status` })
    .input(TenantInput)
    .output(StatusResponse)
    .handler(({ input }) => answers.status(input.tenant_id)),
  stats: withKey
    .route({ method: 'GET', path: `${tenant}/stats` })
    .input(StatsInput)
    .output(StatsResponse)
    .handler(({ input }) => answers.stats(input.tenant_id, input.period)),
  users: withKey
    .route({ method: 'GET', path: `${tenant}/users` })
    .input(ListUsersInput)
    .output(UsersListResponse)
    .handler(({ input }) => answers.users(input)),
  activate: withKey
    .route({ method: 'POST', path: `${tenant}/activate` })
    .input(ActivateRequest)
    .output(ActivateResponse)
    .handler(({ input }) => answers.activate(input)),
}

/** oRPC's OpenAPI handler on `node:http`; the contract's schemas read text as numbers themselves. */
export function orpcOpenapi(): Server {
  const handler = new OpenAPIHandler(router)
  return createServer(async (req, res) => {
    const { matched } = await handler.handle(req, res, { context: { headers: req.headers } })
    if (!matched) res.writeHead(404).end()
  })
}
