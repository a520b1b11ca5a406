import type { CostsResponse, DailyTrend, StatsSummary, UsageData, UsageMetric } from '@mt-paas/server/contract'
import { TOKEN_METRIC } from '../plan/entitlement.ts'
import { type DecimalText, ExactDecimal, wireNumber } from './exact-decimal.ts'
import { type MetricCatalogue, tokenMetrics } from './metric.ts'
import type { CostShares } from './priced-usage.ts'
import type { UsageDay, UsageTotals } from './usage-sums.ts'
import type { UserCounts } from './user-counts.ts'

/** A month as `getTenantUsage` answers it; the metrics that the contract does not know stand beside its own. */
export function usageData({ metrics, activeUsers }: UsageTotals, cost: DecimalText | null): UsageData {
  const others = Object.entries(metrics).map(([name, value]) => [name, wireNumber(value)])
  return {
    ...Object.fromEntries(others),
    ...(cost !== null && { total_cost: wireNumber(cost) }),
    active_users: activeUsers,
    total_sessions: whole(metrics, ['sessions']),
    api_calls: whole(metrics, ['api_calls']),
    ai_tokens: whole(metrics, tokenMetrics),
    storage_mb: whole(metrics, ['storage_mb']),
  }
}

/** A month as `getBillingUsage` answers it: every metric there is, zero when it was not used. */
export function usageMetrics({ metrics, activeUsers }: UsageTotals, catalogue: MetricCatalogue): UsageMetric[] {
  const own = Object.keys(metrics).filter((name) => !catalogue.names.includes(name))
  return [
    { name: 'active_users', value: activeUsers, unit: 'users' },
    ...[...catalogue.names, ...own.sort()].map((name) => ({
      name,
      // All tokens, as the usage of a month has them, also where input and output are told apart.
      value: wireNumber(name === TOKEN_METRIC ? added(metrics, tokenMetrics) : (metrics[name] ?? '0')),
      unit: catalogue.unitOf(name),
    })),
  ]
}

/** Totals as `getTenantStats` answers them, summed up from the days of its trend. */
export function statsSummary(days: readonly UsageDay[], users: UserCounts, costUsd: DecimalText): StatsSummary {
  const sum = (names: readonly string[]) =>
    wireNumber(ExactDecimal.sum(0, ...days.map(({ metrics }) => added(metrics, names))).ceil())
  return {
    total_users: users.total,
    active_users: users.active,
    new_users_this_period: users.added,
    total_sessions: sum(['sessions']),
    total_messages: sum(['messages']),
    total_tokens: sum(tokenMetrics),
    estimated_cost_usd: wireNumber(costUsd),
  }
}

/** Days as a trend of `getTenantStats`. */
export function dailyTrend(days: readonly UsageDay[]): DailyTrend[] {
  return days.map(({ day, metrics, activeUsers }) => ({
    date: day,
    users: activeUsers,
    messages: whole(metrics, ['messages']),
    tokens: whole(metrics, tokenMetrics),
  }))
}

/** Costs as `getTenantCosts` answers them, in US dollars. The names of users are not known here: their ids stand in. */
export function costsInDollars(costs: CostShares, usdRate: DecimalText): Omit<CostsResponse, 'tenant_id' | 'period'> {
  const dollars = (cost: DecimalText) => wireNumber(new ExactDecimal(cost).times(usdRate))
  return {
    total_cost_usd: dollars(costs.total),
    by_model: costs.models.map(({ name, cost, inputTokens, outputTokens }) => ({
      model: name,
      input_tokens: ceiled(inputTokens),
      output_tokens: ceiled(outputTokens),
      cost_usd: dollars(cost),
    })),
    by_user_top10: costs.users.map(({ name, cost, tokens }) => ({
      user_id: name,
      name,
      cost_usd: dollars(cost),
      tokens: ceiled(tokens),
    })),
    daily_trend: costs.days.map(({ name, cost }) => ({ date: name, cost_usd: dollars(cost) })),
  }
}

/** Where the wire wants whole numbers, a started unit counts. */
function whole(metrics: UsageTotals['metrics'], names: readonly string[]): number {
  return wireNumber(added(metrics, names).ceil())
}

function ceiled(value: DecimalText): number {
  return wireNumber(new ExactDecimal(value).ceil())
}

function added(metrics: UsageTotals['metrics'], names: readonly string[]) {
  return ExactDecimal.sum(0, ...names.map((name) => metrics[name] ?? '0'))
}
