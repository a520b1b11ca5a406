import { ActivateRequest, DeactivateInput, PeriodInput, TenantInput } from '@mt-paas/server/contract'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import type { FanOut, ServiceResult } from '../market/fan-out.ts'
import type { ServiceMarketClient } from '../market/service-market-client.ts'
import type { CallOptions } from '../service/service-call.ts'
import { marketError } from './market-error.ts'

/** Context of the market's procedures. */
export interface MarketContext {
  readonly market: ServiceMarketClient
  /** Id and idempotency key of the operator's request, handed on to the service. */
  readonly call: CallOptions
}

const t = initTRPC.context<MarketContext>().create({
  isDev: false,
  errorFormatter({ shape, error }) {
    const { status, error: code, message, details = null } = marketError(error)
    return { ...shape, message, data: { code: shape.data.code, httpStatus: status, error: code, details } }
  },
})

const ServiceInput = z.object({ service_id: z.string().min(1) })

const Registration = z.object({
  service_id: z.string().min(1),
  base_url: z.string(),
  api_key: z.string().optional(),
  api_key_header: z.string().optional(),
  protocol: z.enum(['trpc', 'rest', 'auto']).default('auto'),
  prefix: z.string().optional(),
})

/** The market's management operations over the tRPC protocol; the REST paths lead to the same procedures. */
export const marketRouter = t.router({
  registerService: t.procedure.input(Registration).mutation(({ ctx, input }) => {
    const { service_id, base_url, protocol, api_key: apiKey, api_key_header: apiKeyHeader, prefix } = input
    ctx.market.registerService(service_id, {
      baseUrl: base_url,
      protocol,
      ...(apiKey !== undefined && { apiKey }),
      ...(apiKeyHeader !== undefined && { apiKeyHeader }),
      ...(prefix !== undefined && { prefix }),
    })
    return { service_id, base_url, protocol }
  }),
  checkServices: t.procedure.query(async ({ ctx }) => {
    return byService(await ctx.market.healthCheckAll())
  }),
  checkService: t.procedure
    .input(ServiceInput)
    .query(({ ctx, input }) => ctx.market.service(input.service_id).healthCheck(ctx.call)),
  activateTenant: t.procedure
    .input(ServiceInput.extend(ActivateRequest.shape))
    .mutation(({ ctx, input: { service_id, ...request } }) => ctx.market.activateTenant(service_id, request, ctx.call)),
  deactivateTenant: t.procedure
    .input(ServiceInput.extend(DeactivateInput.shape))
    .mutation(({ ctx, input: { service_id, ...request } }) =>
      ctx.market.deactivateTenant(service_id, request, ctx.call),
    ),
  getTenantStatus: t.procedure
    .input(ServiceInput.extend(TenantInput.shape))
    .query(({ ctx, input: { service_id, ...request } }) =>
      ctx.market.service(service_id).getTenantStatus(request, ctx.call),
    ),
  getTenantUsage: t.procedure
    .input(ServiceInput.extend(PeriodInput.shape))
    .query(({ ctx, input: { service_id, ...request } }) =>
      ctx.market.service(service_id).getTenantUsage(request, ctx.call),
    ),
  getBillingSummary: t.procedure.input(PeriodInput).query(async ({ ctx, input }) => {
    return summaryOnWire(await ctx.market.getBillingSummary(input.tenant_id, input.period))
  }),
})

/** Type of {@link marketRouter}, for a typed client of the market. */
export type MarketRouter = typeof marketRouter

function byService<T>({ results, partial }: FanOut<T>) {
  return { services: Object.fromEntries(results.map((one) => [one.serviceId, onWire(one)])), partial }
}

function onWire<T>(result: ServiceResult<T>) {
  const { status: outcome, duration: duration_ms } = result
  if (result.status === 'ok') return { outcome, duration_ms, answer: result.value }
  return { outcome, duration_ms, error: result.error.code, message: result.error.message }
}

type Summary = Awaited<ReturnType<ServiceMarketClient['getBillingSummary']>>

/** `total_cost` and `currency` stand for the whole only when there is one currency; `totals` is always exact. */
function summaryOnWire({ tenant_id, period, services, totals, missing, partial }: Summary) {
  const [[currency, total] = [null, null], ...others] = Object.entries(totals)
  const single = others.length === 0
  return {
    tenant_id,
    period,
    services: Object.fromEntries(
      services.map(({ service_id, cost, ...bill }) => [service_id, { ...bill, cost: Number(cost) }]),
    ),
    total_cost: single && total !== null ? Number(total) : null,
    currency: single ? currency : null,
    totals,
    missing: Object.fromEntries(missing.map((one) => [one.serviceId, onWire(one)])),
    partial,
  }
}
