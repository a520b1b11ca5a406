import type { Difference, Statistics } from '../../engine/index.ts'
import type { ResultView } from '../../simulator/views.ts'
import type { SimulatorText } from '../../text/index.ts'
import { recordTable } from './record-table.ts'
import { headings, resultTable } from './sending-commands.ts'
import { withSimulator } from './with-simulator.ts'

/** Lists results, of one application or of all. */
export const resultsCommand = withSimulator(async ({ client, line, print, say }) => {
  const [id] = line.arguments
  const page = { before: line.value('before'), limit: line.value('limit') }
  const answer = await client.get<{ results: readonly ResultView[] }>(
    id === undefined ? '/results' : `/results/application/${encodeURIComponent(id)}`,
    id === undefined ? page : {},
  )
  if (answer.results.length === 0) say(line.text.simulator.nothing)
  print(answer, () => resultTable(answer.results, line.text.simulator))
  return 0
})

/** Shows statistics. */
export const statsCommand = withSimulator(async ({ client, line, print }) => {
  const statistics = await client.get<Statistics>('/stats')
  print(statistics, () => statisticsTable(statistics, line.text.simulator))
  return 0
})

/** Shows all of an application, by its number, or of a delivery, by its id. */
export const showCommand = withSimulator(async ({ client, line, print }) => {
  const [id = ''] = line.arguments
  const path = /^\d+$/.test(id) ? `/applications/${id}` : `/deliveries/${encodeURIComponent(id)}`
  const shown = await client.get<unknown>(path)
  print(shown, () => `${JSON.stringify(shown, null, 2)}\n`)
  return 0
})

/** Shows where two attempts differ. */
export const diffCommand = withSimulator(async ({ client, line, print, say }) => {
  const [left, right] = line.arguments
  const answer = await client.get<{ differences: readonly Difference[] }>('/diff', { left, right })
  const { simulator } = line.text
  if (answer.differences.length === 0) say(simulator.same)
  print(answer, () =>
    recordTable(
      headings(simulator, ['place', 'left', 'right']),
      answer.differences.map((one) => [one.at, one.left, one.right]),
    ),
  )
  return answer.differences.length === 0 ? 0 : 1
})

function statisticsTable(statistics: Statistics, text: SimulatorText): string {
  const { success_rate: rate, applications, deliveries, attempts, callbacks, duration_ms: duration } = statistics
  const names = text.statistics
  const counts = (of: object) =>
    Object.entries(of)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  const rounded = Object.entries(duration).map(([name, ms]) => [name, ms === null ? '-' : Math.round(ms * 10) / 10])
  const rows = [
    [names.successRate, rate === null ? null : `${(rate * 100).toFixed(1)} %`],
    [names.applications, counts(applications)],
    [names.deliveries, counts(deliveries)],
    [names.attempts, counts(attempts)],
    [names.callbacks, counts(callbacks)],
    [names.duration, counts(Object.fromEntries(rounded))],
    [names.failures, statistics.failures.map(({ reason, count }) => `${reason} ${count}`).join(', ') || null],
    [text.columns.next, statistics.next_attempt_at],
  ]
  return recordTable(headings(text, ['what', 'count']), rows)
}
