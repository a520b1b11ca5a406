import { createTRPCClient, httpBatchLink, httpLink } from '@trpc/client'
import Koa from 'koa'
import type { ProcedureInput } from '../handler/handler.ts'
import type { StandardHandler } from '../handler/index.ts'
import { type Answer, type Call, call } from '../http/http-call.test.support.ts'
import { serve } from '../http/serve.ts'
import type { RequestFailure } from '../rest/index.ts'
import type { StandardRouter } from '../router/standard-router.ts'
import type { StandardApiOptions } from './api-options.ts'
import { standardApi } from './standard-api.ts'

/** The key that services of tests accept. */
export const KEY = 'example-key'

const at = '2026-01-31T09:00:00Z'
const user = { email: 'a@b.c', name: 'a', role: 'admin', status: 'active', created_at: at } as const
const settings = { config: {}, subscription: { plan: 'basic', start_date: '2026-01-01' } }

/** A handler that knows every tenant and remembers nothing. */
export const exampleHandler = {
  baseUrl: 'https://example.com',
  activateTenant: ({ input: { tenant_id } }) => ({
    success: true,
    tenant_id,
    access_url: 'https://x',
    message: '완료',
  }),
  deactivateTenant: ({ input: { tenant_id, preserve_data } }) => ({
    success: true,
    tenant_id,
    status: 'deactivated',
    data_preserved: preserve_data,
  }),
  getTenantStatus: ({ input }) => ({
    ...input,
    status: 'active',
    plan: 'basic',
    features: [],
    created_at: at,
    updated_at: at,
  }),
  getTenantUsage: ({ input }) => ({ ...input, usage: { api_calls: 3 } }),
  getTenantStats: ({ input }) => ({ ...input, summary: {} }),
  getTenantCosts: ({ input }) => ({ ...input, total_cost_usd: 0 }),
  getTopUsers: ({ input: { tenant_id, period } }) => ({ tenant_id, period }),
  listUsers: ({ input: { tenant_id, limit, offset } }) => ({ tenant_id, total: 0, limit, offset }),
  createUser: ({ input: { email, name, role, password } }) => ({
    ...user,
    ...{ user_id: 'u1', email, name, role, temporary_password: password === null },
  }),
  getUser: ({ input: { user_id } }) => ({ ...user, user_id }),
  updateUser: ({ input: { user_id, name } }) => ({ ...user, user_id, name: name ?? user.name }),
  deleteUser: ({ input: { user_id } }) => ({ success: true, user_id, message: 'gone' }),
  listResources: ({ input: { tenant_id } }) => ({ tenant_id, total: 0 }),
  getSettings: ({ input: { tenant_id } }) => ({ tenant_id, ...settings }),
  updateSettings: ({ input: { tenant_id } }) => ({ tenant_id, ...settings }),
  getBillingUsage: ({ input }) => input,
  getBillingDetail: ({ input }) => input,
} satisfies StandardHandler

/** The body of an activation that fits the contract. */
export const activation = {
  tenant_id: 't1',
  tenant_name: '한림대학교',
  plan: 'premium',
  features: ['rag'],
  contact: { email: 'a@b.c', name: '홍길동' },
} satisfies Omit<ProcedureInput<'activateTenant'>, 'config'>

/** A served Standard API, closed by `await using`. */
export interface ExampleService extends AsyncDisposable {
  readonly port: number
  /** What the service reported through `onError`. */
  readonly failures: RequestFailure[]
  /** Sends a request as it is, with the key unless `headers` are given. */
  send(request: Call): Promise<Answer>
  /** A typed client over the tRPC protocol; `requests` collects what it sends. */
  client(options?: ClientOptions): ReturnType<typeof createTRPCClient<StandardRouter>>
}

/** How a typed client of an {@link ExampleService} is made. */
export interface ClientOptions {
  /** @default the key of the service */
  readonly headers?: Readonly<Record<string, string>>
  /** Whether calls of one moment go in one request. @default false */
  readonly batch?: boolean
  /** Collects the URL of every request. @default not collected */
  readonly requests?: string[]
}

/** Serves a handler as the Standard API, accepting {@link KEY}. */
export async function serveExample(
  changes: Partial<StandardHandler> = {},
  options: StandardApiOptions = {},
): Promise<ExampleService> {
  const failures: RequestFailure[] = []
  const api = standardApi(
    { ...exampleHandler, ...changes },
    { env: { MARKET_API_KEY: KEY }, onError: (failure) => failures.push(failure), ...options },
  )
  const app = new Koa()
  app.silent = true
  const running = await serve(app.use(api))
  const { port, url } = running
  return {
    port,
    failures,
    send: (request) => call(port, { ...request, headers: request.headers ?? { ...withKey, ...typed(request) } }),
    client({ headers = withKey, batch = false, requests = [] } = {}) {
      const link = batch ? httpBatchLink : httpLink
      const counted = (input: URL | string, init?: object) => {
        requests.push(String(input))
        return fetch(input, init)
      }
      return createTRPCClient<StandardRouter>({ links: [link({ url: `${url}/mt/trpc`, headers, fetch: counted })] })
    },
    [Symbol.asyncDispose]: () => running.close(0),
  }
}

const withKey = { 'X-Market-API-Key': KEY }

function typed({ body }: Call) {
  return body === undefined ? {} : { 'content-type': 'application/json' }
}
