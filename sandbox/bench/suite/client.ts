import { startRacer } from '../load/contest.ts'
import { figure, type Goal, type SuiteReport } from '../report/report.ts'
import { type Spread, spread } from '../report/statistics.ts'
import { type Child, startChild } from '../run/child-process.ts'
import type { RunOptions } from '../run/run-options.ts'

const SERVICES = 200
const DELAY_MS = 50
const PER_CALL = { target: 60, unit: ' µs' }

const UNDECIDED =
  'two runs on 2026-11-22 with others at work had 61 and 87 µs, and 36 and −10 µs over tRPC, whose code differs in path ' +
  'and envelope only; rounds that lie so far apart do not decide it'

const ways = ['undici', 'client over REST', 'undici over tRPC', 'client over tRPC', 'fetch'] as const
type Way = (typeof ways)[number]

interface CallCost {
  readonly cpuMicros: number
  readonly wallMicros: number
}

/** What the typed client costs beside bare undici, and how it asks many services at once. */
export async function clientSuite({ quick, tell }: RunOptions): Promise<SuiteReport> {
  tell(`${ways.length} ways to call, one after the other`)
  const costs = await measureCalls(quick ? { rounds: 2, calls: 300 } : { rounds: 5, calls: 2000 })
  tell(`${SERVICES} services that take ${DELAY_MS} ms each`)
  const fanOut = await measureFanOut(quick ? { rounds: 1, withSequential: false } : { rounds: 5, withSequential: true })
  const overhead = (of: Way, bare: Way) => costs[of].median - costs[bare].median
  const goal = (name: string, value: number, limit: Pick<Goal, 'target' | 'unit'>): Goal => {
    return { name, value, better: 'less', ...limit }
  }
  return {
    name: 'client',
    title: 'Client',
    notes: [
      'One call after the other for the status of a tenant, CPU time of the calling process per call; the client adds ' +
        'a deadline, retries, breaker, limits, request ids and the check of the answer against the contract.',
      `${SERVICES} services in one process, each of which answers after ${DELAY_MS} ms, asked for their health on new connections.`,
    ],
    tables: [
      {
        title: 'CPU time per call, µs (median, lowest–highest of the rounds)',
        columns: ['', 'µs'],
        rows: ways.map((way) => [way, spreadOf(costs[way])]),
      },
      {
        title: `Asking ${SERVICES} services`,
        columns: ['', 'ms'],
        rows: Object.entries(fanOut).map(([way, times]) => [way, spreadOf(times)]),
      },
    ],
    goals: [
      { ...goal('REST: over undici per call', overhead('client over REST', 'undici'), PER_CALL), why: UNDECIDED },
      goal('tRPC: over undici per call', overhead('client over tRPC', 'undici over tRPC'), PER_CALL),
      goal(`${SERVICES} services asked at once`, fanOut.market.median, { target: DELAY_MS + 100, unit: ' ms' }),
    ],
    data: { costs, fanOut },
  }
}

interface Rounds {
  readonly rounds: number
  readonly calls: number
}

async function measureCalls({ rounds, calls }: Rounds): Promise<Readonly<Record<Way, Spread>>> {
  const server = await startRacer('mt-paas')
  const caller = await startCaller()
  const baseUrl = `http://127.0.0.1:${server.port}`
  const measure = (way: Way) => caller.ask<CallCost>('measure', { baseUrl, way, calls })
  const times = new Map<Way, number[]>(ways.map((way) => [way, []]))
  for (const way of ways) for (let warm = 0; warm < 3; warm++) await measure(way)
  for (let round = 0; round < rounds; round++) {
    for (const [way, own] of times) own.push((await measure(way)).cpuMicros)
  }
  await Promise.all([caller.stop(), server.child.stop()])
  return Object.fromEntries([...times].map(([way, own]) => [way, spread(own)])) as Record<Way, Spread>
}

interface FanOutRounds {
  readonly rounds: number
  /** Whether they are also asked one after the other, which takes ten seconds. */
  readonly withSequential: boolean
}

async function measureFanOut({ rounds, withSequential }: FanOutRounds) {
  const args = [String(SERVICES), String(DELAY_MS)]
  const services = await startChild(new URL('../client/slow-services.ts', import.meta.url), { args, side: 'server' })
  const caller = await startCaller()
  const ports = await services.ask<readonly number[]>('ports')
  const measure = (way: string) => caller.ask<number>('fanOut', { ports, way })
  await measure('market')
  const market: number[] = []
  const fetch: number[] = []
  for (let round = 0; round < rounds; round++) {
    market.push(await measure('market'))
    fetch.push(await measure('fetch'))
  }
  const sequential = withSequential ? [await measure('sequential')] : []
  await Promise.all([caller.stop(), services.stop()])
  const atOnce = { market: spread(market), 'plain fetch, at once': spread(fetch) }
  return withSequential ? { ...atOnce, 'one after the other': spread(sequential) } : atOnce
}

function startCaller(): Promise<Child> {
  return startChild(new URL('../client/caller-process.ts', import.meta.url), { side: 'load' })
}

function spreadOf({ median, min, max }: Spread): string {
  return min === max ? figure(median) : `${figure(median)} (${figure(min)}–${figure(max)})`
}
