import type { BillingInfo } from '@mt-paas/server/contract'
import { type DecimalText, ExactDecimal, wireNumber } from './exact-decimal.ts'
import type { MetricCatalogue } from './metric.ts'
import type { PricedLine } from './priced-usage.ts'
import type { RateCard } from './rate-card.ts'

/** One line of a bill: `amount` is exactly `quantity` × `unitPrice`. */
export interface BillLine {
  readonly metric: string
  /** Empty for usage without a model. */
  readonly model: string
  /** What the quantity counts, such as `tokens` or `1,000,000 tokens`. */
  readonly unit: string
  readonly quantity: DecimalText
  readonly unitPrice: DecimalText
  readonly amount: DecimalText
}

/** What a tenant owes for a span, exact; whoever charges it rounds it. */
export interface Bill {
  readonly lines: readonly BillLine[]
  readonly subtotal: DecimalText
  readonly tax: DecimalText
  readonly total: DecimalText
  readonly currency: string
}

/** Adds up priced usage. */
export function billOf(lines: readonly PricedLine[], card: RateCard, metrics: MetricCatalogue): Bill {
  const subtotal = ExactDecimal.sum(0, ...lines.map(({ amount }) => amount))
  const tax = subtotal.times(card.taxRate)
  return {
    lines: lines.map((line) => billLine(line, card, metrics)),
    subtotal: subtotal.toFixed(),
    tax: tax.toFixed(),
    total: subtotal.plus(tax).toFixed(),
    currency: card.currency,
  }
}

/** A bill as `getBillingDetail` answers it, all but whose it is and of when. */
export function wireBill({ lines, subtotal, tax, total, currency }: Bill) {
  return {
    items: lines.map(({ metric, model, unit, quantity, unitPrice, amount }) => ({
      name: model === '' ? metric : `${model} ${metric}`,
      unit,
      quantity: wireNumber(quantity),
      unit_price: wireNumber(unitPrice),
      amount: wireNumber(amount),
    })),
    subtotal: wireNumber(subtotal),
    tax: wireNumber(tax),
    total: wireNumber(total),
    currency,
  } satisfies Omit<BillingInfo, 'tenant_id' | 'service_id' | 'period'>
}

function billLine(
  { metric, model, n, quantity, amount }: PricedLine,
  card: RateCard,
  metrics: MetricCatalogue,
): BillLine {
  const { price = '0', per = 1 } = card.rates[n] ?? {}
  const unit = metrics.unitOf(metric)
  return {
    metric,
    model,
    unit: per === 1 ? unit : `${per.toLocaleString('en-US')} ${unit}`,
    quantity: new ExactDecimal(quantity).div(per).toFixed(),
    unitPrice: price,
    amount,
  }
}
