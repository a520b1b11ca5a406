import type { EntityManager, Span } from '@mt-paas/core'

/** What a tenant used in a span, computed from its rows. */
export interface UsageTotals {
  /** Users who existed at its end. */
  readonly totalUsers: number
  readonly newUsers: number
  /** Users with a session or a message in it. */
  readonly activeUsers: number
  readonly sessions: number
  readonly messages: number
  /** Answers of language models. */
  readonly calls: number
  readonly tokens: number
  /** US dollars. */
  readonly cost: number
  /** Bytes of the documents that existed at its end. */
  readonly storedBytes: number
}

type Row = Readonly<Record<keyof UsageTotals, string>>

/** Parameters of {@link SPAN_SQL}. */
export function spanParameters({ from, to }: Span): string[] {
  return [from.toISOString(), to.toISOString()].map(sqlTime)
}

/** PostgreSQL writes years beyond 9999 without the sign that ISO 8601 wants. */
function sqlTime(iso: string): string {
  return iso.replace(/^\+0?/, '')
}

/** First part of a query: the span, who did something in it when, and what every answer cost. */
export const SPAN_SQL = `
  with span as (select ?::timestamptz as begins, ?::timestamptz as ends),
  period_messages as (
    select m.*, m.input_tokens + m.output_tokens as tokens,
      coalesce(m.input_tokens * p.input_price + m.output_tokens * p.output_price, 0) / 1000000 as cost,
      (m.created_at at time zone 'UTC')::date as day
    from messages m cross join span left join model_prices p on p.model = m.model
    where m.created_at >= span.begins and m.created_at < span.ends
  ),
  period_sessions as (
    select s.*, (s.started_at at time zone 'UTC')::date as day
    from sessions s cross join span where s.started_at >= span.begins and s.started_at < span.ends
  ),
  activity as (
    select user_id, day, created_at as at from period_messages where user_id is not null
    union all
    select user_id, day, started_at from period_sessions where user_id is not null
  ),
  days as (
    select day::date from span,
      generate_series(begins at time zone 'UTC', (ends at time zone 'UTC') - interval '1 day', interval '1 day') as day
  )`

/** Sums up a span; one without anything is zeros. */
export async function usageTotals(em: EntityManager, span: Span): Promise<UsageTotals> {
  const rows = await em.execute<Row[]>(
    `${SPAN_SQL}
    select
      (select count(*) from users where created_at < span.ends) as "totalUsers",
      (select count(*) from users where created_at >= span.begins and created_at < span.ends) as "newUsers",
      (select count(distinct user_id) from activity) as "activeUsers",
      (select count(*) from period_sessions) as "sessions",
      (select count(*) from period_messages) as "messages",
      (select count(*) from period_messages where author = 'assistant') as "calls",
      (select coalesce(sum(tokens), 0) from period_messages) as "tokens",
      (select coalesce(sum(cost), 0) from period_messages) as "cost",
      (select coalesce(sum(bytes), 0) from documents where created_at < span.ends) as "storedBytes"
    from span`,
    spanParameters(span),
  )
  const [row] = rows
  if (!row) throw new Error('A query for totals gave no row')
  return {
    totalUsers: Number(row.totalUsers),
    newUsers: Number(row.newUsers),
    activeUsers: Number(row.activeUsers),
    sessions: Number(row.sessions),
    messages: Number(row.messages),
    calls: Number(row.calls),
    tokens: Number(row.tokens),
    cost: Number(row.cost),
    storedBytes: Number(row.storedBytes),
  }
}
