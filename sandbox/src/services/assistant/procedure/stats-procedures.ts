import { type EntityManager, type Span, statsSpan } from '@mt-paas/core'
import type { StandardHandler } from '@mt-paas/server'
import { type AssistantParts, openTenant } from '../assistant-parts.ts'
import { SPAN_SQL, spanParameters, usageTotals } from './usage-totals.ts'
import { wireTime } from './wire-time.ts'

type StatsProcedures = Required<Pick<StandardHandler, 'getTenantStats' | 'getTenantCosts' | 'getTopUsers'>>

/** Statistics, costs and the most active users. */
export function statsProcedures(parts: AssistantParts): StatsProcedures {
  const { now } = parts
  return {
    async getTenantStats({ input }) {
      const em = await openTenant(parts, input)
      const span = statsSpan(input.period, now())
      const [totals, daily] = await Promise.all([usageTotals(em, span), dailyTrend(em.fork(), span)])
      const summary = {
        total_users: totals.totalUsers,
        active_users: totals.activeUsers,
        new_users_this_period: totals.newUsers,
        total_sessions: totals.sessions,
        total_messages: totals.messages,
        total_tokens: totals.tokens,
        estimated_cost_usd: totals.cost,
      }
      return { ...echo(input), summary, trends: { daily }, health: await health(em, now) }
    },

    async getTenantCosts({ input }) {
      const em = await openTenant(parts, input)
      const span = statsSpan(input.period, now())
      const totals = await usageTotals(em, span)
      return { ...echo(input), total_cost_usd: totals.cost, ...(await costs(em, span)) }
    },

    async getTopUsers({ input }) {
      const em = await openTenant(parts, input)
      return { ...echo(input), users: await topUsers(em, statsSpan(input.period, now()), input.limit) }
    },
  }
}

function echo({ tenant_id, period }: { readonly tenant_id: string; readonly period: string }) {
  return { tenant_id, period }
}

async function dailyTrend(em: EntityManager, span: Span) {
  const rows = await em.execute<{ date: string; users: string; messages: string; tokens: string }[]>(
    `${SPAN_SQL}
    select to_char(day, 'YYYY-MM-DD') as date,
      (select count(distinct user_id) from activity a where a.day = days.day) as users,
      count(m.id) as messages, coalesce(sum(m.tokens), 0) as tokens
    from days left join period_messages m using (day) group by day order by day`,
    spanParameters(span),
  )
  return rows.map(({ date, users, messages, tokens }) => ({
    date,
    users: Number(users),
    messages: Number(messages),
    tokens: Number(tokens),
  }))
}

async function costs(em: EntityManager, span: Span) {
  const parameters = spanParameters(span)
  const models = await em.execute<{ model: string; input: string; output: string; cost: string }[]>(
    `${SPAN_SQL}
    select model, sum(input_tokens) as input, sum(output_tokens) as output, sum(cost) as cost
    from period_messages where model is not null group by model order by sum(cost) desc, model`,
    parameters,
  )
  const users = await em.execute<{ id: string; name: string; cost: string; tokens: string }[]>(
    `${SPAN_SQL}
    select u.id, u.name, sum(m.cost) as cost, sum(m.tokens) as tokens
    from period_messages m join users u on u.id = m.user_id where m.model is not null
    group by u.id, u.name order by sum(m.cost) desc, u.id limit 10`,
    parameters,
  )
  const days = await em.execute<{ date: string; cost: string }[]>(
    `${SPAN_SQL}
    select to_char(day, 'YYYY-MM-DD') as date, coalesce(sum(cost), 0) as cost
    from days left join period_messages using (day) group by day order by day`,
    parameters,
  )
  return {
    by_model: models.map(({ model, input, output, cost }) => ({
      model,
      input_tokens: Number(input),
      output_tokens: Number(output),
      cost_usd: Number(cost),
    })),
    by_user_top10: users.map(({ id, name, cost, tokens }) => ({
      user_id: id,
      name,
      cost_usd: Number(cost),
      tokens: Number(tokens),
    })),
    daily_trend: days.map(({ date, cost }) => ({ date, cost_usd: Number(cost) })),
  }
}

interface TopUserRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly sessions: string
  readonly messages: string
  readonly tokens: string
  readonly lastActive: string
}

async function topUsers(em: EntityManager, span: Span, limit: number) {
  const rows = await em.execute<TopUserRow[]>(
    `${SPAN_SQL},
    talk as (select user_id, count(*) as messages, sum(tokens) as tokens from period_messages group by user_id),
    visits as (select user_id, count(*) as sessions from period_sessions group by user_id),
    latest as (select user_id, max(at) as at from activity group by user_id)
    select u.id, u.name, u.email, coalesce(visits.sessions, 0) as sessions, coalesce(talk.messages, 0) as messages,
      coalesce(talk.tokens, 0) as tokens,
      to_char(latest.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastActive"
    from latest join users u on u.id = latest.user_id left join talk on talk.user_id = u.id
      left join visits on visits.user_id = u.id
    order by coalesce(talk.messages, 0) desc, coalesce(visits.sessions, 0) desc, u.id limit ?`,
    [...spanParameters(span), limit],
  )
  return rows.map(({ id, lastActive, sessions, messages, tokens, ...who }) => ({
    user_id: id,
    ...who,
    sessions: Number(sessions),
    messages: Number(messages),
    tokens: Number(tokens),
    last_active: lastActive,
  }))
}

/** Measured on the tenant's own database. */
async function health(em: EntityManager, now: () => Date) {
  const began = now()
  await em.execute('select 1')
  const ended = now()
  return { status: 'healthy', last_check: wireTime(ended), response_time_ms: ended.getTime() - began.getTime() }
}
