import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantNotFoundError } from '@mt-paas/server'
import type { UtcDay } from '../tenant/utc-day.ts'
import type { DecimalText } from './exact-decimal.ts'
import { type RateCard, rateParameter } from './rate-card.ts'
import { SCOPE_SQL, scopeParameters, type UsageScope } from './usage-sums.ts'

/**
 * Next part of a query after the scope: what is billed, with its rate and its exact amount. A counter is billed day by
 * day, a gauge once, at its largest value and by the rate of the first day that had it. The rate of a model goes before
 * that of every model, then the latest that has begun.
 */
const PRICED_SQL = `
  rates as (
    select * from jsonb_to_recordset(?::jsonb) as r(n int, metric text, model text, price numeric, starts date)
  ),
  metered as (
    select day, metric, user_id, model, quantity from used where not gauge
    union all
    (select distinct on (metric) day, metric, '', '', peak from used where gauge order by metric, peak desc, day)
  ),
  priced as (
    select metered.*, rate.n, quantity * rate.price as amount
    from metered left join lateral (
      select n, price from rates r
      where r.metric = metered.metric and r.model in ('', metered.model) and r.starts <= metered.day
      order by r.model desc, r.starts desc limit 1
    ) as rate on true
  )`

/** Usage of one metric and model that one rate prices. */
export interface PricedLine {
  readonly metric: string
  /** Empty for usage without a model. */
  readonly model: string
  /** The rate's place in the card. */
  readonly n: number
  /** In units of the metric. */
  readonly quantity: DecimalText
  readonly amount: DecimalText
}

/** A part of the cost, under the name of what it belongs to. */
export interface CostShare {
  readonly name: string
  readonly cost: DecimalText
  readonly inputTokens: DecimalText
  readonly outputTokens: DecimalText
  readonly tokens: DecimalText
}

/**
 * What the priced usage of a span comes to, line by line.
 * @throws TenantNotFoundError
 */
export async function readPricedLines(em: EntityManager, scope: UsageScope, card: RateCard): Promise<PricedLine[]> {
  const rows = await em.execute<(PricedLine & { n: number | null })[]>(
    `${SCOPE_SQL}, ${PRICED_SQL},
    lines as (
      select metric, model, n, sum(quantity) as quantity, sum(amount) as amount
      from priced where n is not null group by metric, model, n
    )
    select metric, model, n, trim_scale(quantity)::text as quantity, trim_scale(amount)::text as amount
    from scope join tenants t on t.id = scope.tenant_id left join lines on true
    order by metric collate "C", model collate "C", n`,
    [...scopeParameters(scope), rateParameter(card)],
  )
  if (rows.length === 0) throw new TenantNotFoundError(scope.tenantId)
  return rows.filter(({ n }) => n !== null)
}

/** The cost of a span, as it belongs to models, users and days; what no model or user has is in no share of them. */
export interface CostShares {
  readonly total: DecimalText
  /** The dearest first, then by name. */
  readonly models: readonly CostShare[]
  /** The ten dearest, the dearest first, then by id. */
  readonly users: readonly CostShare[]
  /** Days with a cost, in order. */
  readonly days: readonly { readonly name: UtcDay; readonly cost: DecimalText }[]
}

/**
 * Splits the cost of a span.
 * @throws TenantNotFoundError
 */
export async function readCosts(em: EntityManager, scope: UsageScope, card: RateCard): Promise<CostShares> {
  const [found] = await em.execute<CostShares[]>(
    `${SCOPE_SQL}, ${PRICED_SQL}
    select
      (select trim_scale(coalesce(sum(amount), 0))::text from priced) as total,
      (${sharesSql('model')}) as models,
      (${sharesSql('user_id', 10)}) as users,
      (select coalesce(jsonb_agg(jsonb_build_object('name', day, 'cost', trim_scale(cost)::text) order by day), '[]')
        from (select day, sum(amount) as cost from priced where n is not null group by day) as shares) as days
    from scope join tenants t on t.id = scope.tenant_id`,
    [...scopeParameters(scope), rateParameter(card)],
  )
  if (!found) throw new TenantNotFoundError(scope.tenantId)
  return found
}

function sharesSql(column: 'model' | 'user_id', limit?: number): string {
  return `select coalesce(jsonb_agg(jsonb_build_object('name', name, 'cost', trim_scale(cost)::text,
      'inputTokens', input::text, 'outputTokens', output::text, 'tokens', tokens::text)
      order by cost desc, name collate "C"), '[]')
    from (
      select ${column} as name, coalesce(sum(amount), 0) as cost,
        trim_scale(coalesce(sum(quantity) filter (where metric = 'input_tokens'), 0)) as input,
        trim_scale(coalesce(sum(quantity) filter (where metric = 'output_tokens'), 0)) as output,
        trim_scale(coalesce(sum(quantity) filter (where metric in ('ai_tokens', 'input_tokens', 'output_tokens')), 0))
          as tokens
      from priced where ${column} <> '' group by ${column}
      order by cost desc, name collate "C" limit ${limit ?? 'all'}
    ) as shares`
}
