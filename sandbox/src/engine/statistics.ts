import type { ApplicationState, DeliveryState } from './entity/index.ts'
import type { Store } from './store/store.ts'

/** Times of answers, ms of real time; null where there are none. Percentiles are nearest-rank. */
export interface DurationStatistics {
  readonly count: number
  readonly mean: number | null
  readonly min: number | null
  readonly max: number | null
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
}

/** How the sandbox did so far. */
export interface Statistics {
  readonly applications: Readonly<Record<ApplicationState | 'total', number>>
  readonly deliveries: Readonly<Record<DeliveryState | 'total', number>>
  readonly attempts: Readonly<Record<'sending' | 'succeeded' | 'failed' | 'interrupted' | 'total', number>>
  readonly callbacks: Readonly<
    Record<'accepted' | 'unchecked' | 'repeated' | 'refused' | 'malformed' | 'total', number>
  >
  /** Share of finished deliveries that were delivered, 0 to 1; null when none has finished. */
  readonly success_rate: number | null
  readonly duration_ms: DurationStatistics
  /** Failed attempts by reason, most first. */
  readonly failures: readonly { readonly reason: string; readonly count: number }[]
  /** When the next attempt is due. */
  readonly next_attempt_at: string | null
}

const STATES = {
  applications: ['status', 'pending', 'sent', 'completed', 'failed'],
  deliveries: ['state', 'waiting', 'sending', 'delivered', 'failed', 'stopped'],
  attempts: ['state', 'sending', 'succeeded', 'failed', 'interrupted'],
  callbacks: ['verdict', 'accepted', 'unchecked', 'repeated', 'refused', 'malformed'],
} as const

/** Counts everything in the store, in one consistent view of it. */
export function readStatistics(store: Store): Promise<Statistics> {
  return store.transaction(async (em) => {
    const query = (sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => em.execute(sql, [...parameters])
    const counted = { applications: {}, deliveries: {}, attempts: {}, callbacks: {} }
    for (const table of Object.keys(STATES) as (keyof typeof STATES)[]) {
      counted[table] = await countStates(query, table)
    }
    const { applications, deliveries, attempts, callbacks } = counted as Pick<Statistics, keyof typeof STATES>
    const finished = deliveries.delivered + deliveries.failed + deliveries.stopped
    const failures = await query(
      'select reason, count(*) as count from attempts where reason is not null group by reason order by 2 desc, 1',
    )
    const [next] = await query(
      `select min(next_attempt_at) as at from deliveries where state = 'waiting' and next_attempt_at is not null`,
    )
    return {
      applications,
      deliveries,
      attempts,
      callbacks,
      success_rate: finished === 0 ? null : deliveries.delivered / finished,
      duration_ms: await durations(query),
      failures: failures.map(({ reason, count }) => ({ reason: String(reason), count: Number(count) })),
      next_attempt_at: typeof next?.at === 'number' ? new Date(next.at).toISOString() : null,
    }
  })
}

type Row = Readonly<Record<string, unknown>>
type Query = (sql: string, parameters?: readonly unknown[]) => Promise<Row[]>

async function countStates(query: Query, table: keyof typeof STATES): Promise<Record<string, number>> {
  const [column, ...states] = STATES[table]
  const rows = await query(`select ${column} as state, count(*) as count from ${table} group by ${column}`)
  const counts = new Map(rows.map(({ state, count }) => [String(state), Number(count)]))
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { total, ...Object.fromEntries(states.map((state) => [state, counts.get(state) ?? 0])) }
}

async function durations(query: Query): Promise<DurationStatistics> {
  const [row] = await query(
    `select count(*) as count, avg(duration_ms) as mean, min(duration_ms) as min, max(duration_ms) as max
     from attempts where duration_ms is not null`,
  )
  const count = Number(row?.count ?? 0)
  const percentile = async (share: number) => {
    if (count === 0) return null
    const [at] = await query(
      'select duration_ms as value from attempts where duration_ms is not null order by duration_ms limit 1 offset ?',
      [Math.ceil(share * count) - 1],
    )
    return numberOrNull(at?.value)
  }
  return {
    count,
    mean: numberOrNull(row?.mean),
    min: numberOrNull(row?.min),
    max: numberOrNull(row?.max),
    p50: await percentile(0.5),
    p95: await percentile(0.95),
    p99: await percentile(0.99),
  }
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
