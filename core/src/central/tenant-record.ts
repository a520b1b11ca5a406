import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ApplicationKind } from '@mt-paas/server/contract'

/** States of a tenant; on the wire `deleted` is `deactivated`. */
export const tenantStates = ['provisioning', 'active', 'suspended', 'deleted'] as const

/** A state of {@link tenantStates}. */
export type TenantState = (typeof tenantStates)[number]

/** The row of a tenant in the central database. */
export const tenantRecord = defineEntity({
  name: 'TenantRecord',
  tableName: 'tenants',
  properties: {
    id: p.text().primary(),
    name: p.text(),
    plan: p.text(),
    /** The market's own words. */
    features: p.json<string[]>(),
    status: p.enum(tenantStates),
    contactEmail: p.text(),
    contactName: p.text(),
    /** As the market sent it. */
    config: p.json<Record<string, unknown>>(),
    /** Canonical e-mail of the applicant, for whom one tenant is used again. */
    applicantEmail: p.text().unique().nullable(),
    /** What was applied for last; null for a tenant that no application made. */
    applicationKind: p.enum(ApplicationKind.options).nullable(),
    dbName: p.text().unique(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    /** End of the subscription; null is open. */
    expiresAt: p.datetime().nullable(),
    /** Until when a deleted tenant's data is kept; null when nothing is kept. */
    dataRetentionUntil: p.datetime().nullable(),
  },
})

/** A tenant as the central database has it. */
export type TenantRecord = InferEntity<typeof tenantRecord>
