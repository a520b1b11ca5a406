import { TenantExistsError, TenantNotFoundError, UserExistsError, UserNotFoundError } from '@mt-paas/server'
import { TenantConfig, type UserInfo } from '@mt-paas/server/contract'
import { type ReferenceTenant, seededItems, seededMessages, seededUsers, wireTime } from './reference-tenant.ts'

const RETENTION_MS = 90 * 86_400_000

/** The tenants of the reference service. */
export interface ReferenceStore {
  readonly now: () => Date
  readonly tenants: Map<string, ReferenceTenant>
  /** @throws TenantExistsError when the tenant is active */
  begin(id: string, terms: { readonly plan: string; readonly features: readonly string[] }): void
  /** @throws TenantNotFoundError */
  end(id: string, preserveData: boolean): ReferenceTenant
  /**
   * A tenant in whatever state.
   * @throws TenantNotFoundError
   */
  known(id: string): ReferenceTenant
  /**
   * An active tenant.
   * @throws TenantNotFoundError
   */
  active(id: string): ReferenceTenant
  /** @throws TenantNotFoundError, UserNotFoundError */
  user(id: string, userId: string): UserInfo
  /** @throws TenantNotFoundError, UserExistsError */
  addUser(id: string, user: Pick<UserInfo, 'email' | 'name' | 'role'>): UserInfo
}

/** An empty store. */
export function createReferenceStore(now: () => Date): ReferenceStore {
  const tenants = new Map<string, ReferenceTenant>()
  let lastUser = 0

  function known(id: string): ReferenceTenant {
    const tenant = tenants.get(id)
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  }

  function active(id: string): ReferenceTenant {
    const tenant = known(id)
    if (tenant.status !== 'active') throw new TenantNotFoundError(id)
    return tenant
  }

  return {
    now,
    tenants,
    known,
    active,
    begin(id, { plan, features }) {
      const before = tenants.get(id)
      if (before?.status === 'active') throw new TenantExistsError(id)
      const at = wireTime(now())
      if (before && before.retentionUntil !== null) {
        Object.assign(before, { status: 'active', plan, features, updatedAt: at, retentionUntil: null })
        return
      }
      tenants.set(id, {
        id,
        status: 'active',
        plan,
        features,
        createdAt: at,
        updatedAt: at,
        retentionUntil: null,
        config: TenantConfig.parse({}),
        users: new Map(seededUsers(now())),
        messages: seededMessages(now()),
        items: seededItems(now()),
      })
    },
    end(id, preserveData) {
      const tenant = known(id)
      const kept = tenant.status === 'active' || tenant.retentionUntil !== null
      tenant.status = 'deactivated'
      tenant.updatedAt = wireTime(now())
      tenant.retentionUntil = preserveData && kept ? wireTime(new Date(now().getTime() + RETENTION_MS)) : null
      return tenant
    },
    user(id, userId) {
      const user = active(id).users.get(userId)
      if (!user) throw new UserNotFoundError(userId)
      return user
    },
    addUser(id, { email, name, role }) {
      const { users } = active(id)
      if ([...users.values()].some((user) => user.email === email)) throw new UserExistsError(email)
      const user: UserInfo = {
        user_id: `user_${String(++lastUser).padStart(6, '0')}`,
        email,
        name,
        role,
        status: 'active',
        created_at: wireTime(now()),
        last_login: null,
        usage: null,
      }
      users.set(user.user_id, user)
      return user
    },
  }
}
