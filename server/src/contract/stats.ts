import { z } from 'zod'
import { TenantId } from './id.ts'
import { StatsPeriod } from './period.ts'
import { amount, count, requestInteger } from './scalar.ts'

/** Input of `getTenantStats` and `getTenantCosts`. */
export const StatsInput = z.object({ tenant_id: TenantId, period: StatsPeriod })
export type StatsInput = z.infer<typeof StatsInput>

/** Input of `getTopUsers`. */
export const TopUsersInput = z.object({
  tenant_id: TenantId,
  period: StatsPeriod,
  limit: requestInteger({ min: 1, max: 50 }).default(10),
})
export type TopUsersInput = z.infer<typeof TopUsersInput>

/** Totals of a span; costs in US dollars. */
export const StatsSummary = z.object({
  total_users: count,
  active_users: count,
  new_users_this_period: count,
  total_sessions: count,
  total_messages: count,
  total_tokens: count,
  estimated_cost_usd: amount,
})
export type StatsSummary = z.infer<typeof StatsSummary>

/** One day of a trend; `date` is `YYYY-MM-DD` in UTC. */
export const DailyTrend = z.object({ date: z.string(), users: count, messages: count, tokens: count })
export type DailyTrend = z.infer<typeof DailyTrend>

/** How the service stood for this tenant when it last looked; `response_time_ms` in milliseconds. */
export const HealthStatus = z.object({ status: z.string(), last_check: z.string(), response_time_ms: count })
export type HealthStatus = z.infer<typeof HealthStatus>

/** Answer of `getTenantStats`; the usual trend is named `daily`. */
export const StatsResponse = z
  .object({
    tenant_id: z.string(),
    period: z.string(),
    summary: StatsSummary,
    trends: z.record(z.string(), z.array(DailyTrend)).nullable().default(null),
    health: HealthStatus.nullable().default(null),
  })
  .meta({ id: 'StatsResponse' })
export type StatsResponse = z.infer<typeof StatsResponse>

/** Cost of one model, US dollars. */
export const ModelCost = z.object({ model: z.string(), input_tokens: count, output_tokens: count, cost_usd: amount })
export type ModelCost = z.infer<typeof ModelCost>

/** Cost of one user, US dollars. */
export const UserCost = z.object({ user_id: z.string(), name: z.string(), cost_usd: amount, tokens: count })
export type UserCost = z.infer<typeof UserCost>

/** Cost of one UTC day, US dollars. */
export const DailyCost = z.object({ date: z.string(), cost_usd: amount })
export type DailyCost = z.infer<typeof DailyCost>

/** Answer of `getTenantCosts`. */
export const CostsResponse = z
  .object({
    tenant_id: z.string(),
    period: z.string(),
    total_cost_usd: z.number(),
    by_model: z.array(ModelCost).default([]),
    by_user_top10: z.array(UserCost).default([]),
    daily_trend: z.array(DailyCost).default([]),
  })
  .meta({ id: 'CostsResponse' })
export type CostsResponse = z.infer<typeof CostsResponse>

/** One of the most active users; `last_active` is a UTC timestamp. */
export const TopUser = z.object({
  user_id: z.string(),
  name: z.string(),
  email: z.string(),
  sessions: count,
  messages: count,
  tokens: count,
  last_active: z.string(),
})
export type TopUser = z.infer<typeof TopUser>

/** Answer of `getTopUsers`, most active first. */
export const TopUsersResponse = z
  .object({ tenant_id: z.string(), period: z.string(), users: z.array(TopUser).default([]) })
  .meta({ id: 'TopUsersResponse' })
export type TopUsersResponse = z.infer<typeof TopUsersResponse>
