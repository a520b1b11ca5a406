import { deliveryRecord } from '../engine/entity/index.ts'
import { type DeliveryRecord, type Engine, EngineError } from '../engine/index.ts'
import { deliveryView } from '../simulator/views.ts'
import { csvOf } from './csv.ts'
import { conditionsOf, type DeliveryLogFilter } from './delivery-filter.ts'

/** A page of the log. */
export interface DeliveryPage {
  /** Those with smaller sequence numbers. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** What a replay of many did. */
export interface BulkReplay {
  readonly replayed: number
  /** Those that were being sent, or are not there. */
  readonly skipped: number
  /** Matching ones that the limit left out. */
  readonly remaining: number
}

/** Which deliveries are sent again: those that are named, or those that a filter lets through. */
export interface BulkReplayOptions {
  readonly ids?: readonly string[] | undefined
  readonly filter?: DeliveryLogFilter | undefined
  readonly limit: number
}

/** A file made of the log. */
export interface ExportFile {
  readonly name: string
  readonly type: string
  readonly content: string
  readonly count: number
}

/** The log of deliveries, made to be looked through. */
export interface DeliveryLog {
  /** Newest first, and how many there are in all: those that `ids` does not name count, too. */
  list(
    filter: DeliveryLogFilter,
    page: DeliveryPage,
  ): Promise<{ readonly total: number; readonly deliveries: readonly LoggedDelivery[] }>
  replay(options: BulkReplayOptions): Promise<BulkReplay>
  export(filter: DeliveryLogFilter, format: 'csv' | 'json'): Promise<ExportFile>
}

const EXPORT_BATCH = 2_000
const MOST_EXPORTED = 200_000

/** The log of an engine. */
export function createDeliveryLog(engine: Engine): DeliveryLog {
  const { store } = engine

  async function count(filter: DeliveryLogFilter): Promise<number> {
    const { from, where, values } = conditionsOf(filter)
    const [row] = await store
      .reader()
      .execute<{ count: number }[]>(`select count(*) as count ${from} where ${where}`, values)
    return Number(row?.count ?? 0)
  }

  async function page(filter: DeliveryLogFilter, { before, limit }: DeliveryPage): Promise<readonly LoggedDelivery[]> {
    const { from, where, values } = conditionsOf(filter)
    const em = store.reader()
    const older = before === undefined ? '' : 'and d.sequence < ?'
    const rows = await em.execute<{ sequence: number }[]>(
      `select d.sequence as sequence ${from} where ${where} ${older} order by d.sequence desc limit ?`,
      [...values, ...(before === undefined ? [] : [before]), limit],
    )
    if (rows.length === 0) return []
    const numbers = rows.map(({ sequence }) => sequence)
    const found = await em.find(deliveryRecord, { sequence: { $in: numbers } }, { orderBy: { sequence: 'desc' } })
    const applicants = await em.execute<Applicant[]>(
      `select id, applicant_name as name, university_name as university, tenant_id from applications
       where id in (select application_id from deliveries where sequence in (${numbers.map(() => '?').join(', ')}))`,
      numbers,
    )
    const byId = new Map(applicants.map((one) => [one.id, one]))
    return found.map((delivery) => loggedDelivery(delivery, byId.get(delivery.applicationId ?? -1)))
  }

  return {
    async list(filter, options) {
      const { ids: _named, ...all } = filter
      return { total: await count(all), deliveries: await page(filter, options) }
    },
    async replay({ ids, filter = {}, limit }) {
      const wanted = ids ?? (await page(filter, { limit })).map(({ id }) => id)
      const remaining = ids ? 0 : Math.max(0, (await count(filter)) - wanted.length)
      let replayed = 0
      for (const id of wanted) if (await replayOne(engine, id)) replayed += 1
      return { replayed, skipped: wanted.length - replayed, remaining }
    },
    async export(filter, format) {
      const all: LoggedDelivery[] = []
      for (let before: number | undefined; all.length < MOST_EXPORTED; ) {
        const rows = await page(filter, { before, limit: EXPORT_BATCH })
        all.push(...rows)
        const last = rows.at(-1)
        if (!last || rows.length < EXPORT_BATCH) break
        before = last.sequence
      }
      const name = `deliveries-${engine.clock.now().toISOString().slice(0, 19).replaceAll(':', '')}.${format}`
      return format === 'csv'
        ? { name, type: 'text/csv; charset=utf-8', content: csvOf(all), count: all.length }
        : { name, type: 'application/json', content: `${JSON.stringify(all, null, 2)}\n`, count: all.length }
    },
  }
}

async function replayOne({ deliveries }: Engine, id: string): Promise<boolean> {
  try {
    await deliveries.replay(id)
    return true
  } catch (error) {
    if (error instanceof EngineError) return false
    throw error
  }
}

interface Applicant {
  readonly id: number
  readonly name: string
  readonly university: string
  readonly tenant_id: string | null
}

function loggedDelivery(delivery: DeliveryRecord, applicant: Applicant | undefined) {
  return {
    ...deliveryView(delivery),
    reason: delivery.reason ?? null,
    status_code: delivery.statusCode ?? null,
    duration_ms: delivery.durationMs ?? null,
    applicant: applicant?.name ?? null,
    university: applicant?.university ?? null,
    tenant_id: applicant?.tenant_id ?? null,
  }
}

/** A delivery of the log on the wire. */
export type LoggedDelivery = ReturnType<typeof loggedDelivery>
