import { z } from 'zod'
import { TenantId } from './id.ts'
import { integer, requestBoolean, requestInteger } from './scalar.ts'

/** Which features are on. Open: a service may have switches of its own. */
export const FeatureFlags = z
  .looseObject({
    rag: z.boolean().default(true),
    chat: z.boolean().default(true),
    quiz: z.boolean().default(false),
    api_integration: z.boolean().default(false),
    custom_branding: z.boolean().default(false),
  })
  .meta({ id: 'FeatureFlags' })
export type FeatureFlags = z.infer<typeof FeatureFlags>

/** Limits of a tenant: tokens of language models, megabytes, accounts. */
export const UsageLimits = z
  .object({
    daily_tokens: integer.default(1_000_000),
    monthly_tokens: integer.default(20_000_000),
    max_file_size_mb: integer.default(50),
    max_users: integer.default(1_000),
    max_storage_mb: integer.default(10_240),
  })
  .meta({ id: 'UsageLimits' })
export type UsageLimits = z.infer<typeof UsageLimits>

/** How the service looks for a tenant; null is the service's own look. */
export const Branding = z
  .object({
    logo_url: z.string().nullable().default(null),
    primary_color: z.string().nullable().default(null),
    custom_css: z.string().nullable().default(null),
  })
  .meta({ id: 'Branding' })
export type Branding = z.infer<typeof Branding>

/** What the tenant subscribed to; dates `YYYY-MM-DD`, an end of null is open. */
export const SubscriptionInfo = z
  .object({
    plan: z.string(),
    start_date: z.string(),
    end_date: z.string().nullable().default(null),
    auto_renew: z.boolean().default(false),
  })
  .meta({ id: 'SubscriptionInfo' })
export type SubscriptionInfo = z.infer<typeof SubscriptionInfo>

/** A tenant's configuration. */
export const TenantConfig = z
  .object({
    max_users: integer.nullable().default(null),
    max_storage_mb: integer.nullable().default(null),
    features: FeatureFlags.prefault({}),
    limits: UsageLimits.prefault({}),
    branding: Branding.nullable().default(null),
  })
  .meta({ id: 'TenantConfig' })
export type TenantConfig = z.infer<typeof TenantConfig>

/** Answer of `getSettings` and `updateSettings`. */
export const SettingsResponse = z
  .object({ tenant_id: z.string(), config: TenantConfig, subscription: SubscriptionInfo })
  .meta({ id: 'SettingsResponse' })
export type SettingsResponse = z.infer<typeof SettingsResponse>

/** Feature switches to change; those left out stay. */
export const FeatureFlagsPatch = z.looseObject({
  rag: requestBoolean().optional(),
  chat: requestBoolean().optional(),
  quiz: requestBoolean().optional(),
  api_integration: requestBoolean().optional(),
  custom_branding: requestBoolean().optional(),
})

/** Limits to change; those left out stay. */
export const UsageLimitsPatch = z.object({
  daily_tokens: requestInteger().optional(),
  monthly_tokens: requestInteger().optional(),
  max_file_size_mb: requestInteger().optional(),
  max_users: requestInteger().optional(),
  max_storage_mb: requestInteger().optional(),
})

/** Branding to change: null takes a value away, what is left out stays. */
export const BrandingPatch = z.object({
  logo_url: z.string().nullish(),
  primary_color: z.string().nullish(),
  custom_css: z.string().nullish(),
})

/** Body of `updateSettings`: changes only what it names. */
export const UpdateSettingsRequest = z
  .object({
    features: FeatureFlagsPatch.nullish(),
    limits: UsageLimitsPatch.nullish(),
    branding: BrandingPatch.nullish(),
  })
  .meta({ id: 'UpdateSettingsRequest', example: { features: { quiz: true }, limits: { max_users: 2000 } } })
export type UpdateSettingsRequest = z.infer<typeof UpdateSettingsRequest>

/** Input of `updateSettings`: path and body. */
export const UpdateSettingsInput = z.object({ tenant_id: TenantId, ...UpdateSettingsRequest.shape })
