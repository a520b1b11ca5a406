import type { QueryAdapter } from '../../api/query-adapter.ts'
import type { Inputs, Outputs, PageRouter } from '../../api/router.ts'
import { throttled } from '../../live/throttled.ts'

/** A line of the log. */
export type LoggedDelivery = Outputs['market']['listDeliveries']['deliveries'][number]

/** Which deliveries the log shows. */
export type DeliveryFilter = Omit<Inputs['market']['listDeliveries'], 'before' | 'limit' | 'ids'>

/** What the log shows now. */
export interface DeliveryLogView {
  /** Newest first. */
  readonly rows: readonly LoggedDelivery[]
  /** With those that are not loaded; null until it is known. */
  readonly total: number | null
  readonly isLoading: boolean
  readonly error: unknown
}

/** The log of deliveries: pages are added at its end, and what happens is worked into it. */
export interface DeliveryLogStore {
  readonly get: () => DeliveryLogView
  readonly subscribe: (listener: () => void) => () => void
  /** Loads the page after the last one. */
  readonly loadMore: () => void
  /** Says that something happened to a delivery. */
  readonly touch: (id: string) => void
  readonly close: () => void
}

const PAGE = 500
const MOST_TOUCHED = 200
/** What happened is asked for at most this often, ms. */
const PACE = 120
/** After a call that failed, ms. */
const PAUSE = 1_000

/** Opens the log of what a filter lets through. */
export function openDeliveryLog(api: QueryAdapter<PageRouter>, filter: DeliveryFilter): DeliveryLogStore {
  const listeners = new Set<() => void>()
  const touched = new Set<string>()
  let view: DeliveryLogView = { rows: [], total: null, isLoading: false, error: null }
  let isComplete = false
  let isClosed = false
  let last: Promise<void> = Promise.resolve()

  function show(changes: Partial<DeliveryLogView>): void {
    if (isClosed) return
    view = { ...view, ...changes }
    for (const listener of listeners) listener()
  }

  /** One call after another: an answer that was given earlier never undoes a later one. */
  function inTurn(call: () => Promise<void>): void {
    last = last.then(() => (isClosed ? undefined : call()))
  }

  async function load(): Promise<void> {
    const oldest = view.rows.at(-1)
    try {
      const page = await api.market.listDeliveries.fetch({
        ...filter,
        limit: PAGE,
        ...(oldest && { before: oldest.sequence }),
      })
      isComplete = page.deliveries.length < PAGE
      show({ rows: merged(view.rows, page.deliveries), total: page.total, isLoading: false })
    } catch (error) {
      show({ isLoading: false, error })
    }
  }

  function loadMore(): void {
    if (view.isLoading || isComplete) return
    show({ isLoading: true, error: null })
    inTurn(load)
  }

  const refresh = throttled(PACE, () => inTurn(update))

  async function update(): Promise<void> {
    const ids = [...touched].slice(0, MOST_TOUCHED)
    if (ids.length === 0) return
    for (const id of ids) touched.delete(id)
    try {
      const { deliveries, total } = await api.market.listDeliveries.fetch({ ...filter, ids, limit: MOST_TOUCHED })
      const shown = new Set(deliveries.map(({ id }) => id))
      const asked = new Set(ids)
      // Those below what is loaded come with their page.
      const oldest = isComplete ? 0 : (view.rows.at(-1)?.sequence ?? 0)
      const rows = view.rows.filter(({ id }) => shown.has(id) || !asked.has(id))
      const news = deliveries.filter(({ sequence }) => sequence >= oldest)
      show({ rows: merged(rows.length === view.rows.length ? view.rows : rows, news), total })
      if (touched.size > 0) refresh.run()
    } catch {
      // Events come once: what could not be asked for now is asked for when the server is back.
      for (const id of ids) touched.add(id)
      setTimeout(refresh.run, PAUSE)
    }
  }

  loadMore()
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    loadMore,
    touch(id) {
      touched.add(id)
      refresh.run()
    },
    close() {
      isClosed = true
      refresh.cancel()
    },
  }
}

/** Both together, newest first; what is in the second one replaces what was known of it. */
function merged(rows: readonly LoggedDelivery[], more: readonly LoggedDelivery[]): readonly LoggedDelivery[] {
  const last = rows.at(-1)
  const first = more[0]
  if (first === undefined) return rows
  if (last === undefined || first.sequence < last.sequence) return [...rows, ...more]
  const fresh = new Map(more.map((row) => [row.id, row]))
  const kept = rows.map((row) => {
    const changed = fresh.get(row.id)
    fresh.delete(row.id)
    return changed ?? row
  })
  return fresh.size === 0 ? kept : [...fresh.values(), ...kept].sort((a, b) => b.sequence - a.sequence)
}
