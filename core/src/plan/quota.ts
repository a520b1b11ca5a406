import { FeatureDisabledError, QuotaExceededError } from '@mt-paas/server'
import type { DatabaseManager } from '../database/database-manager.ts'
import { InvalidQuantityError } from '../error/plan-errors.ts'
import { type DecimalText, decimalText, ExactDecimal } from '../usage/exact-decimal.ts'
import { type Entitlement, isEntitled, TOKEN_METRIC } from './entitlement.ts'
import type { MetricQuota, PlanLimits } from './plan.ts'
import type { PlanCatalogue } from './plan-catalogue.ts'
import { addQuotaUse, type QuotaState, type QuotaUse, readQuotaUse, removeQuotaUse } from './quota-use.ts'
import { readEntitlement } from './read-entitlement.ts'
import { wireLimitName } from './usage-limits.ts'

/** What {@link Quota} works with. */
export interface QuotaOptions {
  readonly databases: Pick<DatabaseManager, 'central'>
  readonly plans: PlanCatalogue
  readonly now: () => Date
}

/** What somebody wants to consume. */
export interface QuotaRequest {
  readonly tenantId: string
  /** `ai_tokens`, or a metric with a quota in the plan; without one there is no limit. */
  readonly metric: string
  /** From 0, at most 26 digits and 12 after the point. @default 1 */
  readonly quantity?: string | number
}

/** One window of a quota. */
export interface QuotaWindow {
  /** Null is no limit. */
  readonly limit: number | null
  readonly used: DecimalText
  /** Never below 0; null is no limit. */
  readonly remaining: DecimalText | null
}

/** The windows of a metric that are open now: the UTC day and the UTC month. */
export interface QuotaWindows {
  readonly day: QuotaWindow
  readonly month: QuotaWindow
}

/** A limit on what exists at the same time, and how much there would be. */
export interface HeldRequest {
  readonly tenantId: string
  readonly limit: 'maxUsers' | 'maxStorageMb' | 'maxFileSizeMb'
  /** In units of the limit, with what is to be added: for one more user, the users there are and one. */
  readonly value: number
}

type Window = 'day' | 'month'

/** Holds tenants to the limits and features of their subscription. What is consumed here is not yet recorded as usage. */
export class Quota {
  readonly #options: QuotaOptions

  constructor(options: QuotaOptions) {
    this.#options = options
  }

  /**
   * Limits and features of a tenant at this moment.
   * @throws TenantNotFoundError
   */
  entitlement(tenantId: string): Promise<Entitlement> {
    return readEntitlement(this.#options.databases.central(), tenantId, this.#options.plans)
  }

  /**
   * Consumes, or refuses and consumes nothing. However many ask at once, no more passes than the limit.
   * @throws QuotaExceededError 429, InvalidQuantityError, TenantNotFoundError
   */
  async consume(request: QuotaRequest): Promise<void> {
    const { use, quota } = await this.#read(request)
    const em = this.#options.databases.central()
    if (await addQuotaUse(em, use, quota)) return
    const window = exceeded(await readQuotaUse(em, use), use, quota) ?? (quota.day === undefined ? 'month' : 'day')
    throw refusal(use, quota, window)
  }

  /**
   * Gives back what was consumed on this UTC day and not used, such as tokens that were reserved.
   * @throws InvalidQuantityError
   */
  release(request: QuotaRequest): Promise<void> {
    return removeQuotaUse(this.#options.databases.central(), this.#useOf(request))
  }

  /**
   * Refuses what {@link consume} would refuse now, and consumes nothing.
   * @throws QuotaExceededError 429, InvalidQuantityError, TenantNotFoundError
   */
  async assert(request: QuotaRequest): Promise<void> {
    const { use, quota } = await this.#read(request)
    const window = exceeded(await readQuotaUse(this.#options.databases.central(), use), use, quota)
    if (window) throw refusal(use, quota, window)
  }

  /**
   * What is left of a metric.
   * @throws TenantNotFoundError
   */
  async remaining(request: Pick<QuotaRequest, 'tenantId' | 'metric'>): Promise<QuotaWindows> {
    const { use, quota } = await this.#read(request)
    const state = await readQuotaUse(this.#options.databases.central(), use)
    return { day: windowOf(state.day, quota.day), month: windowOf(state.month, quota.month) }
  }

  /**
   * Refuses more users, storage or a larger file than the plan has. Who adds them counts them.
   * @throws QuotaExceededError 429, TenantNotFoundError
   */
  async assertHeld({ tenantId, limit, value }: HeldRequest): Promise<void> {
    const { limits } = await this.entitlement(tenantId)
    if (!(value <= limits[limit])) throw new QuotaExceededError(wireLimitName(limit), limits[limit])
  }

  /**
   * Whether a tenant has a feature.
   * @throws TenantNotFoundError
   */
  async hasFeature(tenantId: string, feature: string): Promise<boolean> {
    return isEntitled(await this.entitlement(tenantId), feature)
  }

  /**
   * Refuses a feature that the tenant does not have.
   * @throws FeatureDisabledError 403, TenantNotFoundError
   */
  async assertFeature(tenantId: string, feature: string): Promise<void> {
    if (!(await this.hasFeature(tenantId, feature))) throw new FeatureDisabledError(feature)
  }

  async #read(request: QuotaRequest): Promise<{ readonly use: QuotaUse; readonly quota: MetricQuota }> {
    const use = this.#useOf(request)
    const { quotas } = await this.entitlement(request.tenantId)
    return { use, quota: (Object.hasOwn(quotas, use.metric) && quotas[use.metric]) || {} }
  }

  #useOf({ tenantId, metric, quantity = 1 }: QuotaRequest): QuotaUse {
    const text = decimalText(quantity)
    if (text === undefined) throw new InvalidQuantityError()
    return { tenantId, metric, quantity: text, at: this.#options.now() }
  }
}

function windowOf(used: DecimalText, limit: number | undefined): QuotaWindow {
  if (limit === undefined) return { limit: null, used, remaining: null }
  return { limit, used, remaining: ExactDecimal.max(0, new ExactDecimal(limit).minus(used)).toFixed() }
}

function exceeded(state: QuotaState, { quantity }: QuotaUse, quota: MetricQuota): Window | undefined {
  const isOver = (window: Window) =>
    new ExactDecimal(state[window]).plus(quantity).greaterThan(quota[window] ?? Number.POSITIVE_INFINITY)
  return (['month', 'day'] as const).find(isOver)
}

function refusal({ metric }: QuotaUse, quota: MetricQuota, window: Window): QuotaExceededError {
  const resource = metric === TOKEN_METRIC ? wireLimitName(tokenLimits[window]) : `${metric}_per_${window}`
  return new QuotaExceededError(resource, quota[window] ?? 0)
}

const tokenLimits = Object.freeze({ day: 'dailyTokens', month: 'monthlyTokens' } as const satisfies Record<
  Window,
  keyof PlanLimits
>)
