import { type ConformanceRunRecord, conformanceRunRecord } from '../engine/entity/index.ts'
import type { MarketParts } from './market-parts.ts'
import { readAttempts, readCounts, readFailures, type Span } from './overview-queries.ts'
import { serviceView } from './service-view.ts'

/** Which time an overview is of. */
export interface OverviewOptions {
  /** @default `span` before the end */
  readonly from?: string | undefined
  /** @default now */
  readonly to?: string | undefined
  /** How long before the end it begins, ms, when `from` does not say. @default a day */
  readonly span?: number | undefined
  /** How many parts the time has in charts. @default 48 */
  readonly buckets?: number | undefined
}

/** What the first screen shows. Times of answers in ms; percentiles are nearest-rank, null without samples. */
export type Overview = Awaited<ReturnType<typeof readOverview>>

const DAY = 86_400_000
const BUCKETS = 48
const WAITING_SHOWN = 10

/** Reads everything that the first screen shows. */
export async function readOverview(parts: MarketParts, options: OverviewOptions = {}) {
  const { store, clock, services } = parts.engine
  const to = options.to === undefined ? clock.now().getTime() + 1 : Date.parse(options.to)
  const from = options.from === undefined ? to - (options.span ?? DAY) : Math.min(Date.parse(options.from), to)
  const buckets = options.buckets ?? BUCKETS
  const span: Span = { from, to, buckets, width: Math.max(1, Math.ceil((to - from) / buckets)) }
  const em = store.reader()
  const deliveries = await readCounts(em, { table: 'deliveries', column: 'state', time: 'created_at', span })
  const callbacks = await readCounts(em, { table: 'callbacks', column: 'verdict', time: 'received_at', span })
  const subscriptions = await readCounts(em, { table: 'market_subscriptions', column: 'status' })
  const applications = await readCounts(em, { table: 'applications', column: 'status' })
  const finished = (deliveries.delivered ?? 0) + (deliveries.failed ?? 0) + (deliveries.stopped ?? 0)
  const waiting = await em.execute<Waiting[]>(
    `select id, application_id, service_slug as service, attempts, reason, next_attempt_at as due from deliveries
     where state = 'waiting' and next_attempt_at is not null order by next_attempt_at, sequence limit ?`,
    [WAITING_SHOWN],
  )
  const [retries] = await em.execute<{ count: number }[]>(
    `select count(*) as count from deliveries where state = 'waiting'`,
  )
  const attempts = await readAttempts(em, span)
  const known = await services.list()
  return {
    now: clock.now().toISOString(),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    bucket_ms: span.width,
    tiles: {
      deliveries: { total: total(deliveries), by_state: deliveries },
      /** Share of finished deliveries that were delivered, 0 to 1. */
      success_rate: finished === 0 ? null : (deliveries.delivered ?? 0) / finished,
      duration_ms: attempts.duration_ms,
      callbacks: { total: total(callbacks), by_verdict: callbacks },
      subscriptions: { total: total(subscriptions), by_status: subscriptions },
      applications: { total: total(applications), by_status: applications },
      services: known.map((service) => {
        const { slug, title, health } = serviceView(service, 0)
        return { slug, title, status: health?.status ?? null, checked_at: health?.checked_at ?? null }
      }),
    },
    buckets: attempts.buckets,
    failures: await readFailures(em, span),
    waiting: {
      total: Number(retries?.count ?? 0),
      next: waiting.map(({ due, ...one }) => ({ ...one, next_attempt_at: new Date(due).toISOString() })),
    },
    conformance: (await lastRuns(em)).map(runSummary),
  }
}

interface Waiting {
  readonly id: string
  readonly application_id: number | null
  readonly service: string | null
  readonly attempts: number
  readonly reason: string | null
  readonly due: number
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** The newest run of every service. */
async function lastRuns(em: ReturnType<MarketParts['engine']['store']['reader']>) {
  const rows = await em.execute<{ id: number }[]>('select max(id) as id from conformance_runs group by service_slug')
  return em.find(conformanceRunRecord, { id: { $in: rows.map(({ id }) => id) } }, { orderBy: { id: 'desc' } })
}

function runSummary({ id, serviceSlug, state, summary, startedAt }: ConformanceRunRecord) {
  return {
    run_id: id,
    service: serviceSlug,
    state,
    classic_score: summary?.classic.score ?? null,
    must_score: summary?.must.score ?? null,
    started_at: startedAt.toISOString(),
  }
}
