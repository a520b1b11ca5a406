import { createParser } from 'eventsource-parser'

/** An event as it came. */
export interface ListedEvent {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Server-sent events of a whole answer. */
export function eventList(text: string): ListedEvent[] {
  const events: ListedEvent[] = []
  const parser = createParser({
    onEvent: ({ event, data }) => events.push({ event: event ?? '', data: JSON.parse(data) }),
  })
  parser.feed(text)
  return events
}
