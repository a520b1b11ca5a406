import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantNotFoundError } from '@mt-paas/server'
import { type Entitlement, type EntitlementSource, entitlementOf } from './entitlement.ts'
import type { PlanCatalogue } from './plan-catalogue.ts'

/**
 * Reads what a tenant may do, in one query.
 * @throws TenantNotFoundError
 */
export async function readEntitlement(em: EntityManager, tenantId: string, plans: PlanCatalogue): Promise<Entitlement> {
  const [source] = await em.execute<EntitlementSource[]>(
    `select t.id as "tenantId", coalesce(s.plan, t.plan) as plan, t.features as listed,
        coalesce(s.limits, '{}') as limits, coalesce(s.features, '{}') as features
      from tenants t left join subscriptions s on s.tenant_id = t.id and s.closed_at is null where t.id = ?`,
    [tenantId],
  )
  if (!source) throw new TenantNotFoundError(tenantId)
  return entitlementOf(plans, source)
}
