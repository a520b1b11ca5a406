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

interface AttemptRow {
  readonly bucket: number
  readonly state: string
  readonly duration: number | null
}

/**
 * Attempts, their times and callbacks within a span and in every part of it; parts in which nothing happened are there
 * too. Times are sorted here: SQLite's window functions take five times as long.
 */
export async function readAttempts(em: EntityManager, { from, to, buckets, width }: Span) {
  const attempts = await em.execute<AttemptRow[]>(
    `select (started_at - ?) / ? as bucket, state, duration_ms as duration from attempts
     where started_at >= ? and started_at < ?`,
    [from, width, from, to],
  )
  const callbacks = await em.execute<{ bucket: number; count: number }[]>(
    `select (received_at - ?) / ? as bucket, count(*) as count from callbacks
     where received_at >= ? and received_at < ? group by bucket`,
    [from, width, from, to],
  )
  const parts = Array.from({ length: buckets }, () => ({ succeeded: 0, failed: 0, times: [] as number[] }))
  for (const { bucket, state, duration } of attempts) {
    const part = parts[bucket]
    if (!part) continue
    if (state === 'succeeded') part.succeeded += 1
    if (state === 'failed') part.failed += 1
    if (duration !== null) part.times.push(duration)
  }
  const callbacksOf = new Map(callbacks.map((row) => [row.bucket, Number(row.count)]))
  return {
    duration_ms: durationsOf(parts.flatMap(({ times }) => times)),
    buckets: parts.map(({ succeeded, failed, times }, bucket) => {
      const { count: samples, p50, p95, p99 } = durationsOf(times)
      const at = new Date(from + bucket * width).toISOString()
      return { at, succeeded, failed, callbacks: callbacksOf.get(bucket) ?? 0, samples, p50, p95, p99 }
    }),
  }
}

/** Percentiles are nearest-rank. */
function durationsOf(times: readonly number[]) {
  const sorted = Float64Array.from(times).sort()
  const { length: count } = sorted
  const percentile = (share: number) => sorted[Math.ceil((share * count) / 100) - 1] ?? null
  const mean = count === 0 ? null : sorted.reduce((sum, time) => sum + time, 0) / count
  return { count, mean, p50: percentile(50), p95: percentile(95), p99: percentile(99) }
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
