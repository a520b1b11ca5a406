import { measureSlice, type Racer, type Standing, startLoad } from '../load/contest.ts'
import { figure, type Goal, type Table } from '../report/report.ts'
import { median } from '../report/statistics.ts'
import { restRequests } from '../service/requests.ts'

interface HalfLoadOptions {
  readonly ms: number
  readonly rounds: number
}

/** How far the last racer's slowest answers are off, which does next to nothing. */
function reference(data: readonly HalfLoad[], request: string): Pick<Goal, 'why'> {
  const last = data.findLast((one) => one.request === request)
  if (!last) return {}
  const { contender, p50, p99 } = last
  return { why: `${contender} itself had ${figure(p99 / p50)} × here, p99 ${p99.toFixed(2)} ms` }
}

interface HalfLoad {
  readonly contender: string
  readonly request: string
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

/**
 * Latencies when requests arrive by the clock, half as many as can be answered. Ours is the first racer; the others
 * show what machine and load generator make of servers that do next to nothing.
 */
export async function measureHalfLoad(
  racers: readonly Racer[],
  standings: readonly Standing[],
  { ms, rounds }: HalfLoadOptions,
): Promise<{ readonly table: Table; readonly goals: readonly Goal[]; readonly data: readonly HalfLoad[] }> {
  const load = await startLoad()
  const data: HalfLoad[] = []
  for (const request of restRequests) {
    for (const racer of racers) {
      const full = standings.find(({ contender, request: name }) => contender === racer.name && name === request.name)
      const rate = (full?.perSecond ?? 0) / 2
      const runs = []
      for (let round = 0; round < rounds; round++) runs.push(await measureSlice(racer, request, { load, ms, rate }))
      const p50 = median(runs.map((run) => run.p50))
      const p99 = median(runs.map((run) => run.p99))
      data.push({ contender: racer.name, request: request.name, perSecond: rate, p50, p99 })
    }
  }
  await load.stop()
  return {
    data,
    table: {
      title: 'At half load, latency in ms',
      columns: ['', 'requests per second', 'p50', 'p99', 'p99 of p50'],
      rows: data.map(({ contender, request, perSecond, p50, p99 }) => {
        const latencies = [p50.toFixed(3), p99.toFixed(3), `${figure(p99 / p50)} ×`]
        return [`${contender}: ${request}`, figure(perSecond), ...latencies]
      }),
    },
    goals: data
      .filter(({ contender }) => contender === racers[0]?.name)
      .map(({ request, p50, p99 }) => {
        const name = `${request}: p99 of p50 at half load`
        return { name, value: p99 / p50, target: 3, better: 'less', unit: ' ×', ...reference(data, request) }
      }),
  }
}
