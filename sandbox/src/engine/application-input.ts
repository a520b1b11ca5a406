import { Applicant, AppliedService } from '@mt-paas/server/contract'
import { z } from 'zod'

/** Where deliveries go and how they are signed; what is left out is the service's. */
export const TargetInput = z.strictObject({
  webhook_url: z.string().optional(),
  api_key: z.string().optional(),
  shape: z.enum(['flat', 'nested', 'standard']).optional(),
})

/** What a caller may say of a new application; everything has a default. Members that are not known are refused. */
export const ApplicationInput = z.strictObject({
  ...TargetInput.shape,
  application_id: z.int().min(0).optional(),
  /** Slug of a registered service, or a service of its own. */
  service: z.union([z.string(), AppliedService]).optional(),
  applicant: Applicant.partial().strict().optional(),
  contact: z.string().optional(),
  reason: z.string().optional(),
  callback_url: z.string().optional(),
  start_date: z.iso.date().optional(),
  end_date: z.iso.date().optional(),
})
export type ApplicationInput = z.infer<typeof ApplicationInput>

/** A service to register, or what changes of one. */
export const ServiceInput = z.strictObject({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  service_id: z.int().min(0).optional(),
  title: z.string().optional(),
  base_url: z.string().optional(),
  shape: z.enum(['flat', 'nested', 'standard']).optional(),
  api_key: z.string().min(1).optional(),
  next_api_key: z.string().min(1).nullable().optional(),
  signing_secret: z.string().nullable().optional(),
  service_key: z.string().min(1).nullable().optional(),
  callback_secret: z.string().nullable().optional(),
})
export type ServiceInput = z.infer<typeof ServiceInput>

/** A message of the caller's own making. */
export const CustomInput = z.strictObject({
  webhook_url: z.string(),
  /** Sent as compact JSON. */
  payload: z.unknown().optional(),
  /** Sent as it stands, in place of `payload`. */
  body: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  api_key: z.string().optional(),
  signing_secret: z.string().optional(),
  signature: z.enum(['wrong', 'stale', 'missing']).optional(),
  retry: z.boolean().optional(),
  times: z.int().min(1).max(1_000).optional(),
})
export type CustomInput = z.infer<typeof CustomInput>
