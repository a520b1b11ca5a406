import type { EntityManager } from '@mikro-orm/sql'
import { type EventRecord, eventRecord } from './entity/index.ts'
import type { Store } from './store/store.ts'

/** What an event is about. */
export interface EventAbout {
  /** @default null */
  readonly applicationId?: number | null | undefined
  /** @default null */
  readonly deliveryId?: string | null
  /** @default an empty object */
  readonly data?: Readonly<Record<string, unknown>>
}

/** Notes an event inside of a transaction. */
export type Tell = (type: string, about?: EventAbout) => void

/** The sandbox's events: kept in the store, told to whoever listens once they are. */
export interface EventHub {
  /** A transaction whose events are told after it. */
  journal<TResult>(work: (em: EntityManager, tell: Tell) => Promise<TResult>): Promise<TResult>
  /** Gives the function that ends it. */
  subscribe(listener: (event: EventRecord) => void): () => void
  /** Events after one of them, in order. */
  after(id: number, limit: number): Promise<readonly EventRecord[]>
  /** Id of the newest event, 0 when there is none. */
  newest(): Promise<number>
}

/** Makes a hub on a store. */
export function createEventHub(store: Store, now: () => Date): EventHub {
  const listeners = new Set<(event: EventRecord) => void>()
  return {
    async journal(work) {
      const told: EventRecord[] = []
      const result = await store.transaction((em) =>
        work(em, (type, { applicationId = null, deliveryId = null, data = {} } = {}) => {
          told.push(em.create(eventRecord, { at: now(), type, applicationId, deliveryId, data }))
        }),
      )
      for (const event of told) for (const listener of listeners) listener(event)
      return result
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    after: (id, limit) => store.reader().find(eventRecord, { id: { $gt: id } }, { orderBy: { id: 'asc' }, limit }),
    async newest() {
      const [last] = await store.reader().find(eventRecord, {}, { orderBy: { id: 'desc' }, limit: 1 })
      return last?.id ?? 0
    },
  }
}
