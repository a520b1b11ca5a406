import { createParser } from 'eventsource-parser'

/** Server-sent events of a whole answer. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into events as they come
export function eventList(text: string): { readonly event: string; readonly data: any }[] {
  // biome-ignore lint/suspicious/noExplicitAny: see above
  const events: { event: string; data: any }[] = []
  const parser = createParser({
    onEvent: ({ event, data }) => events.push({ event: event ?? '', data: JSON.parse(data) }),
  })
  parser.feed(text)
  return events
}
