import { InvalidSubscriptionError } from '../error/plan-errors.ts'

/** What a plan allows; whole numbers from 0. */
export interface PlanLimits {
  /** Tokens of language models in one UTC day. */
  readonly dailyTokens: number
  /** Tokens of language models in one UTC month. */
  readonly monthlyTokens: number
  /** Size of one file, in MB of 1,048,576 bytes. */
  readonly maxFileSizeMb: number
  /** Accounts that exist at the same time. */
  readonly maxUsers: number
  /** What is stored at the same time, in MB of 1,048,576 bytes. */
  readonly maxStorageMb: number
}

/** How much of a metric may be consumed, in units of the metric; windows are UTC, half-open. */
export interface MetricQuota {
  /** In one day. @default without a limit */
  readonly day?: number
  /** In one month. @default without a limit */
  readonly month?: number
}

/** What tenants get for a subscription. */
export interface Plan {
  readonly name: string
  readonly limits: PlanLimits
  /** Feature, by its name on the wire → whether the plan has it; one that is not listed it does not have. */
  readonly features: Readonly<Record<string, boolean>>
  /** Metric → quota, beside `ai_tokens`, whose quota is in the limits. */
  readonly quotas: Readonly<Record<string, MetricQuota>>
}

/** Names of the limits of {@link PlanLimits}. */
export const limitNames = Object.freeze([
  'dailyTokens',
  'monthlyTokens',
  'maxFileSizeMb',
  'maxUsers',
  'maxStorageMb',
] as const satisfies readonly (keyof PlanLimits)[])

/**
 * The limits without those that are undefined, when all of them are limits.
 * @throws InvalidSubscriptionError naming the first that is not
 */
export function checkedLimits(limits: Partial<PlanLimits>): Partial<PlanLimits> {
  const known: ReadonlySet<string> = new Set(limitNames)
  const given = Object.entries(limits).filter(([, limit]) => limit !== undefined)
  for (const [name, limit] of given) {
    if (!known.has(name)) throw InvalidSubscriptionError.unknownLimit(limitNames)
    if (!Number.isSafeInteger(limit) || limit < 0) throw InvalidSubscriptionError.limit(name)
  }
  return Object.fromEntries(given)
}

/**
 * The features, when all of them are switches.
 * @throws InvalidSubscriptionError
 */
export function checkedFeatures(features: Readonly<Record<string, boolean>>): Record<string, boolean> {
  for (const [name, value] of Object.entries(features)) {
    if (typeof value !== 'boolean' || !isFeatureName(name)) throw InvalidSubscriptionError.feature()
  }
  return { ...features }
}

/** PostgreSQL keeps neither a NUL nor half a character. */
function isFeatureName(name: string): boolean {
  return name !== '' && !name.includes('\0') && name.isWellFormed()
}
