import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ApplicationKind } from '@mt-paas/server/contract'

/** States of an application. */
export const applicationStates = ['pending', 'sent', 'completed', 'failed'] as const

/** One of {@link applicationStates}. */
export type ApplicationState = (typeof applicationStates)[number]

/** An application of a university for a service. */
export const applicationRecord = defineEntity({
  name: 'SandboxApplication',
  tableName: 'applications',
  properties: {
    id: p.integer().primary(),
    kind: p.enum(ApplicationKind.options),
    contact: p.text(),
    reason: p.text(),
    applicantId: p.integer(),
    applicantName: p.text(),
    applicantEmail: p.text(),
    universityName: p.text(),
    serviceId: p.integer(),
    serviceSlug: p.text(),
    serviceTitle: p.text(),
    shape: p.enum(['flat', 'nested', 'standard'] as const),
    url: p.text(),
    /** A key of its own; that of the service when null. */
    apiKey: p.text().nullable(),
    callbackUrl: p.text(),
    /** `YYYY-MM-DD`, as is the end. */
    startDate: p.text(),
    endDate: p.text(),
    status: p.enum(applicationStates),
    tenantId: p.text().nullable(),
    accessUrl: p.text().nullable(),
    /** What the service said last. */
    message: p.text().nullable(),
    /** Why it failed. */
    failure: p.text().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})

export type ApplicationRecord = InferEntity<typeof applicationRecord>
