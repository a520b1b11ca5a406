import type { EntityManager } from '@mikro-orm/sql'

/** A time and its parts, ms. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly buckets: number
  readonly width: number
}

/** What {@link readCounts} counts. */
export interface CountOptions {
  readonly table: 'deliveries' | 'callbacks' | 'applications' | 'market_subscriptions'
  readonly column: 'state' | 'verdict' | 'status'
  /** Column that says when; with it only what is within `span` counts. @default all of the table */
  readonly time?: 'created_at' | 'received_at'
  readonly span?: Span
}

/** How many rows there are of each value. */
export async function readCounts(
  em: EntityManager,
  { table, column, time, span }: CountOptions,
): Promise<Readonly<Record<string, number>>> {
  const isLimited = time !== undefined && span !== undefined
  const rows = await em.execute<{ value: string; count: number }[]>(
    `select ${column} as value, count(*) as count from ${table}
     ${isLimited ? `where ${time} >= ? and ${time} < ?` : ''} group by ${column}`,
    isLimited ? [span.from, span.to] : [],
  )
  return Object.fromEntries(rows.map(({ value, count }) => [value, Number(count)]))
}

/** Percentiles by nearest rank, in whole numbers as SQLite divides them. */
const PERCENTILES = [50, 95, 99]
  .map((share) => `max(case when place = (${share} * samples + 99) / 100 then duration_ms end) as p${share}`)
  .join(', ')

/** Times of answers within a span. */
export async function readDurations(em: EntityManager, { from, to }: Span) {
  const [row] = await em.execute<DurationRow[]>(
    `select count(*) as count, avg(duration_ms) as mean, ${PERCENTILES} from (
       select duration_ms, row_number() over (order by duration_ms) as place, count(*) over () as samples
       from attempts where started_at >= ? and started_at < ? and duration_ms is not null
     )`,
    [from, to],
  )
  return {
    count: Number(row?.count ?? 0),
    mean: row?.mean ?? null,
    p50: row?.p50 ?? null,
    p95: row?.p95 ?? null,
    p99: row?.p99 ?? null,
  }
}

interface DurationRow {
  readonly count: number
  readonly mean: number | null
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

/** Attempts, their times and callbacks in every part of a span; parts in which nothing happened are there too. */
export async function readAttemptBuckets(em: EntityManager, span: Span) {
  const { from, to, buckets, width } = span
  const attempts = await em.execute<(DurationRow & { bucket: number; succeeded: number; failed: number })[]>(
    `select bucket, sum(state = 'succeeded') as succeeded, sum(state = 'failed') as failed,
       count(duration_ms) as count, avg(duration_ms) as mean, ${PERCENTILES} from (
       select bucket, state, duration_ms,
         row_number() over (partition by bucket, duration_ms is null order by duration_ms) as place,
         count(duration_ms) over (partition by bucket) as samples
       from (select (started_at - ?) / ? as bucket, state, duration_ms from attempts where started_at >= ? and started_at < ?)
     ) group by bucket`,
    [from, width, from, to],
  )
  const callbacks = await em.execute<{ bucket: number; count: number }[]>(
    `select (received_at - ?) / ? as bucket, count(*) as count from callbacks
     where received_at >= ? and received_at < ? group by bucket`,
    [from, width, from, to],
  )
  const attemptsOf = new Map(attempts.map((row) => [Number(row.bucket), row]))
  const callbacksOf = new Map(callbacks.map((row) => [Number(row.bucket), Number(row.count)]))
  return Array.from({ length: buckets }, (_, bucket) => {
    const row = attemptsOf.get(bucket)
    return {
      at: new Date(from + bucket * width).toISOString(),
      succeeded: Number(row?.succeeded ?? 0),
      failed: Number(row?.failed ?? 0),
      callbacks: callbacksOf.get(bucket) ?? 0,
      samples: Number(row?.count ?? 0),
      p50: row?.p50 ?? null,
      p95: row?.p95 ?? null,
      p99: row?.p99 ?? null,
    }
  })
}

/** Failed attempts by reason, most first. */
export async function readFailures(em: EntityManager, { from, to }: Span) {
  const rows = await em.execute<{ reason: string; count: number }[]>(
    `select reason, count(*) as count from attempts
     where started_at >= ? and started_at < ? and reason is not null group by reason order by 2 desc, 1`,
    [from, to],
  )
  return rows.map(({ reason, count }) => ({ reason, count: Number(count) }))
}
