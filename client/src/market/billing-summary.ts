import Big from 'big.js'
import type { FanOut, ServiceFailure } from './fan-out.ts'
import type { BillQuestion, ServiceBill } from './service-bill.ts'

/** What all services charge a tenant for a month; a service without a bill is named, never counted as zero. */
export interface BillingSummary {
  readonly tenant_id: string
  readonly period: string
  readonly services: readonly ServiceBill[]
  /** Exact sums by currency; amounts of different currencies are never added. */
  readonly totals: Readonly<Record<string, string>>
  /** Services whose bill is not in the totals, and why. */
  readonly missing: readonly ServiceFailure[]
  /** Whether any is missing. */
  readonly partial: boolean
}

/** Adds up the bills of all services. */
export function summarise(bills: FanOut<ServiceBill>, { tenantId, period }: BillQuestion): BillingSummary {
  const services = bills.results.flatMap((result) => (result.status === 'ok' ? [result.value] : []))
  const missing = bills.results.filter((result) => result.status !== 'ok')
  const sums = new Map<string, Big>()
  for (const { currency, cost } of services) sums.set(currency, (sums.get(currency) ?? new Big(0)).plus(cost))
  const totals = Object.fromEntries([...sums].map(([currency, sum]) => [currency, sum.toFixed()]))
  return { tenant_id: tenantId, period, services, totals, missing, partial: bills.partial }
}
