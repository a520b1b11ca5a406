import { type StandardHandler, UserExistsError } from '@mt-paas/server'
import { answers, type Mutant, misreads, mutant, refuses } from './mutant.ts'
import type { ReferenceStore } from './reference-store.ts'

const create = 'createUser'

/** The tenant that has this user, be it another than was asked for. */
function ownerOf(
  { tenants }: ReferenceStore,
  { tenant_id, user_id }: { readonly tenant_id: string; readonly user_id: string },
): string {
  if (tenants.get(tenant_id)?.users.has(user_id)) return tenant_id
  return [...tenants.values()].find(({ users, status }) => status === 'active' && users.has(user_id))?.id ?? tenant_id
}

function acrossTenants(fails: string, name: 'getUser' | 'updateUser' | 'deleteUser'): Mutant {
  return mutant(fails, () => ({
    handler: (good, store): Partial<StandardHandler> => ({
      [name]: (call: Parameters<StandardHandler['updateUser']>[0]) => {
        store.active(call.input.tenant_id)
        return good[name]({ ...call, input: { ...call.input, tenant_id: ownerOf(store, call.input) } })
      },
    }),
  }))
}

const SEEDED_USERS = 3

const isolation: readonly Mutant[] = [
  acrossTenants('isolation-get', 'getUser'),
  acrossTenants('isolation-update', 'updateUser'),
  acrossTenants('isolation-delete', 'deleteUser'),
  mutant('isolation-list', () => ({
    handler: (good, { tenants, active }) => ({
      listUsers: async (call) => {
        const answer = await good.listUsers(call)
        const { tenant_id, limit, search } = call.input
        if (active(tenant_id).users.size > SEEDED_USERS || limit !== 100 || search !== undefined) return answer
        return { ...answer, users: [...tenants.values()].flatMap(({ users }) => [...users.values()]) }
      },
    }),
  })),
  mutant('isolation-search', () => ({
    handler: (good, { tenants, active }) => ({
      listUsers: (call) => {
        const { tenant_id, search = '', limit, offset } = call.input
        if (!search.includes('@verify.example.com')) return good.listUsers(call)
        active(tenant_id)
        const everyone = [...tenants.values()].flatMap(({ users }) => [...users.values()])
        const users = everyone.filter(({ email }) => email === search)
        return { tenant_id, total: users.length, limit, offset, users }
      },
    }),
  })),
  mutant('isolation-same-email', () => ({
    handler: (good, { tenants }) => ({
      createUser: (call) => {
        const everyone = [...tenants.values()].flatMap(({ users }) => [...users.values()])
        if (everyone.some(({ email }) => email === call.input.email)) throw new UserExistsError(call.input.email)
        return good.createUser(call)
      },
    }),
  })),
  mutant(['isolation-stats', 'stats-users-agree'], () => ({
    handler: (good, { tenants }) => ({
      getTenantStats: async (call) => {
        const answer = await good.getTenantStats(call)
        const total_users = [...tenants.values()].reduce((sum, { users }) => sum + users.size, 0)
        return { ...answer, summary: { ...answer.summary, total_users } }
      },
    }),
  })),
  mutant('isolation-settings', () => ({
    handler: (good, { tenants }) => ({
      updateSettings: async (call) => {
        const { input } = call
        if (input.limits?.max_users !== 7) return good.updateSettings(call)
        for (const { id, status } of tenants.values()) {
          if (status === 'active') await good.updateSettings({ ...call, input: { ...input, tenant_id: id } })
        }
        return good.getSettings({ ...call, input: { tenant_id: input.tenant_id } })
      },
    }),
  })),
  mutant('isolation-deactivate', () => ({
    handler: (good, store) => ({
      deactivateTenant: (call) => {
        const ids = [...store.tenants.keys()]
        const next = ids[ids.indexOf(call.input.tenant_id) + 1]
        if (next !== undefined && store.tenants.get(next)?.status === 'active') store.end(next, false)
        return good.deactivateTenant(call)
      },
    }),
  })),
]

function damages(fails: string, damage: (name: string) => string): Mutant {
  return mutant(fails, () => ({
    handler: (good) => ({
      createUser: (call) => good.createUser({ ...call, input: { ...call.input, name: damage(call.input.name) } }),
    }),
  }))
}

const text: readonly Mutant[] = [
  damages('text-korean', (name) => name.replace(/^홍길동.*/u, '???')),
  damages('text-emoji', (name) => name.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?')),
  damages('text-quotes', (name) => name.replaceAll('<', '&lt;')),
  damages('text-long', (name) => name.slice(0, 255)),
  damages('text-decomposed', (name) => name.normalize('NFC')),
  damages('text-lines', (name) => name.replaceAll(/\s/g, ' ')),
  answers('text-raw-utf8', { on: create, when: ({ name }) => name === '가나다' }, (json, answer) => {
    answer.text = JSON.stringify(json).replace('가나다', '\\uac00\\ub098\\ub2e4')
  }),
  refuses('text-tenant-name', { on: 'activateTenant', when: ({ tenant_name }) => /👩/u.test(`${tenant_name}`) }),
  refuses('id-korean', { on: 'activateTenant', when: ({ tenant_id }) => `${tenant_id}`.endsWith('한림대') }),
  misreads('id-case', { on: 'getTenantStatus', when: (_, { path }) => path.includes('/MTV_') }, (request) => {
    request.path = request.path.toLowerCase()
  }),
  misreads('id-plus', { on: 'getTenantStatus', when: (_, { path }) => path.includes('+') }, (request) => {
    request.path = request.path.replace('+', '%20')
  }),
]

/** Services that are broken in isolation, text or ids. */
export const isolationMutants: readonly Mutant[] = [...isolation, ...text]
