import { readFileSync } from 'node:fs'
import {
  defineHandler,
  FeatureDisabledError,
  QuotaExceededError,
  type StandardHandler,
  TenantExistsError,
  TenantNotFoundError,
  UserExistsError,
  UserNotFoundError,
} from '@mt-paas/server'
import type {
  CostsResponse,
  ResourceItem,
  SettingsResponse,
  StatsResponse,
  TopUser,
  UsageData,
  UserInfo,
} from '@mt-paas/server/contract'
import type { z } from 'zod'

type Sent<T extends z.ZodType> = z.input<T>

interface SeedTenant {
  readonly tenant_id: string
  readonly status: string
  readonly plan: string
  readonly features: readonly string[]
  readonly created_at: string
  readonly updated_at: string
  readonly usage?: Sent<typeof UsageData>
  readonly stats?: {
    readonly summary: Sent<typeof StatsResponse>['summary']
    readonly daily: NonNullable<Sent<typeof StatsResponse>['trends']>[string]
    readonly health: Sent<typeof StatsResponse>['health']
  }
  readonly costs?: Omit<Sent<typeof CostsResponse>, 'tenant_id' | 'period'>
  readonly top_users?: Sent<typeof TopUser>[]
  readonly users?: Sent<typeof UserInfo>[]
  readonly resources?: Sent<typeof ResourceItem>[]
  readonly settings?: Omit<Sent<typeof SettingsResponse>, 'tenant_id'>
}

interface Seed {
  readonly now: string
  readonly service_version: string
  readonly base_url: string
  readonly tenants: Readonly<Record<string, SeedTenant>>
}

const seed: Seed = JSON.parse(readFileSync(new URL('./seed.json', import.meta.url), 'utf8'))

/** What the recorded cases ran against: the seed in memory, and tenants whose name says how they misbehave. */
export function goldenHandler(): StandardHandler {
  const tenants = new Map(Object.entries(structuredClone(seed.tenants)))

  function known(id: string): SeedTenant {
    if (id === 'boom_univ') throw new Error('unexpected failure in handler')
    const tenant = tenants.get(id)
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  }
  /** A handler in plain JavaScript may return anything. */
  function unchecked<T>(value: unknown): T {
    return value as T
  }
  function nothing<T>(id: string, value: () => T): T {
    return id === 'none_univ' ? unchecked(null) : value()
  }
  function change(id: string, changed: Partial<SeedTenant>): SeedTenant {
    const tenant = { ...known(id), ...changed }
    tenants.set(id, tenant)
    return tenant
  }
  function userOf(tenant: SeedTenant, id: string): Sent<typeof UserInfo> {
    const user = (tenant.users ?? []).find((one) => one.user_id === id)
    if (!user) throw new UserNotFoundError(id)
    return user
  }
  function settingsOf(tenant: SeedTenant): Sent<typeof SettingsResponse> {
    const stored = tenant.settings ?? {
      config: {},
      subscription: { plan: tenant.plan, start_date: '2026-01-01' },
    }
    return { tenant_id: tenant.tenant_id, ...stored }
  }

  return defineHandler({
    baseUrl: seed.base_url,
    serviceVersion: seed.service_version,
    activateTenant: async ({ input }) => {
      const { tenant_id: id } = input
      if (id === 'notfound_univ') throw new TenantNotFoundError(id)
      if (id === 'quota_univ') throw new QuotaExceededError('tenants', 10)
      if (id === 'exists_word_univ') throw new Error('A lock file EXISTS on disk')
      if (id === 'boom_univ') throw new Error('unexpected failure in handler')
      return nothing(id, () => {
        if (id !== 'extra_univ' && tenants.has(id)) throw new TenantExistsError(id)
        const { plan, features } = input
        tenants.set(id, {
          tenant_id: id,
          status: 'active',
          plan,
          features,
          created_at: seed.now,
          updated_at: seed.now,
          users: [],
          resources: [],
        })
        const answer = {
          success: true,
          tenant_id: id,
          access_url: `${seed.base_url}/${id}`,
          message: `${input.tenant_name} 활성화 완료`,
        }
        if (id !== 'extra_univ') return answer
        return { ...answer, message: 'ok', secret_internal: 'x', admin: true, db_password: 'y' }
      })
    },
    deactivateTenant: async ({ input }) =>
      nothing(input.tenant_id, () => {
        change(input.tenant_id, { status: 'deactivated', updated_at: seed.now })
        return {
          success: true,
          tenant_id: input.tenant_id,
          status: 'deactivated',
          data_preserved: input.preserve_data,
          data_retention_until: input.preserve_data ? '2026-05-01T00:00:00Z' : null,
        }
      }),
    getTenantStatus: async ({ input }) =>
      nothing(input.tenant_id, () => {
        const { tenant_id, status, plan, features, created_at, updated_at } = known(input.tenant_id)
        if (tenant_id === 'badshape_univ') return unchecked({ tenant_id, status })
        const answer = { tenant_id, status, plan, features: [...features], created_at, updated_at }
        return tenant_id === 'extra_univ' ? { ...answer, secret_internal: 'x', admin: true, db_password: 'y' } : answer
      }),
    getTenantUsage: async ({ input }) =>
      nothing(input.tenant_id, () => ({ ...input, usage: known(input.tenant_id).usage ?? {} })),
    getTenantStats: async ({ input }) =>
      nothing(input.tenant_id, () => {
        const { stats } = known(input.tenant_id)
        if (!stats) return { ...input, summary: {} }
        return { ...input, summary: stats.summary, trends: { daily: stats.daily }, health: stats.health }
      }),
    getTenantCosts: async ({ input }) =>
      nothing(input.tenant_id, () => ({ ...input, ...(known(input.tenant_id).costs ?? { total_cost_usd: 0 }) })),
    getTopUsers: async ({ input: { tenant_id, period, limit } }) =>
      nothing(tenant_id, () => {
        if (tenant_id === 'default_univ') return { tenant_id, period, users: [] }
        return { tenant_id, period, users: (known(tenant_id).top_users ?? []).slice(0, limit) }
      }),
    listUsers: async ({ input: { tenant_id, role, status, search, limit, offset } }) =>
      nothing(tenant_id, () => {
        const wanted = search?.toLowerCase()
        const users = (known(tenant_id).users ?? []).filter(
          (user) =>
            (role === undefined || user.role === role) &&
            (status === undefined || user.status === status) &&
            (!wanted || user.name.toLowerCase().includes(wanted) || user.email.toLowerCase().includes(wanted)),
        )
        return { tenant_id, total: users.length, limit, offset, users: users.slice(offset, offset + limit) }
      }),
    createUser: async ({ input: { tenant_id, email, name, role, password } }) =>
      nothing(tenant_id, () => {
        if (tenant_id === 'full_univ') throw new QuotaExceededError('users', 100)
        if (tenant_id === 'locked_univ') throw new FeatureDisabledError('user_management')
        const users = known(tenant_id).users ?? []
        if (users.some((user) => user.email === email)) throw new UserExistsError(email)
        const user = {
          user_id: `user_${String(users.length + 1).padStart(3, '0')}`,
          email,
          name,
          role,
          status: 'active',
          created_at: seed.now,
        } as const
        change(tenant_id, { users: [...users, user] })
        return { ...user, temporary_password: password === null }
      }),
    getUser: async ({ input }) => nothing(input.tenant_id, () => userOf(known(input.tenant_id), input.user_id)),
    updateUser: async ({ input: { tenant_id, user_id, name, role, status } }) =>
      nothing(tenant_id, () => {
        const tenant = known(tenant_id)
        const user = userOf(tenant, user_id)
        const changed = {
          ...user,
          name: name ?? user.name,
          role: role ?? user.role,
          status: status ?? user.status,
        }
        change(tenant_id, { users: (tenant.users ?? []).map((one) => (one === user ? changed : one)) })
        return changed
      }),
    deleteUser: async ({ input: { tenant_id, user_id } }) =>
      nothing(tenant_id, () => {
        const tenant = known(tenant_id)
        const user = userOf(tenant, user_id)
        change(tenant_id, { users: (tenant.users ?? []).filter((one) => one !== user) })
        return { success: true, user_id, message: `User ${user_id} deleted` }
      }),
    listResources: async ({ input: { tenant_id, type, search, limit, offset } }) =>
      nothing(tenant_id, () => {
        if (tenant_id === 'default_univ') return { tenant_id, resource_type: type ?? null, total: 0, items: [] }
        const wanted = search?.toLowerCase()
        const items = (known(tenant_id).resources ?? []).filter(
          (item) =>
            (type === undefined || item.type === type) && (!wanted || item.title.toLowerCase().includes(wanted)),
        )
        return {
          tenant_id,
          resource_type: type ?? null,
          total: items.length,
          items: items.slice(offset, offset + limit),
        }
      }),
    getSettings: async ({ input }) => nothing(input.tenant_id, () => settingsOf(known(input.tenant_id))),
    updateSettings: async ({ input: { tenant_id, features, limits, branding } }) =>
      nothing(tenant_id, () => {
        const tenant = known(tenant_id)
        if (tenant_id === 'locked_univ') throw new FeatureDisabledError('custom_branding')
        const { config, subscription } = settingsOf(tenant)
        if (tenant_id === 'default_univ') return { tenant_id, config, subscription }
        const changed = {
          ...config,
          ...(features && { features: { ...config.features, ...features } }),
          ...(limits && { limits: { ...config.limits, ...limits } }),
          ...(branding && { branding: { ...config.branding, ...branding } }),
        }
        change(tenant_id, { settings: { config: unchecked(changed), subscription } })
        return { tenant_id, config: unchecked(changed), subscription }
      }),
  })
}
