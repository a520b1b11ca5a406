import { SignJWT } from 'jose'
import Koa from 'koa'
import type { StandardApiOptions } from '../api/api-options.ts'
import { standardApi } from '../api/standard-api.ts'
import { bearerAuth } from '../auth/bearer-auth.ts'
import {
  FeatureDisabledError,
  QuotaExceededError,
  StandardApiError,
  TenantExistsError,
  TenantNotFoundError,
  UserExistsError,
  UserNotFoundError,
} from '../error/index.ts'
import { defineHandler, type StandardHandler } from '../handler/index.ts'
import { type RunningServer, serve } from '../http/serve.ts'
import { tenantContext } from '../tenant/index.ts'

export const KEY = 'the-key-of-the-market'
export const MAX_BODY_SIZE = 4_096
const SECRET = 'a secret that only the tests know'
const identity = { issuer: 'https://id.example.com', audience: 'advisor' }
const at = '2026-01-31T09:00:00Z'

/** A service in memory. It knows `hallym_univ` with `user_001`; other tenants say by their name how they fail. */
function memoryHandler(): StandardHandler {
  const user = {
    user_id: 'user_001',
    email: 'kim@hallym.ac.kr',
    name: '김한림',
    role: 'admin',
    status: 'active',
    created_at: at,
  } as const

  function known(id: string): void {
    if (id === 'boom_univ') throw new Error('a secret of the inside')
    if (id === 'down_univ') throw StandardApiError.unavailable(5, new Error('no database'))
    if (id === 'locked_univ') throw new FeatureDisabledError('custom_branding')
    if (id === 'full_univ') throw new QuotaExceededError('users', 1)
    if (id !== 'hallym_univ') throw new TenantNotFoundError(id)
  }
  function knownUser({ tenant_id, user_id }: { readonly tenant_id: string; readonly user_id: string }) {
    known(tenant_id)
    if (user_id !== user.user_id) throw new UserNotFoundError(user_id)
    return user
  }
  const config = { branding: { logo_url: '/logo.svg' } }
  const subscription = { plan: 'premium', start_date: '2026-01-01' }

  return defineHandler({
    baseUrl: 'https://advisor.example.com',
    serviceVersion: '3.2.1',
    activateTenant: ({ input: { tenant_id } }) => {
      if (tenant_id === 'hallym_univ') throw new TenantExistsError(tenant_id)
      if (tenant_id !== 'new_univ') known(tenant_id)
      return { success: true, tenant_id, access_url: `https://advisor.example.com/${tenant_id}`, message: '완료' }
    },
    deactivateTenant: ({ input: { tenant_id, preserve_data } }) => {
      known(tenant_id)
      return { success: true, tenant_id, status: 'deactivated', data_preserved: preserve_data }
    },
    getTenantStatus: ({ input: { tenant_id } }) => {
      known(tenant_id)
      return { tenant_id, status: 'active', plan: 'premium', features: ['rag'], created_at: at, updated_at: at }
    },
    getTenantUsage: ({ input }) => {
      known(input.tenant_id)
      return { ...input, usage: { ai_tokens: 5, total_cost: 1.5 } }
    },
    getTenantStats: ({ input }) => {
      known(input.tenant_id)
      return { ...input, summary: {}, trends: { daily: [{ date: '2026-01-30', users: 3 }] } }
    },
    getTenantCosts: ({ input }) => {
      known(input.tenant_id)
      return { ...input, total_cost_usd: 0.25, by_model: [{ model: 'gpt-4o-mini' }] }
    },
    listUsers: ({ input: { tenant_id, limit, offset } }) => {
      known(tenant_id)
      return { tenant_id, total: 1, limit, offset, users: [user] }
    },
    createUser: ({ input: { tenant_id, email, name, role, password } }) => {
      known(tenant_id)
      if (email === user.email) throw new UserExistsError(email)
      const status = 'active'
      return { user_id: 'user_002', email, name, role, status, created_at: at, temporary_password: password === null }
    },
    getUser: ({ input }) => knownUser(input),
    updateUser: ({ input }) => ({ ...knownUser(input), name: input.name ?? user.name }),
    deleteUser: ({ input }) => ({ success: true, user_id: knownUser(input).user_id, message: 'deleted' }),
    listResources: ({ input: { tenant_id } }) => {
      known(tenant_id)
      const item = {
        id: 'course_001',
        title: '인공지능 개론',
        type: 'course',
        created_at: at,
        stats: { messages: 2 },
      } as const
      return { tenant_id, total: 1, items: [{ ...item, color: 'blue' }] }
    },
    getSettings: ({ input: { tenant_id } }) => {
      known(tenant_id)
      return { tenant_id, config, subscription }
    },
    updateSettings: ({ input: { tenant_id } }) => {
      known(tenant_id)
      return { tenant_id, config, subscription }
    },
  })
}

/** Serves the service in memory to the market and to users with tokens. */
export function serveMemory(
  options: StandardApiOptions = {},
  changed: Partial<StandardHandler> = {},
): Promise<RunningServer> {
  const api = standardApi(
    { ...memoryHandler(), ...changed },
    {
      env: { MARKET_API_KEY: KEY },
      userTokens: bearerAuth({ ...identity, secret: SECRET }),
      maxBodySize: MAX_BODY_SIZE,
      onError: () => {},
      ...options,
    },
  )
  return serve(new Koa().use(tenantContext()).use(api))
}

/** A token of an ordinary user of `hallym_univ`. */
export function userToken(tenant: string, role = 'user'): Promise<string> {
  return new SignJWT({ tenant_id: tenant, role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('user_009')
    .setIssuer(identity.issuer)
    .setAudience(identity.audience)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(SECRET))
}
