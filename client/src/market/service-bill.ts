import { type BillingInfo, isPeriod, type UsageMetric, type UsageResponse } from '@mt-paas/server/contract'
import Big from 'big.js'
import { isServiceError, ServiceError } from '../error/service-error.ts'
import type { CallOptions } from '../service/service-call.ts'
import type { ServiceClient } from '../service/service-client.ts'

/** What one service charges a tenant for a month. */
export interface ServiceBill {
  readonly service_id: string
  readonly metrics: readonly UsageMetric[]
  /** Exact decimal, tax included. */
  readonly cost: string
  /** ISO 4217 code. */
  readonly currency: string
  /** `usage` for services without billing, which only tell a total in `usage.total_cost`. */
  readonly source: 'billing' | 'usage'
}

/** Whose bill, and which month. */
export interface BillQuestion {
  readonly tenantId: string
  readonly period: string
  /** Currency of services that name none. */
  readonly usageCurrency: string
}

const CURRENCY = /^[A-Z]{3}$/

/**
 * Asks a service for a tenant's bill; one without billing is asked for the total of its usage.
 * @throws ServiceError also for a bill of another tenant or month, without a currency, or without a price
 */
export async function serviceBill(
  client: ServiceClient,
  question: BillQuestion,
  options: CallOptions,
): Promise<ServiceBill> {
  const { tenantId: tenant_id, period } = question
  const start = performance.now()
  try {
    return billed(client.id, await client.getBillingDetail({ tenant_id, period }, options), question)
  } catch (error) {
    if (!isServiceError(error, 'NOT_FOUND')) throw error
    const rest = options.timeout === undefined ? {} : { timeout: options.timeout - (performance.now() - start) }
    return priced(client.id, await client.getTenantUsage({ tenant_id, period }, { ...options, ...rest }), question)
  }
}

function billed(service_id: string, bill: BillingInfo, question: BillQuestion): ServiceBill {
  assertAsked('getBillingDetail', service_id, { answer: bill, question })
  if (!CURRENCY.test(bill.currency)) throw unusable('getBillingDetail', service_id, 'has no currency')
  const metrics = bill.items.map(({ name, quantity, unit }) => ({ name, value: quantity, unit }))
  return { service_id, metrics, cost: new Big(bill.total).toFixed(), currency: bill.currency, source: 'billing' }
}

function priced(service_id: string, answer: UsageResponse, question: BillQuestion): ServiceBill {
  assertAsked('getTenantUsage', service_id, { answer, question })
  const { total_cost: total } = answer.usage
  if (typeof total !== 'number') throw unusable('getTenantUsage', service_id, 'has no price')
  const cost = new Big(total).toFixed()
  return { service_id, metrics: [], cost, currency: question.usageCurrency, source: 'usage' }
}

interface Asked {
  readonly answer: { readonly tenant_id: string; readonly period: string }
  readonly question: BillQuestion
}

function assertAsked(operation: string, serviceId: string, { answer, question }: Asked): void {
  if (answer.tenant_id !== question.tenantId) throw unusable(operation, serviceId, 'is for another tenant')
  if (!sameMonth(answer.period, question.period)) throw unusable(operation, serviceId, 'is for another month')
}

function sameMonth(one: string, other: string): boolean {
  if (!isPeriod(one) || !isPeriod(other)) return one === other
  return one.replace('-0', '-') === other.replace('-0', '-')
}

function unusable(operation: string, serviceId: string, why: string): ServiceError {
  return ServiceError.invalidResponse({ operation, serviceId, requestId: '', attempts: 1 }, why)
}
