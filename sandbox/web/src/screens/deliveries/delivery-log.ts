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

/** Opens the log of what a filter lets through. */
export function openDeliveryLog(api: QueryAdapter<PageRouter>, filter: DeliveryFilter): DeliveryLogStore {
  const listeners = new Set<() => void>()
  const touched = new Set<string>()
  let view: DeliveryLogView = { rows: [], total: null, isLoading: false, error: null }
  let isComplete = false
  let isClosed = false

  function show(changes: Partial<DeliveryLogView>): void {
    if (isClosed) return
    view = { ...view, ...changes }
    for (const listener of listeners) listener()
  }

  async function load(): Promise<void> {
    if (view.isLoading || isComplete) return
    show({ isLoading: true, error: null })
    const last = view.rows.at(-1)
    try {
      const page = await api.market.listDeliveries.fetch({
        ...filter,
        limit: PAGE,
        ...(last && { before: last.sequence }),
      })
      isComplete = page.deliveries.length < PAGE
      show({ rows: merged(view.rows, page.deliveries), total: page.total, isLoading: false })
    } catch (error) {
      show({ isLoading: false, error })
    }
  }

  const refresh = throttled(PACE, () => {
    const ids = [...touched].slice(0, MOST_TOUCHED)
    for (const id of ids) touched.delete(id)
    if (ids.length > 0) void update(ids)
    if (touched.size > 0) refresh.run()
  })

  async function update(ids: readonly string[]): Promise<void> {
    try {
      const { deliveries } = await api.market.listDeliveries.fetch({ ...filter, ids: [...ids], limit: MOST_TOUCHED })
      const known = new Set(view.rows.map(({ id }) => id))
      const shown = new Set(deliveries.map(({ id }) => id))
      const gone = new Set(ids.filter((id) => known.has(id) && !shown.has(id)))
      // Those below what is loaded come with their page.
      const oldest = isComplete ? -1 : (view.rows.at(-1)?.sequence ?? -1)
      const news = deliveries.filter(({ sequence }) => sequence > oldest || sequence === oldest)
      const added = news.filter(({ id }) => !known.has(id)).length
      const rows = gone.size === 0 ? view.rows : view.rows.filter(({ id }) => !gone.has(id))
      show({ rows: merged(rows, news), total: view.total === null ? null : view.total + added - gone.size })
    } catch {
      // The next event asks again; the connection badge says when there is none.
    }
  }

  void load()
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    loadMore: () => void load(),
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
