import type { UsageLimits } from '@mt-paas/server/contract'
import type { PlanLimits } from './plan.ts'

const wireNames = Object.freeze({
  dailyTokens: 'daily_tokens',
  monthlyTokens: 'monthly_tokens',
  maxFileSizeMb: 'max_file_size_mb',
  maxUsers: 'max_users',
  maxStorageMb: 'max_storage_mb',
} as const satisfies Record<keyof PlanLimits, keyof UsageLimits>)

/** The name of a limit on the wire. */
export function wireLimitName(name: keyof PlanLimits): keyof UsageLimits {
  return wireNames[name]
}

/** Limits as `getSettings` answers them. */
export function toUsageLimits(limits: PlanLimits): UsageLimits {
  return {
    daily_tokens: limits.dailyTokens,
    monthly_tokens: limits.monthlyTokens,
    max_file_size_mb: limits.maxFileSizeMb,
    max_users: limits.maxUsers,
    max_storage_mb: limits.maxStorageMb,
  }
}

/** Limits as `updateSettings` receives them; those left out stay out. */
export function fromUsageLimits(
  limits: { readonly [TName in keyof UsageLimits]?: number | undefined },
): Partial<PlanLimits> {
  const names = Object.keys(wireNames) as (keyof PlanLimits)[]
  return Object.fromEntries(
    names.flatMap((name) => {
      const limit = limits[wireNames[name]]
      return limit === undefined ? [] : [[name, limit]]
    }),
  )
}
