import { UsersListResponse } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, fits, hasMember, hasStatus } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import type { Members } from '../http/operation-request.ts'
import { columnOf } from './sums.ts'

const refusals = [
  ['limit-zero', 'limit=0'],
  ['limit-too-large', 'limit=101'],
  ['limit-word', 'limit=abc'],
  ['limit-fraction', 'limit=1.5'],
  ['offset-negative', 'offset=-1'],
  ['role-unknown', 'role=owner'],
  ['role-empty', 'role='],
  ['status-unknown', 'status=gone'],
  ['status-empty', 'status='],
] as const

const refusedQueries = refusals.map(
  ([name, query]): CheckDraft => ({
    id: `users-list-${name}`,
    title: [`${query}은(는) 422입니다`, `Is 422 for ${query}`],
    run: async (ctx) =>
      isError(await ctx.call('listUsers', { tenant_id: await ctx.sharedTenant() }, { query }), 422, 'INVALID_REQUEST'),
  }),
)

interface Found {
  readonly id: string
  readonly level?: 'SHOULD'
  readonly title: readonly [string, string]
  /** Users of a fresh tenant; those that are to be found come first. */
  readonly users: (ctx: CheckContext) => readonly Members[]
  readonly filter: (users: readonly Members[]) => Members
  readonly found: number
}

/** Makes users and looks for some of them; only those made here are compared. */
function finds({ users: draft, filter, found, ...check }: Found): CheckDraft {
  return {
    ...check,
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const wanted = draft(ctx)
      const made: string[] = []
      for (const user of wanted) made.push((await ctx.user(tenant_id, user)).user_id)
      const exchange = await ctx.call('listUsers', { tenant_id, limit: 100, ...filter(wanted) })
      const received = columnOf(exchange.json, 'users', 'user_id').filter((id) => made.some((one) => one === id))
      const inOrder = made.filter((id) => received.includes(id))
      return [
        hasStatus(exchange, 200),
        equals('users.user_id', { expected: made.slice(0, found), received: inOrder, exchange }),
      ]
    },
  }
}

/** Checks on the list of users. */
export const listUsersChecks = defineArea('users', { rule: 'listUsers', needs: ['standard', 'v2'] }, [
  {
    id: 'users-list-answer',
    title: ['200과 사용자 목록을 답합니다', 'Answers 200 and the users'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      await ctx.user(tenant_id)
      const exchange = await ctx.call('listUsers', { tenant_id })
      return [hasStatus(exchange, 200), fits(exchange, UsersListResponse), hasMember(exchange, 'tenant_id', tenant_id)]
    },
  },
  {
    id: 'users-list-defaults',
    title: ['말하지 않으면 limit 20, offset 0입니다', 'Takes limit 20 and offset 0 when none is named'],
    async run(ctx) {
      const exchange = await ctx.call('listUsers', { tenant_id: await ctx.sharedTenant() })
      return [hasMember(exchange, 'limit', 20), hasMember(exchange, 'offset', 0)]
    },
  },
  ...refusedQueries,
  finds({
    id: 'users-list-role',
    title: ['role로 거릅니다', 'Filters by role'],
    users: () => [{ role: 'moderator' }, { role: 'user' }, { role: 'admin' }],
    filter: () => ({ role: 'moderator' }),
    found: 1,
  }),
  {
    id: 'users-list-status',
    title: ['status로 거릅니다', 'Filters by status'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      const [one, other] = [await ctx.user(tenant_id), await ctx.user(tenant_id)]
      await ctx.call('updateUser', { tenant_id, user_id: one.user_id, status: 'suspended' })
      const exchange = await ctx.call('listUsers', { tenant_id, status: 'suspended', limit: 100 })
      const received = columnOf(exchange.json, 'users', 'user_id').filter(
        (id) => id === one.user_id || id === other.user_id,
      )
      return [equals('users.user_id', { expected: [one.user_id], received, exchange })]
    },
  },
  finds({
    id: 'users-search-name',
    title: ['이름의 일부로 찾습니다', 'Finds by a part of the name'],
    users: (ctx) => [{ name: `앞 ${ctx.word()} 뒤` }, { name: '다른 사람' }],
    filter: ([one]) => ({ search: String(one?.name).split(' ')[1] }),
    found: 1,
  }),
  finds({
    id: 'users-search-email',
    title: ['이메일의 일부로 찾습니다', 'Finds by a part of the e-mail'],
    users: (ctx) => [{ email: `needle.${ctx.newEmail()}` }, {}],
    filter: () => ({ search: 'needle.' }),
    found: 1,
  }),
  finds({
    id: 'users-search-case',
    title: ['대소문자를 가리지 않고 찾습니다', 'Finds in any case'],
    users: () => [{ name: 'Ada Lovelace' }, { name: 'Grace Hopper' }],
    filter: () => ({ search: 'LOVElace' }),
    found: 1,
  }),
  finds({
    id: 'users-search-korean',
    title: ['한글로 찾습니다', 'Finds Korean text'],
    users: () => [{ name: '세종대왕' }, { name: '이순신' }],
    filter: () => ({ search: '종대' }),
    found: 1,
  }),
  finds({
    id: 'users-search-plus',
    title: ['%2B는 더하기로 찾습니다', 'Takes %2B for a plus'],
    users: (ctx) => [{ email: `a+b.${ctx.newEmail()}` }, { name: 'a b' }],
    filter: () => ({ search: 'a+b' }),
    found: 1,
  }),
  finds({
    id: 'users-search-literal',
    level: 'SHOULD',
    title: ['%와 _는 글자 그대로 찾습니다', 'Takes % and _ literally'],
    users: () => [{ name: '100%_확실' }, { name: '100 확실' }],
    filter: () => ({ search: '%_' }),
    found: 1,
  }),
  {
    id: 'users-search-none',
    title: ['찾지 못하면 200과 빈 목록입니다', 'Is 200 with an empty list when nothing is found'],
    async run(ctx) {
      const exchange = await ctx.call('listUsers', {
        tenant_id: await ctx.sharedTenant(),
        search: `${ctx.word()}${ctx.word()}`,
      })
      return [hasStatus(exchange, 200), hasMember(exchange, 'total', 0), hasMember(exchange, 'users', [])]
    },
  },
  {
    id: 'users-list-unknown-query',
    rule: 'query',
    title: ['모르는 매개변수는 무시합니다', 'Ignores parameters it does not know'],
    run: async (ctx) => [
      hasStatus(await ctx.call('listUsers', { tenant_id: await ctx.sharedTenant(), colour: 'blue' }), 200),
    ],
  },
])

async function pages(ctx: CheckContext, tenant_id: string, limit: number) {
  const seen: unknown[] = []
  const totals: unknown[] = []
  for (let offset = 0; offset < 40; offset += limit) {
    const { json } = await ctx.call('listUsers', { tenant_id, limit, offset })
    const ids = columnOf(json, 'users', 'user_id')
    seen.push(...ids)
    totals.push(memberAt(json, 'total'))
    if (ids.length === 0) break
  }
  return { seen, totals }
}

/** Checks on paging. */
export const pagingChecks = defineArea('page', { rule: 'paging', needs: ['standard', 'v2'] }, [
  {
    id: 'page-limit',
    title: ['limit보다 많이 답하지 않고 되돌려 줍니다', 'Gives no more than limit and repeats it'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      for (let made = 0; made < 3; made++) await ctx.user(tenant_id)
      const exchange = await ctx.call('listUsers', { tenant_id, limit: 2, offset: 1 })
      return [
        equals('users.length', { expected: 2, received: columnOf(exchange.json, 'users', 'user_id').length, exchange }),
        hasMember(exchange, 'limit', 2),
        hasMember(exchange, 'offset', 1),
      ]
    },
  },
  {
    id: 'page-walk',
    title: ['페이지를 넘기면 모두가 한 번씩 나옵니다', 'Shows everyone once when paged through'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      for (let made = 0; made < 5; made++) await ctx.user(tenant_id)
      const whole = await ctx.call('listUsers', { tenant_id, limit: 100 })
      const { seen } = await pages(ctx, tenant_id, 2)
      const expected = columnOf(whole.json, 'users', 'user_id').map(String).sort()
      return [equals('users.user_id', { expected, received: seen.map(String).sort(), exchange: whole })]
    },
  },
  {
    id: 'page-total',
    title: ['total은 어느 페이지에서나 같습니다', 'Has the same total on every page'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      for (let made = 0; made < 3; made++) await ctx.user(tenant_id)
      const whole = await ctx.call('listUsers', { tenant_id, limit: 100 })
      const expected = columnOf(whole.json, 'users', 'user_id').length
      const { totals } = await pages(ctx, tenant_id, 2)
      return [equals('total', { expected: totals.map(() => expected), received: totals, exchange: whole })]
    },
  },
  {
    id: 'page-past-end',
    title: ['끝을 지난 페이지는 비어 있고 200입니다', 'Is 200 and empty past the end'],
    async run(ctx) {
      const exchange = await ctx.call('listUsers', { tenant_id: await ctx.sharedTenant(), offset: 100_000 })
      return [hasStatus(exchange, 200), hasMember(exchange, 'users', [])]
    },
  },
  {
    id: 'page-huge-offset',
    level: 'SHOULD',
    title: ['아주 큰 offset도 200입니다', 'Is 200 for a huge offset'],
    async run(ctx) {
      const exchange = await ctx.call(
        'listUsers',
        { tenant_id: await ctx.sharedTenant() },
        { query: `offset=${'9'.repeat(20)}` },
      )
      return [hasStatus(exchange, 200), hasMember(exchange, 'users', [])]
    },
  },
])
