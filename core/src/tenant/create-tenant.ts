import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql'
import { TenantExistsError } from '@mt-paas/server'
import { type TenantRecord, tenantRecord } from '../central/tenant-record.ts'
import { checkedFeatures, checkedLimits } from '../plan/plan.ts'
import type { PlanCatalogue } from '../plan/plan-catalogue.ts'
import { type SubscriptionStart, startSubscription } from './start-subscription.ts'
import { endOfDay } from './utc-day.ts'

/** A tenant to be. */
export interface NewTenant {
  readonly id: string
  readonly name: string
  /** Name of a plan of the catalogue. */
  readonly plan: string
  readonly contact: { readonly email: string; readonly name: string }
  /** Features that are on, whatever the plan says. @default none */
  readonly features?: readonly string[]
  /** @default {} */
  readonly config?: Readonly<Record<string, unknown>>
  /** @default open, from today, as the plan says */
  readonly subscription?: Omit<SubscriptionStart, 'tenantId' | 'plan'>
}

/** What a tenant's row is made with. */
export interface Creation {
  readonly plans: PlanCatalogue
  readonly now: Date
  readonly databaseName: string
}

/** Makes a tenant's row and its subscription, together or not at all. */
export async function createTenant(
  em: EntityManager,
  tenant: NewTenant,
  { plans, now, databaseName }: Creation,
): Promise<TenantRecord> {
  const start = subscriptionStart(tenant, plans)
  try {
    return await em.transactional(async (inner) => {
      const row = inner.create(tenantRecord, {
        id: tenant.id,
        name: tenant.name,
        plan: start.plan,
        features: [...(tenant.features ?? [])],
        config: { ...tenant.config },
        status: 'pending',
        contactEmail: tenant.contact.email,
        contactName: tenant.contact.name,
        applicantEmail: null,
        applicationKind: null,
        dbName: databaseName,
        createdAt: now,
        updatedAt: now,
        expiresAt: start.endDate ? endOfDay(start.endDate) : null,
        dataRetentionUntil: null,
      })
      await inner.flush()
      await startSubscription(inner, start, now)
      return row
    })
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw new TenantExistsError(tenant.id)
    throw error
  }
}

function subscriptionStart({ id, plan, subscription }: NewTenant, plans: PlanCatalogue): SubscriptionStart {
  return {
    ...subscription,
    tenantId: id,
    plan: plans.get(plan).name,
    limits: checkedLimits(subscription?.limits ?? {}),
    features: checkedFeatures(subscription?.features ?? {}),
  }
}
