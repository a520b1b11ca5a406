import type { IncomingMessage } from 'node:http'
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
import { initTRPC, TRPCError } from '@trpc/server'
import type { OpenApiMeta } from 'trpc-openapi'
import { z } from 'zod'
import { API_KEY, answers, KEY_HEADER } from '../service/answers.ts'

interface RequestContext {
  readonly req: IncomingMessage
}

const t = initTRPC.context<RequestContext>().meta<OpenApiMeta>().create({ isDev: false })
const withKey = t.procedure.use(({ ctx, next }) => {
  if (ctx.req.headers[KEY_HEADER] !== API_KEY) throw new TRPCError({ code: 'UNAUTHORIZED' })
  return next()
})
const get = (path: `/${string}`): OpenApiMeta => ({ openapi: { method: 'GET', path: `/mt${path}` } })

/** The five operations as one would write them with tRPC, annotated for trpc-openapi. */
export const trpcRouter = t.router({
  checkHealth: t.procedure
    .meta(get('/health'))
    .input(z.void())
    .output(HealthResponse)
    .query(() => answers.health()),
  getTenantStatus: withKey
    .meta(get('/tenant/{tenant_id}/status'))
    .input(TenantInput)
    .output(StatusResponse)
    .query(({ input }) => answers.status(input.tenant_id)),
  getTenantStats: withKey
    .meta(get('/tenant/{tenant_id}/stats'))
    .input(StatsInput)
    .output(StatsResponse)
    .query(({ input }) => answers.stats(input.tenant_id, input.period)),
  listUsers: withKey
    .meta(get('/tenant/{tenant_id}/users'))
    .input(ListUsersInput)
    .output(UsersListResponse)
    .query(({ input }) => answers.users(input)),
  activateTenant: withKey
    .meta({ openapi: { method: 'POST', path: '/mt/tenant/{tenant_id}/activate' } })
    .input(ActivateRequest)
    .output(ActivateResponse)
    .mutation(({ input }) => answers.activate(input)),
})

/** The context of a request, for the handlers of the two libraries. */
export function createContext({ req }: RequestContext): RequestContext {
  return { req }
}
