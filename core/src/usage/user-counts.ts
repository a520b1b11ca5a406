import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantNotFoundError } from '@mt-paas/server'
import { SCOPE_SQL, scopeParameters, type UsageScope } from './usage-sums.ts'

/** How many users usage tells of; those who never used anything it does not know. */
export interface UserCounts {
  /** With usage before the end of the span. */
  readonly total: number
  /** With usage in the span. */
  readonly active: number
  /** With usage in the span and none before. */
  readonly added: number
}

/**
 * Counts the users of a span.
 * @throws TenantNotFoundError
 */
export async function readUserCounts(em: EntityManager, scope: UsageScope): Promise<UserCounts> {
  const [found] = await em.execute<UserCounts[]>(
    `${SCOPE_SQL},
    people as (
      select min(day) as first, max(day) as last
      from usage_daily u join scope on u.tenant_id = scope.tenant_id and u.day < scope.ends
      where u.user_id <> '' group by u.user_id
    )
    select
      (select count(*)::int from people) as total,
      (select count(*)::int from people where last >= scope.begins) as active,
      (select count(*)::int from people where first >= scope.begins) as added
    from scope join tenants t on t.id = scope.tenant_id`,
    scopeParameters(scope),
  )
  if (!found) throw new TenantNotFoundError(scope.tenantId)
  return found
}
