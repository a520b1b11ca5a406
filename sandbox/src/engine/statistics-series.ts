import type { Store } from './store/store.ts'

/** Attempts that began within one span of time. */
export interface StatisticsBucket {
  /** When the span begins. */
  readonly at: string
  readonly succeeded: number
  readonly failed: number
  /** Times of answers, ms of real time, nearest-rank; null where there are none. */
  readonly p50: number | null
  readonly p95: number | null
}

/** How the sandbox did over time. */
export interface StatisticsSeries {
  readonly from: string
  readonly to: string
  readonly bucket_ms: number
  /** Every bucket, those without attempts too. */
  readonly buckets: readonly StatisticsBucket[]
}

/** Which time is asked for. */
export interface StatisticsSpan {
  readonly to: Date
  /** ms. */
  readonly length: number
  readonly buckets: number
}

/** Counts attempts by when they began. */
export async function readStatisticsSeries(
  store: Store,
  { to, length, buckets }: StatisticsSpan,
): Promise<StatisticsSeries> {
  const size = Math.max(1, Math.ceil(length / buckets))
  // Buckets keep their places while time goes on, so that what is drawn stands still.
  const end = Math.ceil((to.getTime() + 1) / size) * size
  const start = end - size * buckets
  const rows = await store.reader().execute<Row[]>(
    `select bucket, sum(state = 'succeeded') as succeeded, sum(state <> 'succeeded') as failed,
            min(case when rank >= 0.5 * timed then duration_ms end) as p50,
            min(case when rank >= 0.95 * timed then duration_ms end) as p95
     from (
       select (started_at - ?) / ? as bucket, state, duration_ms,
              case when duration_ms is not null then
                row_number() over (partition by (started_at - ?) / ?, duration_ms is null order by duration_ms) end as rank,
              count(duration_ms) over (partition by (started_at - ?) / ?) as timed
       from attempts where state <> 'sending' and started_at >= ? and started_at < ?
     ) group by bucket`,
    [start, size, start, size, start, size, start, end],
  )
  const found = new Map(rows.map((row) => [Number(row.bucket), row]))
  return {
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
    bucket_ms: size,
    buckets: Array.from({ length: buckets }, (_, index) => {
      const row = found.get(index)
      return {
        at: new Date(start + index * size).toISOString(),
        succeeded: Number(row?.succeeded ?? 0),
        failed: Number(row?.failed ?? 0),
        p50: row?.p50 ?? null,
        p95: row?.p95 ?? null,
      }
    }),
  }
}

interface Row {
  readonly bucket: number
  readonly succeeded: number
  readonly failed: number
  readonly p50: number | null
  readonly p95: number | null
}
