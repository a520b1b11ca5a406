import Koa from 'koa'
import { onTestFinished } from 'vitest'
import type { WebhookAnswer } from '../contract/index.ts'
import { TenantExistsError, TenantNotFoundError } from '../error/index.ts'
import { defineHandler } from '../handler/index.ts'
import { serve } from '../http/serve.ts'
import { type CompatHandler, marketCompatApi } from './market-compat-api.ts'

const KEY = 'mt_dev_key_12345'
const NOW = new Date('2026-01-31T09:00:00.000Z')

/** A service that keeps its tenants in memory. */
export function tenantService() {
  const tenants = new Map<string, { status: string; config: unknown; name: string }>()
  const known = (id: string) => {
    const tenant = tenants.get(id)
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  }
  const handler = defineHandler({
    baseUrl: 'https://svc.example.com',
    activateTenant: ({ input: { tenant_id, tenant_name, config } }) => {
      if (tenants.get(tenant_id)?.status === 'active') throw new TenantExistsError(tenant_id)
      tenants.set(tenant_id, { status: 'active', config, name: tenant_name })
      return { success: true, tenant_id, access_url: `https://svc.example.com/${tenant_id}`, message: 'ok' }
    },
    deactivateTenant: ({ input: { tenant_id } }) => {
      tenants.set(tenant_id, { ...known(tenant_id), status: 'deactivated' })
      return { success: true, tenant_id, status: 'deactivated', data_preserved: true }
    },
    getTenantStatus: ({ input: { tenant_id } }) => ({
      tenant_id,
      status: known(tenant_id).status,
      plan: 'demo',
      features: [],
      created_at: '2026-01-31T09:00:00Z',
      updated_at: '2026-01-31T09:00:00Z',
    }),
    getTenantUsage: ({ input }) => ({ ...input, usage: {} }),
    getTenantStats: ({ input }) => {
      known(input.tenant_id)
      return { ...input, summary: { total_users: 3 } }
    },
    getTenantCosts: ({ input }) => ({ ...input, total_cost_usd: 0 }),
    listUsers: ({ input: { tenant_id, limit, offset, role, search } }) => {
      known(tenant_id)
      const users = [{ name: role ?? 'any' }, { name: search ?? 'none' }].map(({ name }) => ({
        user_id: name,
        email: '',
        name,
        role: 'user' as const,
        status: 'active' as const,
        created_at: '',
      }))
      return { tenant_id, total: users.length, limit, offset, users }
    },
    createUser: () => Promise.reject(new Error('not used')),
    getUser: () => Promise.reject(new Error('not used')),
    updateUser: () => Promise.reject(new Error('not used')),
    deleteUser: () => Promise.reject(new Error('not used')),
    getSettings: () => Promise.reject(new Error('not used')),
    listResources: ({ input: { tenant_id, type, limit } }) => {
      known(tenant_id)
      return { tenant_id, resource_type: type ?? null, total: limit }
    },
  })
  return { handler, tenants }
}

/** Serves the compat paths of a handler, at a fixed time. */
export async function serveCompat(handler: CompatHandler) {
  const app = new Koa().use(marketCompatApi(handler, { env: { MARKET_API_KEY: KEY }, now: () => NOW }))
  const running = await serve(app)
  const { url } = running
  onTestFinished(() => running.close())
  return {
    url,
    close: () => running.close(),
    get: (path: string) => fetch(`${url}${path}`, { headers: { 'X-API-Key': KEY } }),
    async post(path: string, body: unknown, key = KEY) {
      const response = await fetch(`${url}/api/tenant/webhook/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
        body: JSON.stringify(body),
      })
      return { status: response.status, answer: (await response.json()) as WebhookAnswer & Record<string, unknown> }
    },
  }
}

/** Who applies. */
export const applicant = { id: 1, name: '홍길동', email: 'hong@hallym.ac.kr', university_name: '한림대학교' }
const applied = { id: 1, slug: 'advisor', title: 'AI Advisor' }
/** An application for a demo, in the flat shape. */
export const flat = {
  application_id: 17,
  kind: 'demo',
  contact: '02-000-0000',
  reason: '시험',
  applicant,
  service: applied,
}
/** The same application in the nested shape. */
export const nested = {
  application: { id: 17, kind: 'demo', contact: '02', reason: '시험' },
  applicant,
  service: applied,
}
