import type { Standing } from '../load/contest.ts'
import { figure, type Table } from '../report/report.ts'

/** The tables of a contest: ratios, CPU time, throughput and latency; one column a request. */
export function contestTables(standings: readonly Standing[]): readonly Table[] {
  return [
    tableOf(standings, 'Requests per CPU second, as a ratio (median, lowest–highest of the rounds)', ({ ratio }) => {
      return `${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)})`
    }),
    tableOf(standings, 'CPU time of the server per request, µs', ({ cpuMicros }) => cpuMicros.median.toFixed(1)),
    tableOf(standings, 'Requests per second', ({ perSecond }) => figure(perSecond)),
    tableOf(
      standings,
      'Latency at full load, p50 / p99 in ms',
      ({ p50, p99 }) => `${p50.toFixed(2)} / ${p99.toFixed(2)}`,
    ),
  ]
}

function tableOf(standings: readonly Standing[], title: string, cell: (standing: Standing) => string): Table {
  const requests = [...new Set(standings.map(({ request }) => request))]
  const contenders = [...new Set(standings.map(({ contender }) => contender))]
  return {
    title,
    columns: ['', ...requests],
    rows: contenders.map((contender) => {
      const own = standings.filter((standing) => standing.contender === contender)
      return [contender, ...own.map(cell)]
    }),
  }
}
