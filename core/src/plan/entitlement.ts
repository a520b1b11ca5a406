import type { MetricQuota, PlanLimits } from './plan.ts'
import type { PlanCatalogue } from './plan-catalogue.ts'

/** What a tenant may do at this moment: its plan with the changes of its subscription. */
export interface Entitlement {
  readonly tenantId: string
  /** The market's word, which may be none of the plans; then the fallback's limits count. */
  readonly plan: string
  readonly limits: PlanLimits
  /** Feature → whether the tenant has it. */
  readonly features: Readonly<Record<string, boolean>>
  readonly quotas: Readonly<Record<string, MetricQuota>>
}

/** What an {@link Entitlement} is made of. */
export interface EntitlementSource {
  readonly tenantId: string
  readonly plan: string
  /** Features that the market listed at the activation: on, whatever the plan says. */
  readonly listed: readonly string[]
  /** Limits of the subscription that are not the plan's. */
  readonly limits: Partial<PlanLimits>
  /** Features of the subscription that are neither the plan's nor the list's. */
  readonly features: Readonly<Record<string, boolean>>
}

/** The metric whose quota is in the limits of a plan. */
export const TOKEN_METRIC = 'ai_tokens'

/** Puts a tenant's rights together. */
export function entitlementOf(catalogue: PlanCatalogue, source: EntitlementSource): Entitlement {
  const plan = catalogue.resolve(source.plan)
  const limits = { ...plan.limits, ...source.limits }
  const listed = Object.fromEntries(source.listed.map((feature) => [feature, true]))
  return {
    tenantId: source.tenantId,
    plan: source.plan,
    limits,
    features: { ...plan.features, ...listed, ...source.features },
    quotas: { ...plan.quotas, [TOKEN_METRIC]: { day: limits.dailyTokens, month: limits.monthlyTokens } },
  }
}

/** Whether a feature is on; names such as `constructor` are none. */
export function isEntitled({ features }: Pick<Entitlement, 'features'>, feature: string): boolean {
  return Object.hasOwn(features, feature) && features[feature] === true
}
