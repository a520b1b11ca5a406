import { measureSlice, type Racer, type Standing, startLoad } from '../load/contest.ts'
import { measureStalls, type Stalls, stalledPart } from '../load/stalls.ts'
import { figure, type Goal, type Table } from '../report/report.ts'
import { median } from '../report/statistics.ts'
import { restRequests } from '../service/requests.ts'

interface HalfLoadOptions {
  readonly ms: number
  readonly rounds: number
}

interface HalfLoad {
  readonly contender: string
  readonly request: string
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

interface HalfLoadData {
  readonly runs: readonly HalfLoad[]
  readonly stalls: Stalls
}

/** Machines stand still now and then: looked for this many times as long as one request is measured. */
const STALL_ROUNDS = 2

/** The slowest of a hundred answers may take so many times as long as the middle one. */
const TARGET = 3

/** What the machine has to do with it. */
function reason({ request, p50 }: HalfLoad, data: readonly HalfLoad[], stalls: Stalls): Pick<Goal, 'why'> {
  const limit = TARGET * p50
  const part = figure(100 * stalledPart(stalls, limit))
  const last = data.findLast((one) => one.request === request)
  const own = last ? `${last.contender} itself had ${figure(last.p99 / last.p50)} ×; ` : ''
  return {
    why:
      `${own}processes that only look at the clock, one on each core, were kept from it for more than ` +
      `${limit.toFixed(2)} ms at a time during ${part} % of the time, and above 1 % of that nobody reaches it`,
  }
}

/**
 * Latencies when requests arrive by the clock, half as many as can be answered. Ours is the first racer; the others
 * show what machine and load generator make of servers that do next to nothing.
 */
export async function measureHalfLoad(
  racers: readonly Racer[],
  standings: readonly Standing[],
  { ms, rounds }: HalfLoadOptions,
): Promise<{ readonly table: Table; readonly goals: readonly Goal[]; readonly data: HalfLoadData }> {
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
  const stalls = await measureStalls(ms * rounds * STALL_ROUNDS)
  return {
    data: { runs: data, stalls },
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
      .map((one) => {
        const name = `${one.request}: p99 of p50 at half load`
        const value = one.p99 / one.p50
        return { name, value, target: TARGET, better: 'less', unit: ' ×', ...reason(one, data, stalls) }
      }),
  }
}
