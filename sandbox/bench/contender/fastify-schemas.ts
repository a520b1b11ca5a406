import { createServer, type RequestListener, type Server } from 'node:http'
import {
  ActivateRequest,
  ActivateResponse,
  HealthResponse,
  ListUsersInput,
  StatsInput,
  StatsResponse,
  StatusResponse,
  UsersListResponse,
} from '@mt-paas/server/contract'
import Fastify from 'fastify'
import { z } from 'zod'
import { API_KEY, answers, KEY_HEADER } from '../service/answers.ts'
import { type HeaderOptions, ourHeaders } from './our-headers.ts'

/** Fastify with JSON schemas of the contract: inputs checked by ajv, answers written by fast-json-stringify. */
export async function fastifySchemas({ sameHeaders = false }: HeaderOptions = {}): Promise<Server> {
  let listener: RequestListener | undefined
  const app = Fastify({
    ajv: { customOptions: { strict: false } },
    serverFactory: (handler) => {
      listener = handler
      return createServer(handler)
    },
  })
  if (sameHeaders) {
    app.addHook('onRequest', (_request, reply, done) => {
      for (const [name, value] of ourHeaders()) reply.header(name, value)
      done()
    })
  }
  const answer = (output: z.ZodType) => ({ 200: schemaOf(output, 'output') })
  app.get('/mt/health', { schema: { response: answer(HealthResponse) } }, async () => answers.health())
  app.register(async (tenants) => {
    tenants.addHook('onRequest', async (request, reply) => {
      if (request.headers[KEY_HEADER] !== API_KEY) return reply.code(401).send({ success: false })
    })
    tenants.get<{ Params: Tenant }>(
      '/mt/tenant/:tenant_id/status',
      { schema: { response: answer(StatusResponse) } },
      async ({ params }) => answers.status(params.tenant_id),
    )
    tenants.get<{ Params: Tenant; Querystring: StatsInput }>(
      '/mt/tenant/:tenant_id/stats',
      { schema: { querystring: queryOf(StatsInput), response: answer(StatsResponse) } },
      async ({ params, query }) => answers.stats(params.tenant_id, query.period),
    )
    tenants.get<{ Params: Tenant; Querystring: ListUsersInput }>(
      '/mt/tenant/:tenant_id/users',
      { schema: { querystring: queryOf(ListUsersInput), response: answer(UsersListResponse) } },
      async ({ params, query }) => answers.users({ ...query, tenant_id: params.tenant_id }),
    )
    tenants.post<{ Body: ActivateRequest }>(
      '/mt/tenant/:tenant_id/activate',
      { schema: { body: schemaOf(ActivateRequest, 'input'), response: answer(ActivateResponse) } },
      async ({ body }) => answers.activate(body),
    )
  })
  await app.ready()
  return listener ? createServer(listener) : app.server
}

interface Tenant {
  readonly tenant_id: string
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema, ...json } = z.toJSONSchema(schema, { io, target: 'draft-7' })
  return json
}

function queryOf(input: z.ZodObject): object {
  const { tenant_id, ...query } = input.shape
  return schemaOf(z.object(query), 'input')
}
