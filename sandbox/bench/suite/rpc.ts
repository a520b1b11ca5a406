import { contest, type Standing, startRacer } from '../load/contest.ts'
import { verifyAnswers } from '../load/verify.ts'
import { figure, type Goal, type SuiteReport } from '../report/report.ts'
import type { RunOptions } from '../run/run-options.ts'
import { restRequests, rpcRequests } from '../service/requests.ts'
import { contestTables } from './contest-tables.ts'

/** So many times less than tRPC's own server. */
const FACTOR = 5

/** The same five over the tRPC protocol, alone and ten in a batch: tRPC's own server is 1. */
export async function rpcSuite({ quick, tell }: RunOptions): Promise<SuiteReport> {
  const racers = [await startRacer('tRPC standalone'), await startRacer('mt-paas')]
  await verifyAnswers(racers, rpcRequests)
  const standings = await contest(racers, rpcRequests, { rounds: quick ? 2 : 5, sliceMs: quick ? 100 : 500, tell })
  for (const { child } of racers) await child.stop()
  const limits = quick ? [] : await measureLimits(tell)
  return {
    name: 'rpc',
    title: 'tRPC protocol',
    notes: [
      'The same five operations over the tRPC protocol, and ten status calls in one batch. tRPC standalone is 1.',
    ],
    tables: contestTables(standings),
    goals: standings
      .filter(({ contender }) => contender === 'mt-paas')
      .map(({ request, ratio }): Goal => {
        const target = request.startsWith('batch') ? 2 : FACTOR
        const name = `${request}: times tRPC standalone`
        return { name, value: ratio.median, target, better: 'more', unit: ' ×', ...reason(request, standings, limits) }
      }),
    data: { standings, limits },
  }
}

/** What node:http takes for the same answers over REST, which have no envelope. */
async function measureLimits(tell: (text: string) => void): Promise<readonly Standing[]> {
  const raw = await startRacer('node:http')
  const limits = await contest([raw], restRequests, { rounds: 3, sliceMs: 500, tell })
  await raw.child.stop()
  return limits
}

function reason(request: string, standings: readonly Standing[], limits: readonly Standing[]): Pick<Goal, 'why'> {
  const limit = limits.find((one) => one.request === request)?.cpuMicros.median
  const [theirs] = standings.filter((one) => one.request === request)
  if (limit === undefined || !theirs) return {}
  const left = figure(theirs.cpuMicros.median / FACTOR)
  return {
    why: `a fifth of what tRPC takes is ${left} µs, and node:http alone, over REST, takes ${figure(limit)} µs for this answer`,
  }
}
