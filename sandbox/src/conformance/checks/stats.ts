import { CostsResponse, StatsResponse, TopUsersResponse } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import { isError } from '../expect/error-answer.ts'
import { equals, fits, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { listAt, memberAt } from '../http/exchange.ts'
import { localised } from '../localised.ts'
import { columnOf, numberAt, sameAmount, sumOf } from './sums.ts'

const noTrend = localised('일별 추이가 없습니다', 'The service gives no daily trend')
const noCosts = localised('비용의 내역이 없습니다', 'The service gives no breakdown of its costs')
const noUsers = localised('활동한 사용자가 없습니다', 'No user has been active')

function dailySum(member: 'messages' | 'tokens'): CheckDraft {
  return {
    id: `stats-daily-${member}`,
    level: 'SHOULD',
    title: [`일별 ${member}의 합은 전체와 같습니다`, `Has daily ${member} that add up to the total`],
    async run(ctx) {
      const exchange = await ctx.call('getTenantStats', { tenant_id: await ctx.readTenant() })
      const daily = listAt(exchange.json, 'trends', 'daily')
      if (daily.length === 0) ctx.nothingToSee(noTrend)
      const expected = numberAt(exchange.json, 'summary', `total_${member}`)
      return [equals(`summary.total_${member}`, { expected, received: sumOf(daily, member), exchange })]
    },
  }
}

/** Checks on statistics. */
export const statsChecks = defineArea('stats', { rule: 'stats', needs: ['standard', 'v2'] }, [
  {
    id: 'stats-answer',
    title: ['200과 통계를 답합니다', 'Answers 200 and the statistics'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const exchange = await ctx.call('getTenantStats', { tenant_id })
      return [hasStatus(exchange, 200), fits(exchange, StatsResponse), hasMember(exchange, 'tenant_id', tenant_id)]
    },
  },
  {
    id: 'stats-period-default',
    title: ['기간을 말하지 않으면 30d입니다', 'Takes 30d when no span is named'],
    run: async (ctx) => [
      hasMember(await ctx.call('getTenantStats', { tenant_id: await ctx.readTenant() }), 'period', '30d'),
    ],
  },
  {
    id: 'stats-period-echo',
    title: ['요청한 기간을 되돌려 줍니다', 'Echoes the span asked for'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      return [hasMember(await ctx.call('getTenantStats', { tenant_id, period: '7d' }), 'period', '7d')]
    },
  },
  {
    id: 'stats-active-users',
    level: 'SHOULD',
    title: ['활동한 사용자는 전체 사용자를 넘지 않습니다', 'Has no more active users than users'],
    async run(ctx) {
      const exchange = await ctx.call('getTenantStats', { tenant_id: await ctx.readTenant() })
      const [active, total] = ['active_users', 'total_users'].map((name) => numberAt(exchange.json, 'summary', name))
      const ok = (active ?? 0) <= (total ?? 0)
      return [holds('summary.active_users', ok, { expected: `≤ ${total}`, received: active, exchange })]
    },
  },
  {
    id: 'stats-users-agree',
    level: 'SHOULD',
    title: ['전체 사용자 수는 사용자 목록과 같습니다', 'Counts as many users as the list has'],
    async run(ctx) {
      const tenant_id = await ctx.tenant()
      await ctx.user(tenant_id)
      const exchange = await ctx.call('getTenantStats', { tenant_id })
      const expected = memberAt((await ctx.call('listUsers', { tenant_id })).json, 'total')
      return [hasMember(exchange, 'summary.total_users', expected)]
    },
  },
  dailySum('messages'),
  dailySum('tokens'),
  {
    id: 'stats-daily-dates',
    level: 'SHOULD',
    title: ['일별 추이의 날짜는 순서대로이고 한 번씩입니다', 'Has the days of a trend in order, each once'],
    async run(ctx) {
      const exchange = await ctx.call('getTenantStats', { tenant_id: await ctx.readTenant() })
      const dates = listAt(exchange.json, 'trends', 'daily').map((day) => String(memberAt(day, 'date')))
      if (dates.length === 0) ctx.nothingToSee(noTrend)
      const expected = [...new Set(dates)].sort().filter((date) => /^\d{4}-\d{2}-\d{2}$/.test(date))
      return [equals('trends.daily', { expected, received: dates, exchange })]
    },
  },
  {
    id: 'stats-costs-agree',
    level: 'SHOULD',
    title: ['통계의 비용은 비용 조회와 같습니다', 'Estimates what the costs say'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const exchange = await ctx.call('getTenantStats', { tenant_id })
      const expected = numberAt((await ctx.call('getTenantCosts', { tenant_id })).json, 'total_cost_usd')
      const received = numberAt(exchange.json, 'summary', 'estimated_cost_usd')
      return [holds('summary.estimated_cost_usd', sameAmount(expected, received), { expected, received, exchange })]
    },
  },
])

function costSum(list: 'by_model' | 'daily_trend', name: string): CheckDraft {
  return {
    id: `costs-${name}`,
    title: [`${list}의 합은 전체 비용과 같습니다`, `Has costs in ${list} that add up to the total`],
    async run(ctx) {
      const exchange = await ctx.call('getTenantCosts', { tenant_id: await ctx.readTenant() })
      const parts = listAt(exchange.json, list)
      if (parts.length === 0) ctx.nothingToSee(noCosts)
      const [expected, received] = [numberAt(exchange.json, 'total_cost_usd'), sumOf(parts, 'cost_usd')]
      return [holds(`Σ ${list}.cost_usd`, sameAmount(expected, received), { expected, received, exchange })]
    },
  }
}

/** Checks on costs. */
export const costsChecks = defineArea('costs', { rule: 'costs', needs: ['standard', 'v2'] }, [
  {
    id: 'costs-answer',
    title: ['200과 비용을 답합니다', 'Answers 200 and the costs'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const exchange = await ctx.call('getTenantCosts', { tenant_id, period: '90d' })
      return [
        hasStatus(exchange, 200),
        fits(exchange, CostsResponse),
        hasMember(exchange, 'tenant_id', tenant_id),
        hasMember(exchange, 'period', '90d'),
      ]
    },
  },
  costSum('by_model', 'models'),
  costSum('daily_trend', 'days'),
  {
    id: 'costs-users',
    level: 'SHOULD',
    title: ['사용자별 비용은 10명 이하이고 큰 것부터입니다', 'Lists at most ten users, the dearest first'],
    async run(ctx) {
      const exchange = await ctx.call('getTenantCosts', { tenant_id: await ctx.readTenant() })
      const costs = columnOf(exchange.json, 'by_user_top10', 'cost_usd').map(Number)
      if (costs.length === 0) ctx.nothingToSee(noCosts)
      const expected = costs.toSorted((one, other) => other - one).slice(0, 10)
      return [equals('by_user_top10.cost_usd', { expected, received: costs, exchange })]
    },
  },
])

function refusedLimit(value: string, name: string): CheckDraft {
  return {
    id: `top-users-limit-${name}`,
    title: [`limit=${value}은(는) 422입니다`, `Is 422 for limit=${value}`],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      return isError(await ctx.call('getTopUsers', { tenant_id, limit: value }), 422, 'INVALID_REQUEST')
    },
  }
}

/** Checks on the most active users. */
export const topUsersChecks = defineArea('top-users', { rule: 'topUsers', needs: ['standard', 'v2'] }, [
  {
    id: 'top-users-answer',
    title: ['200과 상위 사용자를 답합니다', 'Answers 200 and the top users'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const exchange = await ctx.call('getTopUsers', { tenant_id, limit: 50 })
      return [
        hasStatus(exchange, 200),
        fits(exchange, TopUsersResponse),
        hasMember(exchange, 'tenant_id', tenant_id),
        hasMember(exchange, 'period', '30d'),
      ]
    },
  },
  {
    id: 'top-users-limit',
    title: ['limit보다 많이 답하지 않습니다', 'Gives no more than asked for'],
    async run(ctx) {
      const exchange = await ctx.call('getTopUsers', { tenant_id: await ctx.readTenant(), limit: 1 })
      const received = listAt(exchange.json, 'users').length
      return [hasStatus(exchange, 200), holds('users.length', received <= 1, { expected: '≤ 1', received, exchange })]
    },
  },
  refusedLimit('0', 'zero'),
  refusedLimit('51', 'too-large'),
  {
    id: 'top-users-order',
    level: 'SHOULD',
    title: ['짧은 목록은 긴 목록의 앞부분입니다', 'Has short lists that are the beginning of long ones'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const all = columnOf((await ctx.call('getTopUsers', { tenant_id, limit: 50 })).json, 'users', 'user_id')
      if (all.length < 2) ctx.nothingToSee(noUsers)
      const exchange = await ctx.call('getTopUsers', { tenant_id, limit: 2 })
      const received = columnOf(exchange.json, 'users', 'user_id')
      return [equals('users.user_id', { expected: all.slice(0, 2), received, exchange })]
    },
  },
  {
    id: 'top-users-known',
    level: 'SHOULD',
    title: ['상위 사용자는 그 테넌트의 사용자입니다', "Names users of the tenant's own"],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const [first] = listAt((await ctx.call('getTopUsers', { tenant_id, limit: 1 })).json, 'users')
      if (first === undefined) ctx.nothingToSee(noUsers)
      const exchange = await ctx.call('getUser', { tenant_id, user_id: memberAt(first, 'user_id') })
      return [hasStatus(exchange, 200), hasMember(exchange, 'email', memberAt(first, 'email'))]
    },
  },
])
