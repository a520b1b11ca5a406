import type { BillingInfo, CostsResponse, StatsResponse, UsageData, UsageReport } from '@mt-paas/server/contract'
import type { DatabaseManager } from '../database/database-manager.ts'
import { InvalidPageSizeError } from '../error/plan-errors.ts'
import { type Bill, billOf, wireBill } from './bill.ts'
import { ExactDecimal } from './exact-decimal.ts'
import { type MetricCatalogue, type MetricDefinition, metricCatalogue, tokenMetrics } from './metric.ts'
import { readCosts, readPricedLines } from './priced-usage.ts'
import { type BillingOptions, type RateCard, rateCard } from './rate-card.ts'
import { recordUsage, type UsageOutcome } from './record-usage.ts'
import { monthSpan, type Span, statsSpan } from './span.ts'
import { costsInDollars, dailyTrend, statsSummary, usageData, usageMetrics } from './usage-answers.ts'
import type { UsageRecord } from './usage-record.ts'
import { readDays, readTotals, type UsageDay, type UsageScope, type UsageTotals } from './usage-sums.ts'
import { readUserCounts } from './user-counts.ts'
import { readUsers, type UsageByUser, type UserUsage } from './user-usage.ts'

/** What usage is counted and billed by. */
export interface UsageSettings {
  /** Metrics of the service, beside the default ones. @default none */
  readonly metrics?: Readonly<Record<string, MetricDefinition>>
  /** @default nothing is priced */
  readonly billing?: BillingOptions
}

/** What {@link Usage} works with. */
export interface UsageOptions extends UsageSettings {
  readonly databases: Pick<DatabaseManager, 'central'>
  readonly now: () => Date
}

/** Which users {@link Usage.topUsers} lists. */
export interface TopUsersOptions {
  readonly tenantId: string
  /** As statistics have it: `30d`, `2w`, `3m`, `1y`, `2026-01`. @default '30d' */
  readonly period?: string
  /** @default the tokens of language models, input and output */
  readonly metric?: string
  /** Most users, 1 to 500. @default 10 */
  readonly limit?: number
}

const MOST_USERS = 500

/**
 * What tenants used: recorded once whatever is sent twice, summed up by UTC days, billed exactly. Values are decimal
 * texts; only the answers of the contract have numbers.
 */
export class Usage {
  readonly #databases: Pick<DatabaseManager, 'central'>
  readonly #now: () => Date
  readonly #metrics: MetricCatalogue
  readonly #card: RateCard

  /** @throws BillingOptionsError */
  constructor({ databases, now, metrics, billing }: UsageOptions) {
    this.#databases = databases
    this.#now = now
    this.#metrics = metricCatalogue(metrics)
    this.#card = rateCard(billing)
  }

  /**
   * Records one item. The same again changes nothing.
   * @throws StandardApiError 422 when it cannot be usage, UsageConflictError when its id has other content,
   * TenantNotFoundError
   */
  async record(record: UsageRecord): Promise<'recorded' | 'duplicate'> {
    const [outcome] = await this.recordMany([record])
    if (!outcome) throw new Error('A batch of one item has no outcome')
    if ('error' in outcome) throw outcome.error
    return outcome.status
  }

  /**
   * Records up to 500 items; the outcomes are in their order. An item that does not count hinders no other.
   * @throws UsageBatchTooLargeError
   */
  recordMany(records: readonly UsageRecord[]): Promise<UsageOutcome[]> {
    return recordUsage(this.#databases.central(), records)
  }

  /**
   * Sums of a span.
   * @throws TenantNotFoundError
   */
  totals(tenantId: string, span: Span): Promise<UsageTotals> {
    return readTotals(this.#databases.central(), this.#scope(tenantId, span))
  }

  /**
   * Every day of a span, also those without usage; the days of a counter add up to its total.
   * @throws TenantNotFoundError
   */
  days(tenantId: string, span: Span): Promise<UsageDay[]> {
    return readDays(this.#databases.central(), this.#scope(tenantId, span))
  }

  /**
   * Who used how much of a metric, and what belongs to nobody; for a counter they add up to its total.
   * @throws TenantNotFoundError
   */
  byUser(tenantId: string, span: Span, metric: string): Promise<UsageByUser> {
    return readUsers(this.#databases.central(), this.#scope(tenantId, span), { metrics: [metric] })
  }

  /**
   * The users with the largest values, then by id.
   * @throws InvalidPageSizeError, TenantNotFoundError
   */
  async topUsers({ tenantId, period = '30d', metric, limit = 10 }: TopUsersOptions): Promise<readonly UserUsage[]> {
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_USERS) throw new InvalidPageSizeError(MOST_USERS)
    const scope = this.#scope(tenantId, statsSpan(period, this.#now()))
    const metrics = metric === undefined ? tokenMetrics : [metric]
    return (await readUsers(this.#databases.central(), scope, { metrics, limit })).users
  }

  /**
   * The bill of a span, exact.
   * @throws TenantNotFoundError
   */
  async bill(tenantId: string, span: Span): Promise<Bill> {
    const lines = await readPricedLines(this.#databases.central(), this.#scope(tenantId, span), this.#card)
    return billOf(lines, this.#card, this.#metrics)
  }

  /**
   * `usage` of the contract's `getTenantUsage`, with `total_cost` where anything is priced.
   * @throws StandardApiError 400 for a period that is no month, TenantNotFoundError
   */
  async getTenantUsage(tenantId: string, period: string): Promise<UsageData> {
    const span = monthSpan(period)
    return usageData(await this.totals(tenantId, span), await this.#cost(tenantId, span))
  }

  /**
   * Answer of the contract's `getBillingUsage`.
   * @throws StandardApiError 400 for a period that is no month, TenantNotFoundError
   */
  async getBillingUsage(tenantId: string, period: string): Promise<UsageReport> {
    const span = monthSpan(period)
    const metrics = usageMetrics(await this.totals(tenantId, span), this.#metrics)
    const cost = await this.#cost(tenantId, span)
    const totalCost = cost === null ? null : Number(cost)
    return { tenant_id: tenantId, service_id: this.#card.serviceId, period, metrics, total_cost: totalCost }
  }

  /**
   * Answer of the contract's `getBillingDetail`.
   * @throws StandardApiError 400 for a period that is no month, TenantNotFoundError
   */
  async getBillingDetail(tenantId: string, period: string): Promise<BillingInfo> {
    const bill = await this.bill(tenantId, monthSpan(period))
    return { tenant_id: tenantId, service_id: this.#card.serviceId, period, ...wireBill(bill) }
  }

  /**
   * Answer of the contract's `getTenantStats` as far as usage tells it: of users it knows those who used something.
   * @throws TenantNotFoundError
   */
  async stats(tenantId: string, period = '30d'): Promise<StatsResponse> {
    const scope = this.#scope(tenantId, statsSpan(period, this.#now()))
    const em = this.#databases.central()
    const days = await readDays(em, scope)
    const cost = new ExactDecimal((await this.#cost(tenantId, scope.span)) ?? 0).times(this.#card.usdRate)
    const summary = statsSummary(days, await readUserCounts(em, scope), cost.toFixed())
    return { tenant_id: tenantId, period, summary, trends: { daily: dailyTrend(days) }, health: null }
  }

  /**
   * Answer of the contract's `getTenantCosts`; in US dollars by the rate of the billing options.
   * @throws TenantNotFoundError
   */
  async costs(tenantId: string, period = '30d'): Promise<CostsResponse> {
    const scope = this.#scope(tenantId, statsSpan(period, this.#now()))
    const costs = await readCosts(this.#databases.central(), scope, this.#card)
    return { tenant_id: tenantId, period, ...costsInDollars(costs, this.#card.usdRate) }
  }

  /** Before taxes; null where nothing is priced. */
  async #cost(tenantId: string, span: Span): Promise<string | null> {
    return this.#card.rates.length === 0 ? null : (await this.bill(tenantId, span)).subtotal
  }

  #scope(tenantId: string, span: Span): UsageScope {
    return { tenantId, span, gauges: this.#metrics.gauges }
  }
}
