import { startRacer } from '../load/contest.ts'
import { figure, type Goal, type SuiteReport } from '../report/report.ts'
import { median, type Spread, spread } from '../report/statistics.ts'
import { type Child, startChild } from '../run/child-process.ts'
import type { RunOptions } from '../run/run-options.ts'

const SERVICES = 200
const DELAY_MS = 50
const PER_CALL = { target: 60, unit: ' µs' }

const ways = ['undici', 'client over REST', 'undici over tRPC', 'client over tRPC', 'fetch'] as const
type Way = (typeof ways)[number]

interface Rounds {
  readonly rounds: number
  /** Not counted: until the compiler has seen enough. */
  readonly warmRounds: number
  readonly calls: number
}

interface CallCost {
  readonly cpuMicros: number
  readonly wallMicros: number
}

/** What the typed client costs beside bare undici, and how it asks many services at once. */
export async function clientSuite({ quick, tell }: RunOptions): Promise<SuiteReport> {
  tell(`${ways.length} ways to call, one after the other`)
  const costs = await measureCalls({ rounds: quick ? 5 : 40, warmRounds: quick ? 5 : 16, calls: 500 })
  tell(`${SERVICES} services that take ${DELAY_MS} ms each`)
  const fanOut = await measureFanOut(quick ? { rounds: 1, withSequential: false } : { rounds: 5, withSequential: true })
  const goal = (name: string, value: number, limit: Pick<Goal, 'target' | 'unit'>): Goal => {
    return { name, value, better: 'less', ...limit }
  }
  return {
    name: 'client',
    title: 'Client',
    notes: [
      'One call after the other for the status of a tenant, CPU time of the calling process per call; the client adds ' +
        'a deadline, retries, breaker, limits, request ids and the check of the answer against the contract.',
      'The service looks for requests without ever sleeping: to wake it costs who writes to it several µs, and the later ' +
        'a request comes, the more often it would have to be woken, whoever sends it. Every way calls from a process of ' +
        'its own, so that none has its code compiled for another; they take turns, 500 calls each, after a collection of ' +
        'young garbage, in rounds forwards and backwards. Over undici is the median of what the rounds differ by.',
      `${SERVICES} services in one process, each of which answers after ${DELAY_MS} ms, asked for their health on new connections.`,
    ],
    tables: [
      {
        title: 'CPU time per call, µs (median, lowest–highest of the rounds)',
        columns: ['', 'µs'],
        rows: ways.map((way) => [way, spreadOf(spread(costs[way]))]),
      },
      {
        title: `Asking ${SERVICES} services`,
        columns: ['', 'ms'],
        rows: Object.entries(fanOut).map(([way, times]) => [way, spreadOf(times)]),
      },
    ],
    goals: [
      goal('REST: over undici per call', overhead(costs['client over REST'], costs.undici), PER_CALL),
      goal('tRPC: over undici per call', overhead(costs['client over tRPC'], costs['undici over tRPC']), PER_CALL),
      goal(`${SERVICES} services asked at once`, fanOut.market.median, { target: DELAY_MS + 100, unit: ' ms' }),
    ],
    data: { costs, fanOut },
  }
}

interface Rounds {
  readonly rounds: number
  readonly calls: number
}

/** Every way has a process of its own, and its turn in every round, forwards and backwards by turns. */
async function measureCalls({ rounds, warmRounds, calls }: Rounds): Promise<Readonly<Record<Way, readonly number[]>>> {
  const server = await startRacer('mt-paas')
  await server.child.ask('neverSleep')
  const baseUrl = `http://127.0.0.1:${server.port}`
  const racing = new Map<Way, CallingWay>()
  for (const way of ways) racing.set(way, { caller: await startCaller(['--expose-gc']), micros: [] })
  for (let round = -warmRounds; round < rounds; round++) {
    for (const [way, { caller, micros }] of round % 2 === 0 ? racing : [...racing].reverse()) {
      const { cpuMicros } = await caller.ask<CallCost>('measure', { baseUrl, way, calls })
      if (round >= 0) micros.push(cpuMicros)
    }
  }
  await Promise.all([server.child.stop(), ...[...racing.values()].map(({ caller }) => caller.stop())])
  return Object.fromEntries([...racing].map(([way, { micros }]) => [way, micros])) as Record<Way, number[]>
}

interface CallingWay {
  readonly caller: Child
  readonly micros: number[]
}

/** What one way costs more than the other in the same round, in the median of the rounds. */
function overhead(own: readonly number[], bare: readonly number[]): number {
  return median(own.map((micros, round) => micros - (bare[round] ?? Number.NaN)))
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

function startCaller(flags: readonly string[] = []): Promise<Child> {
  return startChild(new URL('../client/caller-process.ts', import.meta.url), { side: 'load', flags })
}

function spreadOf({ median, min, max }: Spread): string {
  return min === max ? figure(median) : `${figure(median)} (${figure(min)}–${figure(max)})`
}
