import { LockMode } from '@mikro-orm/core'
import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql'
import type { ApplicationStore, AppliedTenant } from '@mt-paas/server'
import type { ApplicationKind } from '@mt-paas/server/contract'
import { type TenantRecord, tenantRecord } from '../central/tenant-record.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import { canonicalEmail } from './canonical-email.ts'
import { reviseSubscription } from './subscription-store.ts'
import { utcDay } from './utc-day.ts'

/** How {@link appliedTenants} describes tenants. */
export interface AppliedTenantsOptions {
  readonly databases: Pick<DatabaseManager, 'central'>
  /** Where a tenant's people open the service. */
  readonly accessUrl: (tenantId: string) => string
  readonly now: () => Date
}

/** Plan of tenants whose applicants try a service, and the one that they get when they subscribe to it. */
const PLAN_OF_KIND = Object.freeze({ demo: 'demo', service: 'standard' } as const)

/** The central database as `marketCompatApi`'s memory of applications, which outlives the process. */
export function appliedTenants({ databases, accessUrl, now }: AppliedTenantsOptions): ApplicationStore {
  const describe = (tenant: TenantRecord) => appliedTenant(tenant, accessUrl(tenant.id))
  return {
    async findByEmail(email) {
      const tenant = await databases.central().findOne(tenantRecord, { applicantEmail: canonicalEmail(email) })
      return tenant ? describe(tenant) : undefined
    },
    async findByTenant(id) {
      const tenant = await databases.central().findOne(tenantRecord, { id })
      return tenant?.applicationKind ? describe(tenant) : undefined
    },
    async save({ tenantId, email, kind, expiresAt }) {
      const application = { applicationKind: kind, expiresAt: new Date(expiresAt) }
      const save = (values: AppliedValues) =>
        databases.central().transactional((em) => update(em, tenantId, { ...values, now: now() }))
      try {
        await save({ ...application, applicantEmail: canonicalEmail(email) || null })
      } catch (error) {
        // Another process made a tenant for the same applicant at this moment; the e-mail stays with that one.
        if (!(error instanceof UniqueConstraintViolationException)) throw error
        await save(application)
      }
    },
    async list() {
      const tenants = await databases.central().find(tenantRecord, {}, { orderBy: { createdAt: 'asc', id: 'asc' } })
      return tenants.map(describe)
    },
  }
}

interface AppliedValues extends Partial<Pick<TenantRecord, 'applicantEmail'>> {
  readonly applicationKind: ApplicationKind
  readonly expiresAt: Date
}

/** The subscription ends when the application says; with a demo's tenant that becomes a service's, the plan does so too. */
async function update(em: EntityManager, tenantId: string, values: AppliedValues & { now: Date }): Promise<void> {
  const { now, ...application } = values
  const tenant = await em.findOneOrFail(tenantRecord, { id: tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  em.assign(tenant, application)
  await em.flush()
  const lastDay = utcDay(application.expiresAt)
  await reviseSubscription(em, {
    tenantId,
    now,
    revise: (current) => ({
      ...current,
      plan:
        application.applicationKind === 'service' && current.plan === PLAN_OF_KIND.demo
          ? PLAN_OF_KIND.service
          : current.plan,
      endDate: lastDay < current.startDate ? current.startDate : lastDay,
      status: 'active',
    }),
  })
}

function appliedTenant(tenant: TenantRecord, accessUrl: string): AppliedTenant {
  return {
    tenantId: tenant.id,
    email: tenant.applicantEmail ?? '',
    universityName: tenant.name,
    kind: tenant.applicationKind ?? 'service',
    accessUrl,
    createdAt: wholeSeconds(tenant.createdAt),
    expiresAt: tenant.expiresAt ? wholeSeconds(tenant.expiresAt) : '',
  }
}

function wholeSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
