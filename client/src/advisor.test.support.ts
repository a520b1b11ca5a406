import {
  defineHandler,
  type RunningServer,
  type StandardHandler,
  serve,
  standardApi,
  TenantExistsError,
  TenantNotFoundError,
  UserNotFoundError,
} from '@mt-paas/server'
import Koa from 'koa'

const timestamps = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-02T00:00:00Z' }
const user = {
  user_id: 'u1',
  email: 'a@hallym.ac.kr',
  name: '관리자',
  role: 'admin',
  status: 'active',
  created_at: '',
} as const

/** A service of the SDK with tenants in memory; `hallym` is active from the start. */
export function advisorHandler(): StandardHandler {
  const tenants = new Map([['hallym', { plan: 'premium', features: ['rag'], status: 'active' }]])
  function known(id: string) {
    const tenant = tenants.get(id)
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  }
  return defineHandler({
    baseUrl: 'https://advisor.example.com',
    serviceVersion: '1.4.0',
    activateTenant({ input: { tenant_id, plan, features } }) {
      if (tenants.has(tenant_id)) throw new TenantExistsError(tenant_id)
      tenants.set(tenant_id, { plan, features, status: 'active' })
      return { success: true, tenant_id, access_url: `https://advisor.example.com/${tenant_id}`, message: 'ready' }
    },
    deactivateTenant({ input: { tenant_id, preserve_data } }) {
      tenants.set(tenant_id, { ...known(tenant_id), status: 'deactivated' })
      return { success: true, tenant_id, status: 'deactivated', data_preserved: preserve_data }
    },
    getTenantStatus: ({ input: { tenant_id } }) => ({ tenant_id, ...known(tenant_id), ...timestamps }),
    getTenantUsage: ({ input }) => ({ ...input, usage: known(input.tenant_id) && { api_calls: 7 } }),
    getTenantStats: ({ input }) => ({ ...input, summary: known(input.tenant_id) && {} }),
    getTenantCosts: ({ input }) => ({ ...input, total_cost_usd: known(input.tenant_id) && 0 }),
    listUsers({ input: { tenant_id, role, limit, offset } }) {
      known(tenant_id)
      const users = role === undefined || role === user.role ? [user] : []
      return { tenant_id, total: users.length, limit, offset, users }
    },
    createUser({ input: { tenant_id, email, name, role } }) {
      known(tenant_id)
      return { ...user, user_id: 'u2', email, name, role, temporary_password: true }
    },
    getUser({ input: { tenant_id, user_id } }) {
      known(tenant_id)
      if (user_id !== user.user_id) throw new UserNotFoundError(user_id)
      return user
    },
    updateUser: ({ input: { tenant_id, name } }) => ({ ...user, name: name ?? known(tenant_id).plan }),
    deleteUser: ({ input: { user_id } }) => ({ success: true, user_id, message: '' }),
    getSettings: ({ input: { tenant_id } }) => ({
      tenant_id,
      config: {},
      subscription: { plan: known(tenant_id).plan, start_date: '2026-01-01' },
    }),
    getBillingDetail: ({ input }) => ({ ...input, items: [], total: 0.1, currency: known(input.tenant_id) && 'KRW' }),
  })
}

/** The service on a free port, with the key `key1`. */
export function serveAdvisor(handler: StandardHandler = advisorHandler()): Promise<RunningServer> {
  return serve(new Koa().use(standardApi(handler, { env: { MARKET_API_KEY: 'key1' }, onError: () => {} })))
}
