import type { DeliveryRecord, DeliveryState, Shape } from '../entity/index.ts'
import type { Store } from '../store/store.ts'
import type { FailureReason } from './failure-reason.ts'

/** Which deliveries are asked for; everything has to apply. */
export interface DeliveryLogFilter {
  /** @default any */
  readonly state?: DeliveryState | undefined
  /** Slug. @default any */
  readonly service?: string | undefined
  /** @default any */
  readonly source?: DeliveryRecord['source'] | undefined
  /** Those with an attempt that failed for it. @default any */
  readonly reason?: FailureReason | undefined
  /** @default any */
  readonly applicationId?: number | undefined
  /** Part of the id or of the address. @default any */
  readonly search?: string | undefined
  /** Only these. @default any */
  readonly ids?: readonly string[] | undefined
}

/** Which page of the log is asked for. */
export interface DeliveryLogPage {
  /** Those with smaller sequence numbers. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** A line of the log: a delivery and what came of its last attempt. */
export interface DeliveryLogLine {
  readonly id: string
  readonly sequence: number
  readonly application_id: number | null
  readonly service: string | null
  readonly source: DeliveryRecord['source']
  readonly shape: Shape
  readonly url: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly next_attempt_at: string | null
  readonly created_at: string
  readonly finished_at: string | null
  readonly status_code: number | null
  readonly duration_ms: number | null
  readonly reason: string | null
  readonly fault: string | null
}

const LINE = `
  select d.id, d.sequence, d.application_id, d.service_slug, d.source, d.shape, d.url, d.state, d.attempts,
         d.next_attempt_at, d.created_at, d.finished_at, a.response_status, a.duration_ms, a.reason, a.fault
  from deliveries d left join attempts a on a.delivery_id = d.id and a.number = d.attempts and a.copy = 0`

/** A page of the log, newest first. */
export async function readDeliveryLog(
  store: Store,
  filter: DeliveryLogFilter,
  { before, limit }: DeliveryLogPage,
): Promise<readonly DeliveryLogLine[]> {
  const { conditions, parameters } = conditionsOf(filter)
  if (before !== undefined) {
    conditions.push('d.sequence < ?')
    parameters.push(before)
  }
  const rows = await store
    .reader()
    .execute<Row[]>(`${LINE} ${where(conditions)} order by d.sequence desc limit ?`, [...parameters, limit])
  return rows.map(lineOf)
}

/** How many deliveries there are of which the filter is true. */
export async function countDeliveryLog(store: Store, filter: DeliveryLogFilter): Promise<number> {
  const { conditions, parameters } = conditionsOf(filter)
  const [row] = await store
    .reader()
    .execute<{ count: number }[]>(`select count(*) as count from deliveries d ${where(conditions)}`, parameters)
  return Number(row?.count ?? 0)
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
}

function conditionsOf({ state, service, source, reason, applicationId, search, ids }: DeliveryLogFilter) {
  const conditions: string[] = []
  const parameters: unknown[] = []
  const add = (condition: string, ...values: readonly unknown[]) => {
    conditions.push(condition)
    parameters.push(...values)
  }
  if (state !== undefined) add('d.state = ?', state)
  if (service !== undefined) add('d.service_slug = ?', service)
  if (source !== undefined) add('d.source = ?', source)
  if (applicationId !== undefined) add('d.application_id = ?', applicationId)
  if (reason !== undefined) add('d.id in (select delivery_id from attempts where reason = ?)', reason)
  if (search !== undefined) add('(instr(d.id, ?) > 0 or instr(d.url, ?) > 0)', search, search)
  if (ids !== undefined) add(`d.id in (${ids.map(() => '?').join(', ')})`, ...ids)
  return { conditions, parameters }
}

interface Row {
  readonly id: string
  readonly sequence: number
  readonly application_id: number | null
  readonly service_slug: string | null
  readonly source: DeliveryRecord['source']
  readonly shape: Shape
  readonly url: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly next_attempt_at: number | null
  readonly created_at: number
  readonly finished_at: number | null
  readonly response_status: number | null
  readonly duration_ms: number | null
  readonly reason: string | null
  readonly fault: string | null
}

function lineOf({
  service_slug,
  response_status,
  next_attempt_at,
  created_at,
  finished_at,
  ...row
}: Row): DeliveryLogLine {
  return {
    ...row,
    service: service_slug,
    status_code: response_status,
    next_attempt_at: timeOf(next_attempt_at),
    created_at: new Date(created_at).toISOString(),
    finished_at: timeOf(finished_at),
  }
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
