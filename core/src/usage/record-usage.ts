import type { EntityManager } from '@mikro-orm/postgresql'
import { StandardApiError, TenantNotFoundError } from '@mt-paas/server'
import { UsageBatchTooLargeError, UsageConflictError } from '../error/usage-errors.ts'
import { type CheckedUsage, UsageRecord } from './usage-record.ts'

/**
 * What became of an item: it counts now, it counted before, or it does not count and `error` says why. `conflict` is
 * an id that was recorded with other content.
 */
export type UsageOutcome =
  | { readonly status: 'recorded' | 'duplicate' }
  | { readonly status: 'conflict' | 'invalid' | 'unknown_tenant'; readonly error: StandardApiError }

/** Most items of one batch. */
export const MOST_RECORDS = 500

interface Entry {
  readonly index: number
  readonly item: CheckedUsage
}

const COLUMNS = `n int, tenant_id text, id text, metric text, quantity numeric, at timestamptz, user_id text,
  attributes jsonb`

/**
 * Insert and roll-up are one statement, so that none is ever without the other. Rows are taken in one order, so that
 * batches wait for each other instead of locking each other out.
 */
const RECORD_SQL = `
  with given as (
    select g.*, t.id is not null as known
    from jsonb_to_recordset(?::jsonb) as g(${COLUMNS}) left join tenants t on t.id = g.tenant_id
  ),
  added as (
    insert into usage_logs (tenant_id, id, metric, quantity, at, user_id, attributes)
    select tenant_id, id, metric, quantity, at, user_id, attributes from given where known order by tenant_id, id
    on conflict (tenant_id, id) do nothing
    returning *
  ),
  rolled as (
    insert into usage_daily as d (tenant_id, day, metric, user_id, model, quantity, peak, events, last_at)
    select tenant_id, (at at time zone 'UTC')::date, metric, coalesce(user_id, ''),
      coalesce(attributes ->> 'model', ''), sum(quantity), max(quantity), count(*), max(at)
    from added group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (tenant_id, day, metric, user_id, model) do update set
      quantity = d.quantity + excluded.quantity,
      peak = greatest(d.peak, excluded.peak),
      events = d.events + excluded.events,
      last_at = greatest(d.last_at, excluded.last_at)
  )
  select g.n, case when added.id is not null then 'recorded' when g.known then 'found' else 'unknown_tenant' end as status
  from given g left join added using (tenant_id, id)`

const COMPARE_SQL = `
  select g.n, l.metric = g.metric and l.quantity = g.quantity and l.at = g.at and l.attributes = g.attributes
    and l.user_id is not distinct from g.user_id as same
  from jsonb_to_recordset(?::jsonb) as g(${COLUMNS}) join usage_logs l using (tenant_id, id)`

/**
 * Records a batch; the outcomes are in the order of the items.
 * @throws UsageBatchTooLargeError
 */
export async function recordUsage(em: EntityManager, records: readonly UsageRecord[]): Promise<UsageOutcome[]> {
  if (records.length > MOST_RECORDS) throw new UsageBatchTooLargeError(MOST_RECORDS)
  const outcomes = new Map<number, UsageOutcome>()
  const valid: Entry[] = []
  for (const [index, record] of records.entries()) {
    const checked = UsageRecord.safeParse(record)
    if (checked.success) valid.push({ index, item: checked.data })
    else outcomes.set(index, { status: 'invalid', error: invalid(checked.error.issues) })
  }
  const compared = await insert(em, valid, outcomes)
  await compare(em, compared, outcomes)
  return records.flatMap((_, index) => outcomes.get(index) ?? [])
}

/** Gives the entries back that are in the database already, by this batch or by another. */
async function insert(
  em: EntityManager,
  entries: readonly Entry[],
  outcomes: Map<number, UsageOutcome>,
): Promise<Entry[]> {
  if (entries.length === 0) return []
  const first = new Map(entries.toReversed().map((entry) => [keyOf(entry), entry]))
  const rows = await em.execute<{ n: number; status: 'recorded' | 'found' | 'unknown_tenant' }[]>(RECORD_SQL, [
    parameter([...first.values()]),
  ])
  const statuses = new Map(rows.map(({ n, status }) => [n, status]))
  const rest: Entry[] = []
  for (const entry of entries) {
    const { index, item } = entry
    const leader = first.get(keyOf(entry)) ?? entry
    const status = statuses.get(leader.index)
    if (status === 'unknown_tenant') outcomes.set(index, { status, error: new TenantNotFoundError(item.tenantId) })
    else if (status === 'recorded' && leader === entry) outcomes.set(index, { status })
    else rest.push(entry)
  }
  return rest
}

/** A second statement, because the first does not see what others committed while it waited for them. */
async function compare(
  em: EntityManager,
  entries: readonly Entry[],
  outcomes: Map<number, UsageOutcome>,
): Promise<void> {
  if (entries.length === 0) return
  const rows = await em.execute<{ n: number; same: boolean }[]>(COMPARE_SQL, [parameter(entries)])
  const same = new Map(rows.map((row) => [row.n, row.same]))
  for (const { index, item } of entries) {
    if (same.get(index)) outcomes.set(index, { status: 'duplicate' })
    else outcomes.set(index, { status: 'conflict', error: new UsageConflictError(item.id) })
  }
}

function keyOf({ item }: Entry): string {
  return JSON.stringify([item.tenantId, item.id])
}

function parameter(entries: readonly Entry[]): string {
  return JSON.stringify(
    entries.map(({ index, item }) => ({
      n: index,
      tenant_id: item.tenantId,
      id: item.id,
      metric: item.metric,
      quantity: item.quantity,
      at: item.at.toISOString(),
      user_id: item.userId ?? null,
      attributes: item.attributes ?? {},
    })),
  )
}

function invalid(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]) {
  return StandardApiError.invalidRequest(
    issues.map(({ path, message }) => ({ loc: ['body', ...path.map((key) => String(key))], message })),
  )
}
