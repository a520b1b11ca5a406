import { BillingInfo, UsageReport } from '@mt-paas/server/contract'
import { type CheckDraft, defineArea } from '../check.ts'
import type { CheckContext } from '../check-context.ts'
import { isError } from '../expect/error-answer.ts'
import { fits, hasMember, hasStatus, holds } from '../expect/expectation.ts'
import { type Exchange, listAt, memberAt } from '../http/exchange.ts'
import { localised } from '../localised.ts'
import { numberAt, sameAmount, sumOf } from './sums.ts'

const noLines = localised('청구 항목이 없습니다', 'The bill has no lines')

function month(ctx: CheckContext): string {
  return ctx.now().toISOString().slice(0, 7)
}

async function bill(ctx: CheckContext): Promise<Exchange> {
  return ctx.call('getBillingDetail', { tenant_id: await ctx.readTenant(), period: month(ctx) })
}

function refusals(operation: 'getBillingUsage' | 'getBillingDetail', name: string): readonly CheckDraft[] {
  return [
    {
      id: `billing-${name}-missing-period`,
      rule: 'period',
      title: [`${operation}: 기간이 없으면 422입니다`, `${operation} is 422 without a period`],
      run: async (ctx) =>
        isError(await ctx.call(operation, { tenant_id: await ctx.readTenant() }), 422, 'INVALID_REQUEST'),
    },
    {
      id: `billing-${name}-bad-period`,
      rule: 'period',
      title: [`${operation}: 기간의 형식이 다르면 400입니다`, `${operation} is 400 for a period of another form`],
      async run(ctx) {
        const tenant_id = await ctx.readTenant()
        return isError(await ctx.call(operation, { tenant_id, period: '2026-13' }), 400, 'INVALID_REQUEST')
      },
    },
  ]
}

/** Checks on metered usage and bills. */
export const billingChecks = defineArea('billing', { rule: 'billing', needs: ['standard', 'billing'] }, [
  {
    id: 'billing-usage-answer',
    title: ['200과 사용량 지표를 답합니다', 'Answers 200 and metered usage'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const exchange = await ctx.call('getBillingUsage', { tenant_id, period: month(ctx) })
      return [
        hasStatus(exchange, 200),
        fits(exchange, UsageReport),
        hasMember(exchange, 'tenant_id', tenant_id),
        hasMember(exchange, 'period', month(ctx)),
      ]
    },
  },
  {
    id: 'billing-detail-answer',
    title: ['200과 청구서를 답합니다', 'Answers 200 and the bill'],
    async run(ctx) {
      const exchange = await bill(ctx)
      return [hasStatus(exchange, 200), fits(exchange, BillingInfo), hasMember(exchange, 'period', month(ctx))]
    },
  },
  ...refusals('getBillingUsage', 'usage'),
  ...refusals('getBillingDetail', 'detail'),
  {
    id: 'billing-lines',
    title: ['금액은 수량 × 단가입니다', 'Has amounts of quantity × unit price'],
    async run(ctx) {
      const exchange = await bill(ctx)
      const items = listAt(exchange.json, 'items')
      if (items.length === 0) ctx.nothingToSee(noLines)
      return items.map((item, index) => {
        const expected = numberAt(item, 'quantity') * numberAt(item, 'unit_price')
        const received = numberAt(item, 'amount')
        return holds(`items[${index}].amount`, sameAmount(expected, received), { expected, received, exchange })
      })
    },
  },
  {
    id: 'billing-subtotal',
    title: ['소계는 금액의 합입니다', 'Has a subtotal that is the sum of the amounts'],
    async run(ctx) {
      const exchange = await bill(ctx)
      const expected = sumOf(listAt(exchange.json, 'items'), 'amount')
      const received = numberAt(exchange.json, 'subtotal')
      return [holds('subtotal', sameAmount(expected, received), { expected, received, exchange })]
    },
  },
  {
    id: 'billing-total',
    title: ['합계는 소계와 세금의 합입니다', 'Has a total of subtotal and tax'],
    async run(ctx) {
      const exchange = await bill(ctx)
      const expected = numberAt(exchange.json, 'subtotal') + numberAt(exchange.json, 'tax')
      const received = numberAt(exchange.json, 'total')
      return [holds('total', sameAmount(expected, received), { expected, received, exchange })]
    },
  },
  {
    id: 'billing-currency',
    level: 'SHOULD',
    title: ['통화는 ISO 4217 세 글자입니다', 'Names its currency by three letters of ISO 4217'],
    async run(ctx) {
      const exchange = await bill(ctx)
      const received = memberAt(exchange.json, 'currency')
      const ok = typeof received === 'string' && /^[A-Z]{3}$/.test(received)
      return [holds('currency', ok, { expected: 'KRW, USD, …', received, exchange })]
    },
  },
  {
    id: 'billing-usage-agrees',
    level: 'SHOULD',
    title: ['청구 지표는 사용량 조회와 같습니다', 'Meters what usage says'],
    async run(ctx) {
      const tenant_id = await ctx.readTenant()
      const [exchange, usage] = [
        await ctx.call('getBillingUsage', { tenant_id, period: month(ctx) }),
        await ctx.call('getTenantUsage', { tenant_id, period: month(ctx) }),
      ]
      const metric = listAt(exchange.json, 'metrics').find((one) => memberAt(one, 'name') === 'ai_tokens')
      if (metric === undefined) ctx.nothingToSee(localised('ai_tokens 지표가 없습니다', 'There is no metric ai_tokens'))
      const expected = numberAt(usage.json, 'usage', 'ai_tokens')
      const received = numberAt(metric, 'value')
      return [holds('metrics.ai_tokens', sameAmount(expected, received), { expected, received, exchange })]
    },
  },
])
