import type { Difference, Statistics } from '../../engine/index.ts'
import type { ResultView } from '../../simulator/views.ts'
import type { Dictionary } from '../../text/index.ts'
import { valueWord, type WordKind } from '../../text/value-words.ts'
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
  print(answer, () => resultTable(answer.results, line.text))
  return 0
})

/** Shows statistics. */
export const statsCommand = withSimulator(async ({ client, line, print }) => {
  const statistics = await client.get<Statistics>('/stats')
  print(statistics, () => statisticsTable(statistics, line.text))
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

function statisticsTable(statistics: Statistics, { language, simulator: text }: Dictionary): string {
  const { success_rate: rate, applications, deliveries, attempts, callbacks, duration_ms: duration } = statistics
  const names = text.statistics
  const counts = (of: object, kind: WordKind) =>
    Object.entries(of)
      .map(([name, count]) => `${name === 'total' ? names.total : valueWord(kind, name, language)} ${count}`)
      .join(', ')
  const { count, mean, min, max, ...percentiles } = duration
  const ms = (value: number | null) => (value === null ? '-' : Math.round(value * 10) / 10)
  const times = [
    `${names.count} ${count}`,
    `${names.mean} ${ms(mean)}`,
    `${names.least} ${ms(min)}`,
    `${names.most} ${ms(max)}`,
    ...Object.entries(percentiles).map(([name, value]) => `${name} ${ms(value)}`),
  ]
  const failures = statistics.failures.map((one) => `${valueWord('reasons', one.reason, language)} ${one.count}`)
  const rows = [
    [names.successRate, rate === null ? null : `${(rate * 100).toFixed(1)} %`],
    [names.applications, counts(applications, 'applicationStates')],
    [names.deliveries, counts(deliveries, 'deliveryStates')],
    [names.attempts, counts(attempts, 'attemptStates')],
    [names.callbacks, counts(callbacks, 'verdicts')],
    [names.duration, times.join(', ')],
    [names.failures, failures.join(', ') || null],
    [text.columns.next, statistics.next_attempt_at],
  ]
  return recordTable(headings(text, ['what', 'count']), rows)
}
