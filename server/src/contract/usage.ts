import { z } from 'zod'
import { TenantId } from './id.ts'
import { Period } from './period.ts'
import { integer } from './scalar.ts'

const metric = integer.nullable().default(0)

/** What a tenant used in a month. Open: a service may add metrics of its own, such as `total_cost`. */
export const UsageData = z
  .looseObject({
    active_users: metric,
    total_sessions: metric,
    api_calls: metric,
    ai_tokens: metric,
    storage_mb: metric,
  })
  .meta({ id: 'UsageData' })
export type UsageData = z.infer<typeof UsageData>

/** Input of `getTenantUsage` and of the billing operations. */
export const PeriodInput = z.object({ tenant_id: TenantId, period: Period })
export type PeriodInput = z.infer<typeof PeriodInput>

/** Answer of `getTenantUsage`. */
export const UsageResponse = z.object({ tenant_id: z.string(), period: z.string(), usage: UsageData }).meta({
  id: 'UsageResponse',
  example: {
    tenant_id: 'hallym_univ',
    period: '2026-01',
    usage: { active_users: 150, total_sessions: 3500, api_calls: 15000, ai_tokens: 500000, storage_mb: 25600 },
  },
})
export type UsageResponse = z.infer<typeof UsageResponse>
