import {
  CompatTenant,
  CompatTenantList,
  ResourcesResponse,
  StatsResponse,
  UsersListResponse,
} from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { fits, hasMember, hasStatus, type WireModel } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import type { CompatName } from '../http/operation-request.ts'
import { flatApplication } from '../webhook-payload.ts'
import { columnOf } from './sums.ts'

function answers(
  operation: CompatName,
  model: WireModel,
  expected: Readonly<Record<string, unknown>> = {},
): CheckDraft {
  return {
    id: `compat-${operation}`,
    title: [`/${operation}/{id}은(는) 200입니다`, `Answers /${operation}/{id} with 200`],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const exchange = await ctx.compat(operation, { tenant_id })
      return [
        hasStatus(exchange, 200),
        fits(exchange, model),
        hasMember(exchange, 'tenant_id', tenant_id),
        ...Object.entries(expected).map(([member, value]) => hasMember(exchange, member, value)),
      ]
    },
  }
}

/** Checks on the old reads. */
export const compatChecks = defineArea('compat', { rule: 'compat', needs: ['compat'] }, [
  answers('stats', StatsResponse, { period: '30d' }),
  answers('users', UsersListResponse, { limit: 20, offset: 0 }),
  answers('courses', ResourcesResponse, { resource_type: 'course' }),
  answers('discussions', ResourcesResponse, { resource_type: 'discussion' }),
  {
    id: 'compat-page',
    title: ['limit과 offset을 지킵니다', 'Honours limit and offset'],
    async run(ctx) {
      const exchange = await ctx.compat('users', { tenant_id: await ctx.sharedTenant(), limit: 1, offset: 3 })
      return [hasStatus(exchange, 200), hasMember(exchange, 'limit', 1), hasMember(exchange, 'offset', 3)]
    },
  },
  {
    id: 'compat-empty-role',
    title: ['빈 role은 필터가 아닙니다', 'Takes an empty role for no filter'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      return [hasStatus(await ctx.compat('users', { tenant_id }, { query: 'role=' }), 200)]
    },
  },
  {
    id: 'compat-period',
    level: 'SHOULD',
    title: ['통계의 기간을 지킵니다', 'Honours the span of statistics'],
    run: async (ctx) => [
      hasMember(await ctx.compat('stats', { tenant_id: await ctx.sharedTenant(), period: '7d' }), 'period', '7d'),
    ],
  },
  {
    id: 'compat-search',
    level: 'SHOULD',
    needs: ['v2'],
    title: ['사용자를 검색합니다', 'Honours a search for users'],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const user = await ctx.user(tenant_id)
      const exchange = await ctx.compat('users', { tenant_id, search: user.email })
      return [hasMember(exchange, 'total', 1), hasMember(exchange, 'users.0.email', user.email)]
    },
  },
  {
    id: 'compat-bad-limit',
    level: 'SHOULD',
    title: ['limit=0은 422입니다', 'Is 422 for limit=0'],
    run: async (ctx) => isError(await ctx.compat('users', { tenant_id: await ctx.sharedTenant(), limit: 0 }), 422),
  },
])

/** Checks on the reads that the market's simulator makes. */
export const simulatorChecks = defineArea('compat', { rule: 'compat', needs: ['simulatorReads'] }, [
  {
    id: 'compat-list',
    level: 'SHOULD',
    needs: ['webhook'],
    title: ['신청으로 만든 테넌트를 나열합니다', 'Lists tenants that came from applications'],
    async run(ctx) {
      const tenantId = memberAt((await ctx.webhook(flatApplication(ctx))).json, 'tenant_id')
      const exchange = await ctx.compat('listTenants')
      const listed = columnOf(exchange.json, 'tenants', 'tenant_id').includes(tenantId)
      return [
        hasStatus(exchange, 200),
        fits(exchange, CompatTenantList),
        {
          ...hasStatus(exchange, 200),
          kind: 'value',
          what: 'tenants.tenant_id',
          ok: listed,
          expected: tenantId,
          received: null,
        },
      ]
    },
  },
  {
    id: 'compat-status',
    level: 'SHOULD',
    title: [
      '/status/{id}는 테넌트와 사용자 수를 답합니다',
      'Answers /status/{id} with the tenant and its number of users',
    ],
    async run(ctx) {
      const tenant_id = await ctx.sharedTenant()
      const exchange = await ctx.compat('tenantStatus', { tenant_id })
      return [hasStatus(exchange, 200), fits(exchange, CompatTenant), hasMember(exchange, 'status', 'active')]
    },
  },
  {
    ...answers('tenantUsers', UsersListResponse),
    id: 'compat-tenant-users',
    level: 'SHOULD',
    title: ['/{id}/users는 200입니다', 'Answers /{id}/users with 200'],
  },
  {
    ...answers('tenantStats', StatsResponse),
    id: 'compat-tenant-stats',
    level: 'SHOULD',
    title: ['/{id}/stats는 200입니다', 'Answers /{id}/stats with 200'],
  },
])
