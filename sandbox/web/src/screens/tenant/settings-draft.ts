import { z } from 'zod'
import type { Outputs } from '../../api/router.ts'

type Settings = Outputs['tenant']['getSettings']

/** Limits that the contract knows. */
export const limitNames = ['daily_tokens', 'monthly_tokens', 'max_file_size_mb', 'max_users', 'max_storage_mb'] as const

/** Parts of a look that the contract knows. */
export const brandingNames = ['logo_url', 'primary_color', 'custom_css'] as const

type Texts<TName extends string> = Readonly<Record<TName, string>>

/** What is written in the form of the settings. */
export interface SettingsDraft {
  readonly features: Readonly<Record<string, boolean>>
  readonly limits: Texts<(typeof limitNames)[number]>
  readonly branding: Texts<(typeof brandingNames)[number]>
}

const Limit = z.int().min(0).optional()
const Look = z.string().nullable().optional()

/** What the service is sent: the contract's, with limits that are no less than nothing. */
export const SettingsChange = z.object({
  features: z.record(z.string(), z.boolean()).optional(),
  limits: z
    .object({
      daily_tokens: Limit,
      monthly_tokens: Limit,
      max_file_size_mb: Limit,
      max_users: Limit,
      max_storage_mb: Limit,
    })
    .optional(),
  branding: z.object({ logo_url: Look, primary_color: Look, custom_css: Look }).optional(),
})

/** The form of settings. */
export function settingsDraft({ config: { features, limits, branding } }: Settings): SettingsDraft {
  const switches = Object.entries(features).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean')
  return {
    features: Object.fromEntries(switches),
    limits: {
      daily_tokens: String(limits.daily_tokens),
      monthly_tokens: String(limits.monthly_tokens),
      max_file_size_mb: String(limits.max_file_size_mb),
      max_users: String(limits.max_users),
      max_storage_mb: String(limits.max_storage_mb),
    },
    branding: {
      logo_url: branding?.logo_url ?? '',
      primary_color: branding?.primary_color ?? '',
      custom_css: branding?.custom_css ?? '',
    },
  }
}

/** What differs from before; the service leaves the rest as it is. */
export function settingsChange(before: SettingsDraft, after: SettingsDraft): unknown {
  const features = changes(before.features, after.features)
  const limits = changes(before.limits, after.limits).map(([name, text]) => [name, numberOf(text)] as const)
  const branding = changes(before.branding, after.branding).map(([name, text]) => [name, text || null] as const)
  return {
    ...(features.length > 0 && { features: Object.fromEntries(features) }),
    ...(limits.length > 0 && { limits: Object.fromEntries(limits) }),
    ...(branding.length > 0 && { branding: Object.fromEntries(branding) }),
  }
}

function changes<TValue>(before: Readonly<Record<string, TValue>>, after: Readonly<Record<string, TValue>>) {
  return Object.entries(after).filter(([name, value]) => before[name] !== value)
}

/** An empty field is no number, and no zero either. */
function numberOf(text: string): number | string {
  return text.trim() === '' ? text : Number(text)
}
