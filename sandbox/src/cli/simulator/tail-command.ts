import type { eventView } from '../../simulator/views.ts'
import { stopSignal } from '../stop-signal.ts'
import { shownValue } from './record-table.ts'
import { headings } from './sending-commands.ts'
import { withSimulator } from './with-simulator.ts'

type EventView = ReturnType<typeof eventView>

/** Shows events as they happen, until it is interrupted, which is how it ends: with 130. */
export const tailCommand = withSimulator(async ({ client, line, host, say }) => {
  const { signal, release } = stopSignal(host)
  const { simulator } = line.text
  const columns = headings(simulator, ['at', 'event', 'application', 'delivery'])
  try {
    const stream = await client.events(line.value('after'), signal)
    say(simulator.following)
    if (!line.json) host.stdout.write(`${columns.join('  ')}\n`)
    for await (const event of eventsOf(stream)) {
      host.stdout.write(line.json ? `${JSON.stringify(event)}\n` : lineOf(event))
    }
    // The stream ends with the simulator.
    return 0
  } catch (error) {
    if (!signal.aborted) throw error
    return 130
  } finally {
    release()
  }
})

function lineOf({ at, type, application_id, delivery_id, data }: EventView): string {
  return `${[at, type, application_id, delivery_id, detailsOf(data)].map(shownValue).join('  ')}\n`
}

/** What an event tells beside its type, as `name=value` pairs; fractions of a ms are nobody's concern. */
export function detailsOf(data: EventView['data']): string {
  const shown = (name: string, value: unknown) => {
    if (typeof value === 'object') return JSON.stringify(value)
    return String(name.endsWith('_ms') && typeof value === 'number' ? Math.round(value) : value)
  }
  return Object.entries(data)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${shown(name, value)}`)
    .join(' ')
}

async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<EventView> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true })
    const parts = rest.split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const data = part.split('\n').find((text) => text.startsWith('data: '))
      if (data) yield JSON.parse(data.slice('data: '.length)) as EventView
    }
  }
}
