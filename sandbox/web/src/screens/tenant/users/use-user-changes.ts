import { type Query, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../../api/page-api.ts'
import type { Inputs, Outputs } from '../../../api/router.ts'
import type { Tenant } from '../tenant.ts'

type UserList = Outputs['tenant']['listUsers']

/** A user in a list. */
export type User = UserList['users'][number]

type Own = keyof Tenant

/** Changes to the users of a tenant. */
export interface UserChanges {
  create(draft: Omit<Inputs['tenant']['createUser'], Own>): Promise<unknown>
  update(user: User, change: Pick<User, 'name' | 'role' | 'status'>): Promise<unknown>
  remove(user: User): Promise<unknown>
}

/** What a user that is being made is called until the service says. */
export const PENDING_ID = ''

/** Shows changes at once, before the service has answered; what it refuses is taken back. */
export function useUserChanges(tenant: Tenant): UserChanges {
  const queryClient = useQueryClient()
  const { tenant: api } = useApi()
  const path = api.listUsers.key()
  const predicate = ({ queryKey }: Pick<Query, 'queryKey'>) => {
    const input = queryKey[path.length]
    return path.every((part, index) => queryKey[index] === part) && isOf(tenant, input)
  }

  async function atOnce(change: (list: UserList) => UserList, work: () => Promise<unknown>): Promise<unknown> {
    await queryClient.cancelQueries({ predicate })
    const before = queryClient.getQueriesData<UserList>({ predicate })
    queryClient.setQueriesData<UserList>({ predicate }, (list) => list && change(list))
    try {
      return await work()
    } catch (error) {
      for (const [key, list] of before) queryClient.setQueryData(key, list)
      throw error
    } finally {
      void queryClient.invalidateQueries({ predicate })
    }
  }

  return {
    create: (draft) =>
      atOnce(
        ({ users, total, ...rest }) => ({ ...rest, total: total + 1, users: [pendingUser(draft), ...users] }),
        () => api.createUser.mutate({ ...tenant, ...draft }),
      ),
    update: (user, change) =>
      atOnce(
        ({ users, ...rest }) => ({
          ...rest,
          users: users.map((one) => (one.user_id === user.user_id ? { ...one, ...change } : one)),
        }),
        () => api.updateUser.mutate({ ...tenant, user_id: user.user_id, ...change }),
      ),
    remove: (user) =>
      atOnce(
        ({ users, total, ...rest }) => ({
          ...rest,
          total: total - 1,
          users: users.filter((one) => one.user_id !== user.user_id),
        }),
        () => api.deleteUser.mutate({ ...tenant, user_id: user.user_id }),
      ),
  }
}

function pendingUser({ email, name, role }: Omit<Inputs['tenant']['createUser'], Own>): User {
  return {
    user_id: PENDING_ID,
    email,
    name,
    role: role ?? 'user',
    status: 'active',
    created_at: new Date().toISOString(),
    last_login: null,
    usage: null,
  }
}

function isOf({ service, tenant_id }: Tenant, input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false
  const named: Partial<Tenant> = input
  return named.service === service && named.tenant_id === tenant_id
}
