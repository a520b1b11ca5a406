import { badPeriods } from '../checks/bad-periods.ts'
import { listAt, memberAt } from '../http/exchange.ts'
import { accepts, answers, leaks, type Mutant, misreads, plusOne, refuses, setAt } from './mutant.ts'

const usageOf = 'getTenantUsage'
const statsOf = 'getTenantStats'
const costsOf = 'getTenantCosts'
const topOf = 'getTopUsers'

function reversed(list: unknown): unknown {
  return Array.isArray(list) ? list.toReversed() : list
}

function shortened(list: unknown): unknown {
  return Array.isArray(list) ? list.slice(1) : list
}

const usage: readonly Mutant[] = [
  leaks('usage-answer', { on: usageOf }),
  accepts('usage-missing-period', {
    on: usageOf,
    query: '',
    when: (_, { headers }) => headers['x-market-api-key'] !== undefined,
  }),
  ...badPeriods.map(([name, value]) =>
    accepts(`usage-period-${name}`, { on: usageOf, query: new URLSearchParams({ period: value }).toString() }),
  ),
  answers('usage-period-one-digit', { on: usageOf, query: 'period=2026-1' }, (json) =>
    setAt(json, 'period', '2026-01'),
  ),
  refuses('usage-period-future', { on: usageOf, query: 'period=2099-12', status: 400 }),
  refuses('usage-period-encoded', { on: usageOf, query: 'period=2026%2D10', status: 400 }),
  refuses('usage-period-last-year', { on: usageOf, query: 'period=9999-12', status: 400 }),
  refuses(['usage-empty-period', 'usage-empty-is-zero'], { on: usageOf, query: 'period=2001-01', status: 404 }),
  answers('usage-empty-is-zero', { on: usageOf, query: 'period=2001-01' }, (json) => setAt(json, 'usage.ai_tokens', 7)),
]

const stats: readonly Mutant[] = [
  leaks('stats-answer', { on: statsOf }),
  answers('stats-period-default', { on: statsOf, query: '' }, (json) => setAt(json, 'period', 'all')),
  answers('stats-period-echo', { on: statsOf, query: 'period=7d' }, (json) => setAt(json, 'period', '30d')),
  answers('stats-active-users', { on: statsOf }, (json) => setAt(json, 'summary.active_users', 9_999)),
  answers('stats-users-agree', { on: statsOf }, (json) => setAt(json, 'summary.total_users', plusOne)),
  answers('stats-daily-messages', { on: statsOf }, (json) => setAt(json, 'summary.total_messages', plusOne)),
  answers('stats-daily-tokens', { on: statsOf }, (json) => setAt(json, 'summary.total_tokens', plusOne)),
  answers('stats-daily-dates', { on: statsOf }, (json) => setAt(json, 'trends.daily', reversed)),
  answers('stats-costs-agree', { on: statsOf }, (json) => setAt(json, 'summary.estimated_cost_usd', plusOne)),
  leaks('costs-answer', { on: costsOf }),
  answers('costs-models', { on: costsOf }, (json) => setAt(json, 'by_model', shortened)),
  answers('costs-days', { on: costsOf }, (json) => setAt(json, 'daily_trend', shortened)),
  answers('costs-users', { on: costsOf }, (json) => setAt(json, 'by_user_top10', reversed)),
  leaks('top-users-answer', { on: topOf }),
  misreads('top-users-limit', { on: topOf, query: 'limit=1' }, (request) => {
    request.query = 'limit=3'
  }),
  accepts('top-users-limit-zero', { on: topOf, query: 'limit=0' }),
  accepts('top-users-limit-too-large', { on: topOf, query: 'limit=51' }),
  answers('top-users-order', { on: topOf, query: 'limit=2' }, (json) => setAt(json, 'users', reversed)),
  answers('top-users-known', { on: topOf, query: 'limit=1' }, (json) =>
    setAt(json, 'users.0.email', 'someone@else.example.com'),
  ),
]

const detail = 'getBillingDetail'

const billing: readonly Mutant[] = [
  leaks('billing-usage-answer', { on: 'getBillingUsage' }),
  leaks('billing-detail-answer', { on: detail }),
  ...(['usage', 'detail'] as const).flatMap((name) => {
    const on = name === 'usage' ? 'getBillingUsage' : detail
    return [
      accepts(`billing-${name}-missing-period`, {
        on,
        query: '',
        when: (_, { headers }) => headers['x-market-api-key'] !== undefined,
      }),
      accepts(`billing-${name}-bad-period`, { on, query: 'period=2026-13' }),
    ]
  }),
  answers('billing-lines', { on: detail }, (json) => setAt(json, 'items.0.quantity', plusOne)),
  answers('billing-subtotal', { on: detail }, (json) => {
    setAt(json, 'subtotal', plusOne)
    setAt(json, 'total', plusOne)
  }),
  answers('billing-total', { on: detail }, (json) => setAt(json, 'total', plusOne)),
  answers('billing-currency', { on: detail }, (json) => setAt(json, 'currency', 'won')),
  answers('billing-usage-agrees', { on: 'getBillingUsage' }, (json) => {
    const index = listAt(json, 'metrics').findIndex((metric) => memberAt(metric, 'name') === 'ai_tokens')
    setAt(json, `metrics.${index}.value`, plusOne)
  }),
]

/** Services whose numbers are wrong. */
export const numberMutants: readonly Mutant[] = [...usage, ...stats, ...billing]
