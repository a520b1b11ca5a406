import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantNotFoundError } from '@mt-paas/server'
import type { UtcDay } from '../tenant/utc-day.ts'
import type { DecimalText } from './exact-decimal.ts'
import { type Span, sqlDay } from './span.ts'

/** Whose usage, of which days, and which metrics count with their largest value. */
export interface UsageScope {
  readonly tenantId: string
  readonly span: Span
  readonly gauges: readonly string[]
}

/** The members of a scope, in the order of {@link SCOPE_SQL}. */
export function scopeParameters({ tenantId, span, gauges }: UsageScope): string[] {
  return [tenantId, sqlDay(span.from), sqlDay(span.to), JSON.stringify(gauges)]
}

/** First part of a query: the scope, the daily rows in it, and whether a metric is a gauge. */
export const SCOPE_SQL = `
  with scope as (select ? as tenant_id, ?::date as begins, ?::date as ends, ?::jsonb as gauges),
  used as (
    select u.*, scope.gauges @> to_jsonb(u.metric) as gauge
    from usage_daily u join scope on u.tenant_id = scope.tenant_id and u.day >= scope.begins and u.day < scope.ends
  )`

/** The value of a metric over the rows of a group. */
export const VALUE_SQL = `case when bool_or(gauge) then max(peak) else sum(quantity) end`

/** What was used in a span. */
export interface UsageTotals {
  /** By metric; one that was not used is missing. */
  readonly metrics: Readonly<Record<string, DecimalText>>
  /** Users with any usage. */
  readonly activeUsers: number
}

/**
 * Sums up a span.
 * @throws TenantNotFoundError
 */
export async function readTotals(em: EntityManager, scope: UsageScope): Promise<UsageTotals> {
  const [found] = await em.execute<{ metrics: Record<string, DecimalText>; activeUsers: number }[]>(
    `${SCOPE_SQL}
    select
      (select coalesce(jsonb_object_agg(metric, value), '{}')
        from (select metric, trim_scale(${VALUE_SQL})::text as value from used group by metric) as sums) as metrics,
      (select count(distinct user_id)::int from used where user_id <> '') as "activeUsers"
    from scope join tenants t on t.id = scope.tenant_id`,
    scopeParameters(scope),
  )
  if (!found) throw new TenantNotFoundError(scope.tenantId)
  return found
}

/** What was used on a day. */
export interface UsageDay extends UsageTotals {
  readonly day: UtcDay
}

/**
 * Every day of a span, also those without usage.
 * @throws TenantNotFoundError
 */
export async function readDays(em: EntityManager, scope: UsageScope): Promise<UsageDay[]> {
  const days = await em.execute<(UsageDay & { day: UtcDay | null })[]>(
    `${SCOPE_SQL},
    sums as (
      select day, jsonb_object_agg(metric, value) as metrics
      from (select day, metric, trim_scale(${VALUE_SQL})::text as value from used group by day, metric) as one
      group by day
    ),
    people as (select day, count(distinct user_id)::int as users from used where user_id <> '' group by day)
    select days.day::date as day, coalesce(metrics, '{}') as metrics, coalesce(users, 0) as "activeUsers"
    from scope join tenants t on t.id = scope.tenant_id
      left join generate_series(begins::timestamp, ends::timestamp - interval '1 day', interval '1 day') as days(day)
        on true
      left join sums on sums.day = days.day left join people on people.day = days.day
    order by 1`,
    scopeParameters(scope),
  )
  if (days.length === 0) throw new TenantNotFoundError(scope.tenantId)
  // A span of no day has one row, of the tenant alone.
  return days.filter(({ day }) => day !== null)
}
