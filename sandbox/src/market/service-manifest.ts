import { ApplicationKind } from '@mt-paas/server/contract'
import { z } from 'zod'

/** Text in both languages. */
export const BothLanguages = z.strictObject({ ko: z.string().max(2_000), en: z.string().max(2_000) })
export type BothLanguages = z.infer<typeof BothLanguages>

/** A short name that stands in addresses. */
export const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/)

const Limit = z.int().min(0).optional()

/** What a tenant gets for its money. */
export const Plan = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/),
  title: BothLanguages,
  /** Applications that may ask for it. */
  kind: ApplicationKind.default('service'),
  /** Exact decimal and ISO 4217 code; null is free. */
  price: z
    .strictObject({
      amount: z.string().regex(/^\d{1,12}(?:\.\d{1,6})?$/),
      currency: z.string().regex(/^[A-Z]{3}$/),
      per: z.enum(['month', 'year']).default('month'),
    })
    .nullable()
    .default(null),
  /** Set at the service when the plan begins. */
  limits: z
    .strictObject({
      daily_tokens: Limit,
      monthly_tokens: Limit,
      max_file_size_mb: Limit,
      max_users: Limit,
      max_storage_mb: Limit,
    })
    .default({}),
  /** Names of what the tenant may use. */
  features: z.array(z.string().min(1).max(100)).max(100).default([]),
})
export type Plan = z.infer<typeof Plan>

/** Plans of a service that tells none. */
export const USUAL_PLANS: readonly Plan[] = Object.freeze([
  {
    id: 'demo',
    title: { ko: '체험', en: 'Demo' },
    kind: 'demo',
    price: null,
    limits: {},
    features: [],
  },
  {
    id: 'standard',
    title: { ko: '표준', en: 'Standard' },
    kind: 'service',
    price: null,
    limits: {},
    features: [],
  },
])

const Plans = z
  .array(Plan)
  .min(1)
  .max(50)
  .refine((plans) => new Set(plans.map(({ id }) => id)).size === plans.length, 'Ids of plans must differ')

/** What the catalogue tells of a service. */
const Described = {
  title: BothLanguages,
  description: BothLanguages,
  /** Path in front of the Standard API. */
  prefix: z.string().regex(/^(?:\/[\w.~-]+)*$/),
  /** How the Standard API is spoken. */
  protocol: z.enum(['trpc', 'rest', 'auto']),
  plans: Plans,
}

/** The part of a manifest that only the catalogue needs. */
export const CatalogueEntry = z.object(Described)
export type CatalogueEntry = z.infer<typeof CatalogueEntry>

const Reached = {
  base_url: z.string(),
  service_id: z.int().min(0).optional(),
  /** Body of its webhooks. */
  shape: z.enum(['flat', 'nested', 'standard']),
  /** Sent to the service. */
  api_key: z.string().min(1).max(500).optional(),
  /** Signs webhooks; null signs none. */
  signing_secret: z.string().max(500).nullable().optional(),
  /** What callbacks must carry as `X-Service-API-Key`; null does not look. */
  service_key: z.string().min(1).max(500).nullable().optional(),
  /** What callbacks must be signed with; null does not look. */
  callback_secret: z.string().max(500).nullable().optional(),
}

/** A service as it comes into the catalogue. */
export const ServiceManifest = z.strictObject({
  slug: Slug,
  ...Described,
  ...Reached,
  title: BothLanguages.optional(),
  description: BothLanguages.default({ ko: '', en: '' }),
  prefix: Described.prefix.default('/mt'),
  protocol: Described.protocol.default('auto'),
  plans: Plans.default([...USUAL_PLANS]),
  shape: Reached.shape.default('flat'),
})
export type ServiceManifest = z.infer<typeof ServiceManifest>

/** What changes of a service; what is left out stays. */
export const ServiceChange = z.strictObject({
  slug: Slug,
  ...z.object({ ...Described, ...Reached }).partial().shape,
})
export type ServiceChange = z.infer<typeof ServiceChange>

/** The entry of a service that only the simulator knew so far. */
export function usualEntry(title: string): CatalogueEntry {
  return {
    title: { ko: title, en: title },
    description: { ko: '', en: '' },
    prefix: '/mt',
    protocol: 'auto',
    plans: [...USUAL_PLANS],
  }
}
