import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { equals, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import { columnOf } from './sums.ts'

async function twoTenants(ctx: CheckContext) {
  const [mine, other] = [await ctx.tenant(), await ctx.tenant()]
  return { mine, other, user: await ctx.user(mine) }
}

/** Ids may repeat among tenants, so what counts is whose user it is. */
const users: readonly CheckDraft[] = [
  {
    id: 'isolation-list',
    title: ['다른 테넌트의 목록에 나오지 않습니다', "Shows no user in another tenant's list"],
    async run(ctx) {
      const { other, user } = await twoTenants(ctx)
      const exchange = await ctx.call('listUsers', { tenant_id: other, limit: 100 })
      const found = columnOf(exchange.json, 'users', 'email').includes(user.email)
      return [hasStatus(exchange, 200), equals('users.email', { expected: false, received: found, exchange })]
    },
  },
  {
    id: 'isolation-search',
    title: ['다른 테넌트에서 검색되지 않습니다', 'Finds no user through another tenant'],
    async run(ctx) {
      const { other, user } = await twoTenants(ctx)
      return [hasMember(await ctx.call('listUsers', { tenant_id: other, search: user.email }), 'total', 0)]
    },
  },
  {
    id: 'isolation-get',
    title: ['다른 테넌트로 조회되지 않습니다', 'Reads no user through another tenant'],
    async run(ctx) {
      const { other, user } = await twoTenants(ctx)
      const exchange = await ctx.call('getUser', { tenant_id: other, user_id: user.user_id })
      const received = memberAt(exchange.json, 'email')
      return [holds('email', received !== user.email, { expected: '404', received, exchange })]
    },
  },
  {
    id: 'isolation-update',
    title: ['다른 테넌트로 수정되지 않습니다', 'Changes no user through another tenant'],
    async run(ctx) {
      const { mine, other, user } = await twoTenants(ctx)
      await ctx.call('updateUser', { tenant_id: other, user_id: user.user_id, name: '침입자' })
      return [hasMember(await ctx.call('getUser', { tenant_id: mine, user_id: user.user_id }), 'name', user.name)]
    },
  },
  {
    id: 'isolation-delete',
    title: ['다른 테넌트로 삭제되지 않습니다', 'Removes no user through another tenant'],
    async run(ctx) {
      const { mine, other, user } = await twoTenants(ctx)
      await ctx.call('deleteUser', { tenant_id: other, user_id: user.user_id })
      return [hasMember(await ctx.call('getUser', { tenant_id: mine, user_id: user.user_id }), 'email', user.email)]
    },
  },
  {
    id: 'isolation-same-email',
    title: ['같은 이메일이 두 테넌트에 있을 수 있습니다', 'Lets one e-mail be in two tenants'],
    async run(ctx) {
      const { other, user } = await twoTenants(ctx)
      return [hasStatus(await ctx.call('createUser', { tenant_id: other, email: user.email, name: user.name }), 201)]
    },
  },
  {
    id: 'isolation-stats',
    title: ['다른 테넌트의 통계를 바꾸지 않습니다', "Leaves another tenant's statistics alone"],
    async run(ctx) {
      const [mine, other] = [await ctx.tenant(), await ctx.tenant()]
      const total = async () =>
        memberAt((await ctx.call('getTenantStats', { tenant_id: other })).json, 'summary', 'total_users')
      const expected = await total()
      await ctx.user(mine)
      return [equals('summary.total_users', { expected, received: await total() })]
    },
  },
]

/** Checks that tenants do not see one another. */
export const isolationChecks = defineArea('isolation', { rule: 'isolation', needs: ['standard'] }, [
  ...users.map((check) => ({ ...check, needs: ['v2'] as const })),
  {
    id: 'isolation-settings',
    needs: ['settingsWrite'],
    title: ['다른 테넌트의 설정을 바꾸지 않습니다', "Leaves another tenant's settings alone"],
    async run(ctx) {
      const [mine, other] = [await ctx.tenant(), await ctx.tenant()]
      const config = async () => memberAt((await ctx.call('getSettings', { tenant_id: other })).json, 'config')
      const expected = await config()
      await ctx.call('updateSettings', { tenant_id: mine, features: { quiz: true }, limits: { max_users: 7 } })
      return [equals('config', { expected, received: await config() })]
    },
  },
  {
    id: 'isolation-deactivate',
    title: ['다른 테넌트를 비활성화하지 않습니다', 'Leaves another tenant active'],
    async run(ctx) {
      const [mine, other] = [await ctx.tenant(), await ctx.tenant()]
      await ctx.call('deactivateTenant', { tenant_id: mine, reason: 'admin_request', preserve_data: false })
      return [hasMember(await ctx.call('getTenantStatus', { tenant_id: other }), 'status', 'active')]
    },
  },
])
