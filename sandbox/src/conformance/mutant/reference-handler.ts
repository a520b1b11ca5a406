import { defineHandler, type StandardHandler } from '@mt-paas/server'
import { TenantConfig, type UpdateSettingsRequest } from '@mt-paas/server/contract'
import { billLines, costsOf, costTables, dailyTrend, groupBy, inMonth, inSpan, tokensOf } from './reference-numbers.ts'
import type { ReferenceStore } from './reference-store.ts'
import { wireTime } from './reference-tenant.ts'

const BASE_URL = 'https://reference.example.com'

/** A service that keeps every promise of the contract; every number comes from its messages. */
export function referenceHandler(store: ReferenceStore) {
  return defineHandler({
    baseUrl: BASE_URL,
    serviceVersion: '1.0.0',
    ...lifecycle(store),
    ...numbers(store),
    ...users(store),
    ...configuration(store),
  })
}

function lifecycle(store: ReferenceStore) {
  return {
    activateTenant: ({ input: { tenant_id, tenant_name, plan, features } }) => {
      store.begin(tenant_id, { plan, features })
      const access_url = `${BASE_URL}/${encodeURIComponent(tenant_id)}`
      return { success: true, tenant_id, access_url, message: `${tenant_name} 활성화 완료` }
    },
    deactivateTenant: ({ input: { tenant_id, preserve_data } }) => {
      const { status, retentionUntil } = store.end(tenant_id, preserve_data)
      return {
        success: true,
        tenant_id,
        status,
        data_preserved: retentionUntil !== null,
        data_retention_until: retentionUntil,
      }
    },
    getTenantStatus: ({ input: { tenant_id } }) => {
      const { status, plan, features, createdAt, updatedAt } = store.known(tenant_id)
      return { tenant_id, status, plan, features: [...features], created_at: createdAt, updated_at: updatedAt }
    },
  } satisfies Partial<StandardHandler>
}

function numbers(store: ReferenceStore) {
  return {
    getTenantUsage: ({ input: { tenant_id, period } }) => {
      const messages = inMonth(store.known(tenant_id), period)
      const usage = {
        active_users: new Set(messages.map(({ userId }) => userId)).size,
        total_sessions: messages.length,
        api_calls: messages.length,
        ai_tokens: tokensOf(messages),
        storage_mb: 0,
        total_cost: costsOf(messages),
      }
      return { tenant_id, period, usage }
    },
    getTenantStats: ({ input: { tenant_id, period } }) => {
      const tenant = store.active(tenant_id)
      const messages = inSpan(tenant, period, store.now())
      const summary = {
        total_users: tenant.users.size,
        active_users: new Set(messages.map(({ userId }) => userId)).size,
        total_sessions: messages.length,
        total_messages: messages.length,
        total_tokens: tokensOf(messages),
        estimated_cost_usd: costsOf(messages),
      }
      const health = { status: 'healthy', last_check: wireTime(store.now()) }
      return { tenant_id, period, summary, trends: { daily: dailyTrend(messages) }, health }
    },
    getTenantCosts: ({ input: { tenant_id, period } }) => {
      const tenant = store.active(tenant_id)
      const messages = inSpan(tenant, period, store.now())
      return { tenant_id, period, total_cost_usd: costsOf(messages), ...costTables(tenant, messages) }
    },
    getTopUsers: ({ input: { tenant_id, period, limit } }) => {
      const tenant = store.active(tenant_id)
      const found = groupBy(inSpan(tenant, period, store.now()), ({ userId }) => userId).map(([user_id, group]) => ({
        user_id,
        name: tenant.users.get(user_id)?.name ?? '',
        email: tenant.users.get(user_id)?.email ?? '',
        sessions: group.length,
        messages: group.length,
        tokens: tokensOf(group),
        last_active: wireTime(store.now()),
      }))
      const known = found.filter(({ user_id }) => tenant.users.has(user_id))
      return { tenant_id, period, users: known.toSorted((one, other) => other.messages - one.messages).slice(0, limit) }
    },
    getBillingDetail: ({ input: { tenant_id, period } }) => {
      const items = billLines(inMonth(store.known(tenant_id), period))
      const subtotal = items.reduce((sum, { amount }) => sum + amount, 0)
      return { tenant_id, period, items, subtotal, tax: subtotal / 10, total: subtotal * 1.1, currency: 'USD' }
    },
  } satisfies Partial<StandardHandler>
}

function users(store: ReferenceStore) {
  return {
    listUsers: ({ input: { tenant_id, role, status, search, limit, offset } }) => {
      const wanted = search?.toLowerCase() ?? ''
      const found = [...store.active(tenant_id).users.values()].filter(
        (user) =>
          (role === undefined || user.role === role) &&
          (status === undefined || user.status === status) &&
          (user.name.toLowerCase().includes(wanted) || user.email.toLowerCase().includes(wanted)),
      )
      return { tenant_id, total: found.length, limit, offset, users: found.slice(offset, offset + limit) }
    },
    createUser: ({ input: { tenant_id, email, name, role, password } }) => {
      const { last_login: _login, usage: _usage, ...user } = store.addUser(tenant_id, { email, name, role })
      return { ...user, temporary_password: password === null }
    },
    getUser: ({ input: { tenant_id, user_id } }) => store.user(tenant_id, user_id),
    updateUser: ({ input: { tenant_id, user_id, name, role, status } }) => {
      const user = store.user(tenant_id, user_id)
      return Object.assign(user, { name: name ?? user.name, role: role ?? user.role, status: status ?? user.status })
    },
    deleteUser: ({ input: { tenant_id, user_id } }) => {
      store.active(tenant_id).users.delete(store.user(tenant_id, user_id).user_id)
      return { success: true, user_id, message: `User ${user_id} deleted` }
    },
    listResources: ({ input: { tenant_id, type, search, limit, offset } }) => {
      const wanted = search?.toLowerCase() ?? ''
      const found = store
        .active(tenant_id)
        .items.filter((item) => (type === undefined || item.type === type) && item.title.toLowerCase().includes(wanted))
      const items = found.slice(offset, offset + limit)
      return {
        tenant_id,
        resource_type: type ?? null,
        total: found.length,
        items: items.map(({ createdAt, ...item }) => ({ ...item, created_at: createdAt })),
      }
    },
  } satisfies Partial<StandardHandler>
}

function configuration(store: ReferenceStore) {
  const answer = (tenant_id: string) => {
    const { config, plan, createdAt } = store.active(tenant_id)
    return { tenant_id, config, subscription: { plan, start_date: createdAt.slice(0, 10) } }
  }
  return {
    getSettings: ({ input: { tenant_id } }) => answer(tenant_id),
    updateSettings: ({ input: { tenant_id, ...patch } }) => {
      const tenant = store.active(tenant_id)
      tenant.config = merged(tenant.config, patch)
      return answer(tenant_id)
    },
  } satisfies Partial<StandardHandler>
}

/** A patch changes only what it names. */
export function merged(config: TenantConfig, { features, limits, branding }: UpdateSettingsRequest): TenantConfig {
  return TenantConfig.parse({
    ...config,
    features: { ...config.features, ...named(features) },
    limits: { ...config.limits, ...named(limits) },
    branding: branding ? { ...config.branding, ...named(branding) } : config.branding,
  })
}

function named(patch: object | null | undefined): object {
  return Object.fromEntries(Object.entries(patch ?? {}).filter(([, value]) => value !== undefined))
}
