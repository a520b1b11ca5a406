import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantNotFoundError } from '@mt-paas/server'
import type { DecimalText } from './exact-decimal.ts'
import { SCOPE_SQL, scopeParameters, type UsageScope } from './usage-sums.ts'

/** What one user used in a span. */
export interface UserUsage {
  readonly userId: string
  /** Of the metrics that were asked for. */
  readonly value: DecimalText
  /** By metric; one that the user did not use is missing. */
  readonly metrics: Readonly<Record<string, DecimalText>>
  readonly lastActive: Date
}

/** What users used, and what belongs to none of them; together they are the total. */
export interface UsageByUser {
  /** The largest value first, then by id. */
  readonly users: readonly UserUsage[]
  readonly unattributed: DecimalText
}

/** Which users are asked for. */
export interface UserUsageOptions {
  /** Metrics that are added up to a user's value. */
  readonly metrics: readonly string[]
  /** Most users. @default all */
  readonly limit?: number
}

/**
 * The users of a span by what they used.
 * @throws TenantNotFoundError
 */
export async function readUsers(
  em: EntityManager,
  scope: UsageScope,
  { metrics, limit }: UserUsageOptions,
): Promise<UsageByUser> {
  const [found] = await em.execute<{ users: (UserUsage & { lastActive: number })[]; unattributed: DecimalText }[]>(
    `${SCOPE_SQL},
    each as (
      select user_id, metric, case when gauge then max(peak) else sum(quantity) end as value, max(last_at) as last_at,
        ?::jsonb @> to_jsonb(metric) as counts
      from used group by user_id, metric, gauge
    ),
    people as (
      select user_id, coalesce(sum(value) filter (where counts), 0) as value, max(last_at) as last_at,
        jsonb_object_agg(metric, trim_scale(value)::text) as metrics
      from each where user_id <> '' group by user_id
      order by value desc, user_id collate "C" limit ?
    )
    select
      (select coalesce(jsonb_agg(jsonb_build_object('userId', user_id, 'value', trim_scale(value)::text,
          'metrics', metrics, 'lastActive', extract(epoch from last_at) * 1000)
          order by value desc, user_id collate "C"), '[]') from people) as users,
      (select trim_scale(coalesce(sum(value), 0))::text from each where user_id = '' and counts) as unattributed
    from scope join tenants t on t.id = scope.tenant_id`,
    [...scopeParameters(scope), JSON.stringify(metrics), limit ?? null],
  )
  if (!found) throw new TenantNotFoundError(scope.tenantId)
  const { users, unattributed } = found
  return { users: users.map((user) => ({ ...user, lastActive: new Date(user.lastActive) })), unattributed }
}
