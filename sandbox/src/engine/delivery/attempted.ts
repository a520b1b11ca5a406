import type { DeliveryRecord } from '../entity/index.ts'
import type { EventHub } from '../event-hub.ts'
import type { Deliveries, DeliveryWithAttempts } from './deliveries.ts'

/** Starts an attempt by what `make` does, and gives the delivery when that attempt has ended, or the time is over. */
export type Attempted = (make: () => Promise<DeliveryRecord>) => Promise<DeliveryWithAttempts>

/** What {@link createAttempted} works with. */
export interface AttemptedOptions {
  readonly events: EventHub
  readonly deliveries: Deliveries
  /** Waits no longer than this, ms of real time. */
  readonly limit: number
  /** Ends all waiting. */
  readonly signal: AbortSignal
}

const ENDS = new Set(['attempt.succeeded', 'attempt.failed', 'attempt.interrupted'])

/** Waits for attempts of deliveries whose ids are not known before they are made. */
export function createAttempted({ events, deliveries, limit, signal }: AttemptedOptions): Attempted {
  return async function attempted(make) {
    const ended = new Set<string>()
    let look: () => void = () => undefined
    const unsubscribe = events.subscribe(({ type, deliveryId }) => {
      if (deliveryId == null || !ENDS.has(type)) return
      ended.add(deliveryId)
      look()
    })
    let timer: NodeJS.Timeout | undefined
    let stop: () => void = () => undefined
    try {
      const { id } = await make()
      await new Promise<void>((resolve) => {
        stop = resolve
        look = () => {
          if (ended.has(id)) resolve()
        }
        timer = setTimeout(resolve, limit)
        signal.addEventListener('abort', stop, { once: true })
        if (signal.aborted) resolve()
        look()
      })
      return await deliveries.get(id)
    } finally {
      unsubscribe()
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
  }
}
