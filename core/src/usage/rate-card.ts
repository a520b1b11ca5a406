import { BillingOptionsError } from '../error/usage-errors.ts'
import { isUtcDay, type UtcDay } from '../tenant/utc-day.ts'
import { type DecimalText, ExactDecimal, isDecimalText } from './exact-decimal.ts'

/** What a metric costs. */
export interface Rate {
  readonly metric: string
  /** Only for usage with this `model` in its attributes; such a rate goes before one for every model. @default every model */
  readonly model?: string
  /** Price of {@link per} units, an exact decimal in the currency of the bill. */
  readonly price: DecimalText
  /** 1, 10, 100, … units: then a bill counts in these, as in "1,000,000 tokens". @default 1 */
  readonly per?: number
  /** First day it counts; until then an earlier rate does. @default always */
  readonly effectiveFrom?: UtcDay
}

/** How usage is billed. */
export interface BillingOptions {
  /** What metrics cost; usage without a rate is reported and costs nothing. @default nothing is priced */
  readonly rates?: readonly Rate[]
  /** ISO 4217 code of every price. @default 'KRW' */
  readonly currency?: string
  /** Tax on the subtotal, `'0.1'` for ten per cent. @default '0' */
  readonly taxRate?: DecimalText
  /** US dollars for one unit of the currency, for the statistics. @default '1' for USD, '0' for others */
  readonly usdRate?: DecimalText
  /** Name of this service in bills. @default '' */
  readonly serviceId?: string
}

/** Checked billing options. */
export interface RateCard {
  readonly rates: readonly Required<Rate>[]
  readonly currency: string
  readonly taxRate: DecimalText
  readonly usdRate: DecimalText
  readonly serviceId: string
}

/** Model of a rate for every model. */
export const EVERY_MODEL = ''

const ALWAYS = '0001-01-01'

/**
 * Checks how usage is billed.
 * @throws BillingOptionsError
 */
export function rateCard(options: BillingOptions = {}): RateCard {
  const { rates = [], currency = 'KRW', taxRate = '0', serviceId = '' } = options
  const { usdRate = currency === 'USD' ? '1' : '0' } = options
  if (!/^[A-Z]{3}$/.test(currency)) throw BillingOptionsError.setting('currency', 'must be a code of three capitals')
  if (!isDecimalText(taxRate)) throw BillingOptionsError.setting('taxRate', 'must be a decimal, such as 0.1')
  if (!isDecimalText(usdRate)) throw BillingOptionsError.setting('usdRate', 'must be a decimal, such as 0.00072')
  const checked = rates.map(checkedRate)
  const seen = new Set<string>()
  for (const [index, { metric, model, effectiveFrom }] of checked.entries()) {
    const key = JSON.stringify([metric, model, effectiveFrom])
    if (seen.has(key)) throw BillingOptionsError.rate(index, 'repeats metric, model and first day of another')
    seen.add(key)
  }
  return Object.freeze({ rates: Object.freeze(checked), currency, taxRate, usdRate, serviceId })
}

/** Rates as the SQL of bills reads them, `n` their place in the card; the price is that of one unit. */
export function rateParameter({ rates }: RateCard): string {
  return JSON.stringify(
    rates.map(({ metric, model, price, per, effectiveFrom }, n) => ({
      n,
      metric,
      model,
      price: new ExactDecimal(price).div(per).toFixed(),
      starts: effectiveFrom,
    })),
  )
}

function checkedRate(rate: Rate, index: number): Required<Rate> {
  const { metric, model = EVERY_MODEL, price, per = 1, effectiveFrom = ALWAYS } = rate
  if (!isDecimalText(price)) throw BillingOptionsError.rate(index, 'needs a price that is a decimal text from 0')
  // A power of ten divides every decimal without a rest.
  if (!/^10{0,12}$/.test(String(per))) throw BillingOptionsError.rate(index, 'needs 1, 10, 100, … units as its per')
  if (!isUtcDay(effectiveFrom)) throw BillingOptionsError.rate(index, 'needs a day as YYYY-MM-DD')
  return Object.freeze({ metric, model, price, per, effectiveFrom })
}
