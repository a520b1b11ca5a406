import { UnknownPlanError } from '../error/plan-errors.ts'
import { defaultPlans } from './default-plans.ts'
import { checkedFeatures, checkedLimits, type MetricQuota, type Plan, type PlanLimits } from './plan.ts'

/** What a plan has otherwise than the plan it starts from. */
export interface PlanChange {
  /** @default those it starts from */
  readonly limits?: Partial<PlanLimits>
  /** @default those it starts from */
  readonly features?: Readonly<Record<string, boolean>>
  /** @default those it starts from */
  readonly quotas?: Readonly<Record<string, MetricQuota>>
}

/** Which plans there are. */
export interface PlanOptions {
  /** By name: changes to a default plan, or a new plan, which starts from the fallback. @default none */
  readonly plans?: Readonly<Record<string, PlanChange>>
  /** Name of the plan of tenants for whom the market says a plan that nobody defined. @default 'basic' */
  readonly fallbackPlan?: string
}

/** The plans of a service. */
export interface PlanCatalogue {
  /** In the order of growing limits for the defaults, then new ones. */
  readonly plans: readonly Plan[]
  /** The plan of a name. */
  find(name: string): Plan | undefined
  /**
   * The plan of a name.
   * @throws UnknownPlanError
   */
  get(name: string): Plan
  /** The plan of a name, or the fallback, since the market may say any word. */
  resolve(name: string): Plan
  /** Names of the features that a plan has. */
  featuresOf(name: string): readonly string[]
  /** Names of the plans that have a feature. */
  plansWith(feature: string): readonly string[]
}

/**
 * The default plans with the changes of the options.
 * @throws InvalidSubscriptionError for a limit or feature that cannot be one, UnknownPlanError for the fallback
 */
export function planCatalogue(options: PlanOptions = {}): PlanCatalogue {
  const { plans: changes = {}, fallbackPlan = 'basic' } = options
  const byName = new Map(defaultPlans.map((plan) => [plan.name, plan]))
  const base = changed(byName.get(fallbackPlan) ?? byName.get('basic'), fallbackPlan, changes)
  for (const name of Object.keys(changes)) byName.set(name, changed(byName.get(name) ?? base, name, changes))
  const fallback = byName.get(fallbackPlan)
  if (!fallback) throw new UnknownPlanError([...byName.keys()])

  function get(name: string): Plan {
    const plan = byName.get(name)
    if (!plan) throw new UnknownPlanError([...byName.keys()])
    return plan
  }

  return Object.freeze({
    plans: Object.freeze([...byName.values()]),
    find: (name: string) => byName.get(name),
    get,
    resolve: (name: string) => byName.get(name) ?? fallback,
    featuresOf: (name: string) => enabled(get(name).features),
    plansWith: (feature: string) =>
      [...byName.values()].flatMap(({ name, features }) => (enabled(features).includes(feature) ? [name] : [])),
  })
}

/** Names of the features that are on. */
export function enabled(features: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(features).filter((name) => features[name])
}

function changed(base: Plan | undefined, name: string, changes: Readonly<Record<string, PlanChange>>): Plan {
  if (!base) throw new UnknownPlanError(defaultPlans.map((plan) => plan.name))
  const change = Object.hasOwn(changes, name) ? changes[name] : undefined
  return Object.freeze({
    name,
    limits: Object.freeze({ ...base.limits, ...checkedLimits(change?.limits ?? {}) }),
    features: Object.freeze({ ...base.features, ...checkedFeatures(change?.features ?? {}) }),
    quotas: Object.freeze({ ...base.quotas, ...change?.quotas }),
  })
}
