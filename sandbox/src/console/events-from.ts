import type { EventHub, EventRecord } from '../engine/index.ts'

/** Where {@link eventsFrom} begins and ends. */
export interface EventsFromOptions {
  /** Id of the event before the first one. */
  readonly from: number
  readonly signal: AbortSignal
}

const BATCH = 200

/** Events after one of them, in order and without a gap, until the signal aborts. */
export async function* eventsFrom(hub: EventHub, { from, signal }: EventsFromOptions): AsyncGenerator<EventRecord> {
  let wake: () => void = () => undefined
  let isDirty = true
  let last = from
  const look = () => {
    isDirty = true
    wake()
  }
  const unsubscribe = hub.subscribe(look)
  signal.addEventListener('abort', look, { once: true })
  try {
    while (!signal.aborted) {
      if (!isDirty) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      isDirty = false
      const events = await hub.after(last, BATCH)
      for (const event of events) {
        last = event.id
        yield event
      }
      if (events.length === BATCH) isDirty = true
    }
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', look)
  }
}
