import { UsageResponse } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, fits, hasMember, hasStatus } from '../expect/expectation.ts'
import { memberAt } from '../http/exchange.ts'
import { badPeriods } from './bad-periods.ts'

const period = '2026-01'
const LONG_AGO = '2001-01'

function accepted(id: string, title: readonly [string, string], query: string): CheckDraft {
  const sent = new URLSearchParams(query).get('period')
  return {
    id,
    rule: 'period',
    title,
    async run(ctx) {
      const exchange = await ctx.call('getTenantUsage', { tenant_id: await ctx.readTenant() }, { query })
      return [hasStatus(exchange, 200), hasMember(exchange, 'period', sent)]
    },
  }
}

const refusedPeriods = badPeriods.map(
  ([name, value]): CheckDraft => ({
    id: `usage-period-${name}`,
    rule: 'period',
    title: [`기간 "${value}"은(는) 400입니다`, `Is 400 for the period "${value}"`],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      return isError(await ctx.call('getTenantUsage', { tenant_id, period: value }), 400, 'INVALID_REQUEST')
    },
  }),
)

/** Checks on what a tenant used. */
export const usageChecks = defineArea('usage', { rule: 'usage', needs: ['standard'] }, [
  {
    id: 'usage-answer',
    title: ['200과 그 달의 사용량을 답합니다', "Answers 200 and the month's usage"],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const exchange = await ctx.call('getTenantUsage', { tenant_id, period })
      return [
        hasStatus(exchange, 200),
        fits(exchange, UsageResponse),
        hasMember(exchange, 'tenant_id', tenant_id),
        hasMember(exchange, 'period', period),
      ]
    },
  },
  {
    id: 'usage-missing-period',
    rule: 'period',
    title: ['기간이 없으면 422입니다', 'Is 422 without a period'],
    run: async (ctx) =>
      isError(await ctx.call('getTenantUsage', { tenant_id: await ctx.readTenant() }), 422, 'INVALID_REQUEST'),
  },
  ...refusedPeriods,
  accepted(
    'usage-period-one-digit',
    ['한 자리 월은 보낸 그대로 답합니다', 'Echoes a one-digit month as it was sent'],
    'period=2026-1',
  ),
  accepted('usage-period-future', ['앞으로 올 달도 200입니다', 'Is 200 for a month to come'], 'period=2099-12'),
  accepted(
    'usage-period-encoded',
    ['퍼센트로 표기한 기간도 읽습니다', 'Reads a period in percent escapes'],
    'period=2026%2D10',
  ),
  accepted('usage-period-last-year', ['9999년까지 받습니다', 'Takes years up to 9999'], 'period=9999-12'),
  {
    id: 'usage-empty-period',
    title: ['사용이 없던 달은 404가 아니라 200입니다', 'Is 200 and not 404 for a month without use'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      return [hasStatus(await ctx.call('getTenantUsage', { tenant_id, period: LONG_AGO }), 200)]
    },
  },
  {
    id: 'usage-empty-is-zero',
    level: 'SHOULD',
    title: ['사용이 없던 달의 값은 0입니다', 'Counts nothing in a month without use'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const exchange = await ctx.call('getTenantUsage', { tenant_id, period: LONG_AGO })
      const names = ['total_sessions', 'api_calls', 'ai_tokens']
      const received = names.map((name) => memberAt(exchange.json, 'usage', name) ?? 0)
      return [hasStatus(exchange, 200), equals(names.join(', '), { expected: [0, 0, 0], received, exchange })]
    },
  },
])
