import type { EntityManager } from '@mt-paas/core'
import type { StandardHandler } from '@mt-paas/server'
import { type AdvisorServices, openTenant } from './advisor-services.ts'
import { monthSpan, type Span } from './span.ts'
import { SPAN_SQL, spanParameters, usageTotals } from './usage-totals.ts'

type BillingProcedures = Required<Pick<StandardHandler, 'getTenantUsage' | 'getBillingUsage' | 'getBillingDetail'>>

const SERVICE_ID = 'advisor'
const MEGABYTE = 1_048_576

/** Usage and bills by month, also of a tenant that has ended and whose data is kept: its last bill is still to come. */
export function billingProcedures(services: AdvisorServices): BillingProcedures {
  const open = (input: { readonly tenant_id: string }) => openTenant(services, input, { retained: true })
  return {
    async getTenantUsage({ input: { tenant_id, period } }) {
      const totals = await usageTotals(await open({ tenant_id }), monthSpan(period))
      const usage = {
        active_users: totals.activeUsers,
        total_sessions: totals.sessions,
        api_calls: totals.calls,
        ai_tokens: totals.tokens,
        storage_mb: Math.ceil(totals.storedBytes / MEGABYTE),
        total_cost: totals.cost,
      }
      return { tenant_id, period, usage }
    },

    async getBillingUsage({ input: { tenant_id, period } }) {
      const totals = await usageTotals(await open({ tenant_id }), monthSpan(period))
      const metrics = [
        { name: 'active_users', value: totals.activeUsers, unit: 'users' },
        { name: 'total_sessions', value: totals.sessions, unit: 'sessions' },
        { name: 'api_calls', value: totals.calls, unit: 'calls' },
        { name: 'ai_tokens', value: totals.tokens, unit: 'tokens' },
        { name: 'storage_mb', value: totals.storedBytes / MEGABYTE, unit: 'MB' },
      ]
      return { tenant_id, service_id: SERVICE_ID, period, metrics, total_cost: totals.cost }
    },

    async getBillingDetail({ input: { tenant_id, period } }) {
      const { items, total } = await billOf(await open({ tenant_id }), monthSpan(period))
      const sums = { subtotal: total, tax: 0, total, currency: 'USD' }
      return { tenant_id, service_id: SERVICE_ID, period, items, ...sums }
    },
  }
}

interface BillRow {
  readonly name: string | null
  readonly quantity: string
  readonly price: string | null
  readonly amount: string
}

/** Lines and their sum are exact decimals until they leave the database. */
async function billOf(em: EntityManager, span: Span) {
  const rows = await em.execute<BillRow[]>(
    `${SPAN_SQL},
    lines as (
      select m.model || ' input' as name, sum(m.input_tokens) / 1000000.0 as quantity, p.input_price as price
      from period_messages m join model_prices p using (model) group by m.model, p.input_price
      union all
      select m.model || ' output', sum(m.output_tokens) / 1000000.0, p.output_price
      from period_messages m join model_prices p using (model) group by m.model, p.output_price
    )
    select name, sum(quantity) as quantity, price, sum(quantity * price) as amount
    from lines group by grouping sets ((name, price), ()) order by name nulls last`,
    spanParameters(span),
  )
  const items = rows.flatMap(({ name, quantity, price, amount }) =>
    name === null
      ? []
      : [{ name, unit: '1M tokens', quantity: Number(quantity), unit_price: Number(price), amount: Number(amount) }],
  )
  return { items, total: Number(rows.at(-1)?.amount ?? 0) }
}
