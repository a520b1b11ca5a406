import type { EntityManager } from '@mikro-orm/postgresql'
import type { DecimalText } from '../usage/exact-decimal.ts'
import type { MetricQuota } from './plan.ts'

/** What of a metric, and when. */
export interface QuotaUse {
  readonly tenantId: string
  readonly metric: string
  readonly quantity: DecimalText
  readonly at: Date
}

/** What was consumed in the day and the month of a moment. */
export interface QuotaState {
  readonly day: DecimalText
  readonly month: DecimalText
}

/**
 * Adds a quantity when both windows have room for it, else changes nothing. One row holds a month and its days, and one
 * statement looks and adds, so whoever is at the same limit at the same time, the limit holds.
 */
export async function addQuotaUse(em: EntityManager, use: QuotaUse, quota: MetricQuota): Promise<boolean> {
  const day = dayOfMonth(use)
  const rows = await em.execute<object[]>(
    `with given as (
      select ?::numeric as quantity, ?::numeric as day_limit, ?::numeric as month_limit
    )
    insert into quota_use as q (tenant_id, metric, month, used, days)
    select ?, ?, ?::date, quantity,
      (select array_agg(case when d = ${day} then quantity else 0 end order by d) from generate_series(1, 31) as d)
    from given where quantity <= day_limit and quantity <= month_limit
    on conflict (tenant_id, metric, month) do update
      set used = q.used + excluded.used, days[${day}] = q.days[${day}] + excluded.days[${day}]
      where q.used + excluded.used <= (select month_limit from given)
        and q.days[${day}] + excluded.days[${day}] <= (select day_limit from given)
    returning q.used`,
    [use.quantity, limitText(quota.day), limitText(quota.month), use.tenantId, use.metric, monthOf(use)],
  )
  return rows.length > 0
}

/** Takes a quantity off again, at most what was consumed on the day. */
export async function removeQuotaUse(em: EntityManager, use: QuotaUse): Promise<void> {
  const day = dayOfMonth(use)
  await em.execute(
    `update quota_use
      set used = used - least(days[${day}], ?::numeric), days[${day}] = days[${day}] - least(days[${day}], ?::numeric)
      where tenant_id = ? and metric = ? and month = ?::date`,
    [use.quantity, use.quantity, use.tenantId, use.metric, monthOf(use)],
  )
}

/** Reads what was consumed. */
export async function readQuotaUse(em: EntityManager, use: Omit<QuotaUse, 'quantity'>): Promise<QuotaState> {
  const [state] = await em.execute<QuotaState[]>(
    `select trim_scale(days[${dayOfMonth(use)}])::text as day, trim_scale(used)::text as month
      from quota_use where tenant_id = ? and metric = ? and month = ?::date`,
    [use.tenantId, use.metric, monthOf(use)],
  )
  return state ?? { day: '0', month: '0' }
}

function limitText(limit: number | undefined): string {
  return limit === undefined ? 'Infinity' : String(limit)
}

/** A whole number that goes into SQL as it is: PostgreSQL takes no parameter there. */
function dayOfMonth({ at }: Pick<QuotaUse, 'at'>): number {
  return at.getUTCDate()
}

function monthOf({ at }: Pick<QuotaUse, 'at'>): string {
  return `${at.toISOString().slice(0, 7)}-01`
}
