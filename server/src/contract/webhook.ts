import { z } from 'zod'
import { requestInteger } from './scalar.ts'

const ApplicationId = requestInteger({ min: 0, max: Number.MAX_SAFE_INTEGER })

/** `demo` lasts 30 days; `service` until the end date asked for. */
export const ApplicationKind = z.enum(['demo', 'service']).meta({ id: 'ApplicationKind' })
export type ApplicationKind = z.infer<typeof ApplicationKind>

/** The person who applied, and for which university. */
export const Applicant = z.object({
  id: requestInteger(),
  name: z.string(),
  email: z.string(),
  university_name: z.string(),
})
export type Applicant = z.infer<typeof Applicant>

/** The service that was applied for, as the market lists it. */
export const AppliedService = z.object({ id: requestInteger(), slug: z.string(), title: z.string() })
export type AppliedService = z.infer<typeof AppliedService>

/** Payload documented for `auto-provision`; dates are `YYYY-MM-DD`. */
export const FlatWebhook = z
  .object({
    application_id: ApplicationId,
    kind: ApplicationKind,
    contact: z.string().nullish(),
    reason: z.string().nullish(),
    applicant: Applicant,
    service: AppliedService,
    callback_url: z.string().nullish(),
    start_date: z.string().nullish(),
    end_date: z.string().nullish(),
  })
  .meta({ id: 'FlatWebhook' })
export type FlatWebhook = z.infer<typeof FlatWebhook>

/** Payload documented for `application-approved`; carries no dates. */
export const NestedWebhook = z
  .object({
    application: z.object({
      id: ApplicationId,
      kind: ApplicationKind,
      contact: z.string().nullish(),
      reason: z.string().nullish(),
    }),
    applicant: Applicant,
    service: AppliedService,
  })
  .meta({ id: 'NestedWebhook' })
export type NestedWebhook = z.infer<typeof NestedWebhook>

/** What became of an application. */
export const WebhookStatus = z.enum(['approved', 'processing', 'rejected', 'error'])
export type WebhookStatus = z.infer<typeof WebhookStatus>

/** First access for the tenant's administrator; never a password. */
export const AdminCredentials = z.object({ email: z.string(), note: z.string().nullable().default(null) })
export type AdminCredentials = z.infer<typeof AdminCredentials>

/** Answer to both webhooks, in the words of both: `status` and `tenant_url`, `success` and `access_url`. */
export const WebhookAnswer = z
  .object({
    success: z.boolean(),
    status: WebhookStatus,
    tenant_id: z.string().nullable(),
    tenant_url: z.string().nullable(),
    access_url: z.string().nullable(),
    message: z.string(),
    expires_at: z.string().nullable().default(null),
    admin_credentials: AdminCredentials.nullable().default(null),
    created_at: z.string().nullable().default(null),
  })
  .meta({ id: 'WebhookAnswer' })
export type WebhookAnswer = z.infer<typeof WebhookAnswer>

/** What a service posts to `callback_url` when provisioning has ended. */
export const ProvisionCallback = z
  .object({
    success: z.boolean(),
    tenant_id: z.string().nullable(),
    message: z.string(),
    access_url: z.string().nullable(),
    created_at: z.string().nullable().default(null),
  })
  .meta({ id: 'ProvisionCallback' })
export type ProvisionCallback = z.infer<typeof ProvisionCallback>
