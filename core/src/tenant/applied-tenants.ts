import { UniqueConstraintViolationException } from '@mikro-orm/postgresql'
import type { ApplicationStore, AppliedTenant } from '@mt-paas/server'
import { type TenantRecord, tenantRecord } from '../central/tenant-record.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import { canonicalEmail } from './canonical-email.ts'

/** How {@link appliedTenants} describes tenants. */
export interface AppliedTenantsOptions {
  readonly databases: DatabaseManager
  /** Where a tenant's people open the service. */
  readonly accessUrl: (tenantId: string) => string
}

/** The central database as `marketCompatApi`'s memory of applications, which outlives the process. */
export function appliedTenants({ databases, accessUrl }: AppliedTenantsOptions): ApplicationStore {
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
      const applicantEmail = canonicalEmail(email) || null
      const application = { applicationKind: kind, expiresAt: new Date(expiresAt) }
      try {
        await update(databases, tenantId, { ...application, applicantEmail })
      } catch (error) {
        // Another process made a tenant for the same applicant at this moment; the e-mail stays with that one.
        if (!(error instanceof UniqueConstraintViolationException)) throw error
        await update(databases, tenantId, application)
      }
    },
    async list() {
      const tenants = await databases.central().find(tenantRecord, {}, { orderBy: { createdAt: 'asc', id: 'asc' } })
      return tenants.map(describe)
    },
  }
}

async function update(databases: DatabaseManager, id: string, values: Partial<TenantRecord>): Promise<void> {
  const em = databases.central()
  const tenant = await em.findOneOrFail(tenantRecord, { id })
  em.assign(tenant, values)
  await em.flush()
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
