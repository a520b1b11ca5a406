import { contest, startRacer } from '../load/contest.ts'
import { verifyAnswers } from '../load/verify.ts'
import type { Goal, SuiteReport } from '../report/report.ts'
import type { RunOptions } from '../run/run-options.ts'
import { rpcRequests } from '../service/requests.ts'
import { contestTables } from './contest-tables.ts'

const whys: Readonly<Record<string, string>> = {
  users:
    'an answer of 3.7 kB costs node:http alone 28 to 35 µs over REST, JSON and writing; a fifth of what tRPC takes ' +
    'leaves no more than that for everything',
}

/** The same five over the tRPC protocol, alone and ten in a batch: tRPC's own server is 1. */
export async function rpcSuite({ quick, tell }: RunOptions): Promise<SuiteReport> {
  const racers = [await startRacer('tRPC standalone'), await startRacer('mt-paas')]
  await verifyAnswers(racers, rpcRequests)
  const standings = await contest(racers, rpcRequests, { rounds: quick ? 2 : 5, sliceMs: quick ? 100 : 500, tell })
  for (const { child } of racers) await child.stop()
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
        const target = request.startsWith('batch') ? 2 : 5
        const why = whys[request]
        const name = `${request}: times tRPC standalone`
        return { name, value: ratio.median, target, better: 'more', unit: ' ×', ...(why && { why }) }
      }),
    data: { standings },
  }
}
