import { setTimeout as delay } from 'node:timers/promises'
import { UserExistsError } from '@mt-paas/server'
import type { UserInfo } from '@mt-paas/server/contract'
import { UNKNOWN_USER } from '../checks/operation-samples.ts'
import { memberAt } from '../http/exchange.ts'
import { accepts, answers, leaks, type Mutant, misreads, mutant, refuses, setAt } from './mutant.ts'
import { jsonOf, type TamperedAnswer } from './tampering.ts'

const list = 'listUsers'
const create = 'createUser'

function searches(text: string): string {
  return new URLSearchParams({ search: text }).toString()
}

function nothing(json: unknown): void {
  setAt(json, 'users', [])
  setAt(json, 'total', 0)
}

const refusedLists = [
  ['users-list-limit-too-large', 'limit=101'],
  ['users-list-limit-word', 'limit=abc'],
  ['users-list-limit-fraction', 'limit=1.5'],
  ['users-list-offset-negative', 'offset=-1'],
  ['users-list-role-unknown', 'role=owner'],
  ['users-list-role-empty', 'role='],
  ['users-list-status-unknown', 'status=gone'],
  ['users-list-status-empty', 'status='],
] as const

function listMutant(fails: string, isMeant: (query: string) => boolean, query: string): Mutant {
  return misreads(fails, { on: list, when: (_, request) => isMeant(request.query) }, (request) => {
    request.query = query
  })
}

const lists: readonly Mutant[] = [
  leaks('users-list-answer', { on: list }),
  answers('users-list-defaults', { on: list, query: '' }, (json) => setAt(json, 'limit', 10)),
  accepts(['users-list-limit-zero', 'error-query-places'], { on: list, query: 'limit=0' }),
  ...refusedLists.map(([fails, query]) => accepts(fails, { on: list, query })),
  listMutant('users-list-role', (query) => query.includes('role=moderator'), 'limit=100'),
  listMutant('users-list-status', (query) => query.includes('status=suspended'), 'limit=100'),
  answers('users-search-name', { on: list }, (json) => {
    setAt(json, 'users', (users: readonly UserInfo[]) => users.filter(({ name }) => !name.startsWith('앞 ')))
  }),
  answers('users-search-email', { on: list, when: (_, { query }) => query.includes('needle.') }, nothing),
  answers('users-search-case', { on: list, when: (_, { query }) => query.includes('LOVElace') }, nothing),
  answers('users-search-korean', { on: list, when: (_, { query }) => query.includes(searches('종대')) }, nothing),
  misreads('users-search-plus', { on: list, when: (_, { query }) => query.includes('a%2Bb') }, (request) => {
    request.query = request.query.replace('%2B', '+')
  }),
  listMutant('users-search-literal', (query) => query.includes(searches('%_')), 'limit=100'),
  answers('users-search-none', { on: list, when: (_, { query }) => /^search=\w{20}$/.test(query) }, (_, answer) => {
    answer.status = 404
  }),
  refuses('users-list-unknown-query', { on: list, when: (_, { query }) => query.includes('colour') }),
  answers('page-limit', { on: list, query: 'limit=2&offset=1' }, (json) => setAt(json, 'limit', 20)),
  listMutant('page-walk', (query) => query === 'limit=2&offset=2', 'limit=2&offset=1'),
  answers('page-total', { on: list, query: 'limit=2&offset=2' }, (json) => setAt(json, 'total', 2)),
  refuses('page-past-end', { on: list, query: 'offset=100000', status: 404 }),
  refuses('page-huge-offset', { on: list, query: `offset=${'9'.repeat(20)}` }),
]

const creations: readonly Mutant[] = [
  leaks('users-create-answer', { on: create }),
  answers('users-create-role', { on: create, when: ({ role }) => role === 'admin' }, (json) =>
    setAt(json, 'role', 'user'),
  ),
  answers('users-create-temporary-password', { on: create }, (json) => setAt(json, 'temporary_password', true)),
  answers(
    'users-create-password-hidden',
    { on: create, when: ({ password }) => typeof password === 'string' },
    (json, _, request) => setAt(json, 'password', memberAt(jsonOf(request), 'password')),
  ),
  answers(['users-create-listed', 'stats-users-agree'], { on: list, query: '' }, (json) => setAt(json, 'total', 3)),
  accepts('users-create-exists', { on: create, refusal: 409, when: ({ name }) => name === '다른 이름' }),
  answers(
    'users-create-unknown-members',
    { on: create, when: (body) => Object.hasOwn(body, 'is_super_admin') },
    (json) => setAt(json, 'is_super_admin', true),
  ),
  accepts('users-create-missing-email', { on: create, refusal: 422, when: (body) => !Object.hasOwn(body, 'email') }),
  accepts('users-create-missing-name', { on: create, refusal: 422, when: (body) => !Object.hasOwn(body, 'name') }),
  accepts('users-create-email-number', {
    on: create,
    refusal: 422,
    when: ({ email, password }) => email === 5 && password === undefined,
  }),
  accepts('users-create-role-unknown', { on: create, when: ({ role }) => role === 'owner' }),
  accepts('users-create-role-null', { on: create, when: ({ role }) => role === null }),
  accepts('users-create-welcome-word', {
    on: create,
    when: ({ send_welcome_email }) => send_welcome_email === 'perhaps',
  }),
  accepts('users-create-welcome-null', { on: create, when: ({ send_welcome_email }) => send_welcome_email === null }),
  mutant('concurrency-create-user', () => ({
    handler: (_, store) => ({
      createUser: async ({ input: { tenant_id, email, name, role, password } }) => {
        const { users } = store.active(tenant_id)
        if ([...users.values()].some((user) => user.email === email)) throw new UserExistsError(email)
        await delay(5)
        const {
          last_login: _login,
          usage: _usage,
          ...user
        } = store.addUser(tenant_id, { email: `${Math.random()}`, name, role })
        Object.assign(store.user(tenant_id, user.user_id), { email })
        return { ...user, email, temporary_password: password === null }
      },
    }),
  })),
  mutant('concurrency-users', () => ({
    handler: (good, store) => ({
      createUser: async (call) => {
        const { tenant_id, name } = call.input
        if (name === '동시 사용자') return good.createUser(call)
        const { users } = store.active(tenant_id)
        const before = new Set(users.keys())
        const made = await good.createUser(call)
        await delay(5)
        for (const id of users.keys()) if (!before.has(id) && id !== made.user_id) users.delete(id)
        return made
      },
    }),
  })),
]

function isUnknownUser({ json }: TamperedAnswer): boolean {
  return memberAt(json, 'error') === 'USER_NOT_FOUND'
}

function findsUnknown(fails: string, on: string): Mutant {
  return mutant(fails, () => ({
    answer(answer, { operation, parameters }) {
      const isMeant = operation === on && parameters.user_id === UNKNOWN_USER && isUnknownUser(answer)
      if (isMeant) Object.assign(answer, { status: 200, json: {} })
    },
  }))
}

const update = 'updateUser'
const remove = 'deleteUser'

const changes: readonly Mutant[] = [
  leaks('users-get-answer', { on: 'getUser' }),
  findsUnknown('users-get-unknown', 'getUser'),
  answers('users-delete-answer', { on: remove, when: (_, { body }) => body === '' }, (_, answer) => {
    Object.assign(answer, { status: 204, json: undefined, text: '' })
  }),
  mutant('users-delete-gone', () => ({
    handler: (_, store) => ({
      deleteUser: ({ input: { tenant_id, user_id } }) => {
        store.user(tenant_id, user_id)
        return { success: true, user_id, message: 'later' }
      },
    }),
  })),
  findsUnknown('users-delete-unknown', remove),
  refuses('users-delete-body', { on: remove, when: (_, { body }) => body !== '' }),
  leaks('users-update-answer', { on: update }),
  answers('users-update-partial', { on: update, when: (body) => Object.keys(body).join() === 'status' }, (json) =>
    setAt(json, 'role', 'user'),
  ),
  answers('users-update-empty', { on: update, when: (_, { body }) => body === '{}' }, (json) =>
    setAt(json, 'name', ''),
  ),
  answers('users-update-nulls', { on: update, when: ({ name }) => name === null }, (json) => setAt(json, 'name', '')),
  refuses('users-update-null-body', { on: update, when: (_, { body }) => body === 'null' }),
  refuses('users-update-no-body', { on: update, when: (_, { body }) => body === '' }),
  answers('users-update-email', { on: update, when: (body) => Object.hasOwn(body, 'email') }, (json) =>
    setAt(json, 'email', 'new@example.com'),
  ),
  accepts('users-update-role-unknown', { on: update, when: ({ role }) => role === 'owner' }),
  accepts('users-update-status-unknown', { on: update, when: ({ status }) => status === 'gone' }),
  accepts('users-update-name-number', { on: update, when: ({ name }) => name === 5 }),
  findsUnknown('users-update-unknown', update),
]

/** Services that are broken in users or paging. */
export const userMutants: readonly Mutant[] = [...lists, ...creations, ...changes]
