import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { ContenderName } from '../contender/contenders.ts'
import { measureSlice, type Racer, startLoad, startRacer } from '../load/contest.ts'
import { figure, type Goal, type SuiteReport, type Table } from '../report/report.ts'
import { median } from '../report/statistics.ts'
import type { Child } from '../run/child-process.ts'
import type { RunOptions } from '../run/run-options.ts'
import { restRequests, type WireRequest } from '../service/requests.ts'
import { profileTable } from './profile.ts'

const routers: readonly ContenderName[] = ['20 routes', '50 routes', '100 routes', '200 routes']
const status: WireRequest = { name: 'status', method: 'GET', path: '/mt/tenant/hallym_univ/status' }
const lists = [1, 5, 10, 20, 40].map((limit): WireRequest => {
  return { name: String(limit), method: 'GET', path: `/mt/tenant/hallym_univ/users?limit=${limit}` }
})

const COMPILED_SERVICE = new URL('../contender/compiled-service.js', import.meta.url)

/** How cost grows, and what a service costs before its first request. */
export async function curvesSuite({ quick, tell }: RunOptions): Promise<SuiteReport> {
  const options = quick ? { rounds: 2, ms: 60 } : { rounds: 7, ms: 500 }
  const load = await startLoad()
  tell('routes')
  const racers: Racer[] = []
  for (const name of routers) racers.push(await startRacer(name))
  const routes = await measureInTurn(
    racers.map((racer) => ({ racer, request: status })),
    { ...options, load },
  )
  for (const { child } of racers) await child.stop()
  tell('sizes')
  const service = await startRacer('mt-paas')
  const sizes = await measureInTurn(
    lists.map((request) => ({ racer: service, request })),
    { ...options, load },
  )
  await service.child.stop()
  const allocated = await measureAllocation('mt-paas', load, quick ? 50 : 250)
  const allocatedRaw = await measureAllocation('node:http', load, quick ? 50 : 250)
  if (!quick) tell('profiles')
  const profiles = quick ? [] : [await profileTable(load, restRequests)]
  await load.stop()
  tell('starts')
  const start = await measureStart(quick ? 1 : 9)
  const limit = (name: string, value: number, target: Pick<Goal, 'target' | 'unit'>): Goal => {
    return { name, value, better: 'less', ...target }
  }
  return {
    name: 'curves',
    title: 'How cost grows',
    notes: [
      'CPU time of our server per request. Start is from the beginning of the process to its ' +
        'first answer; the service is JavaScript, as it is deployed.',
    ],
    tables: [
      curve('Routes: GET status, the route declared last', routers, routes),
      curve(
        'Size: GET users, so many of 230 bytes each',
        lists.map(({ name }) => name),
        sizes,
      ),
      {
        title: 'A service without a database',
        columns: ['', ''],
        rows: [
          ['start', `${figure(start.ms)} ms`],
          ['memory after it', `${figure(start.rss / 2 ** 20)} MB`],
          ['allocated per GET status', `${figure(allocated)} bytes`],
          ['the same by node:http', `${figure(allocatedRaw)} bytes`],
        ],
      },
      ...profiles,
    ],
    goals: [
      limit('200 routes: of 20', (routes.at(-1) ?? 0) / (routes[0] ?? 0), { target: 1.1, unit: ' ×' }),
      limit('start of a service', start.ms, { target: 350, unit: ' ms' }),
      limit('memory of a service', start.rss / 2 ** 20, { target: 90, unit: ' MB' }),
    ],
    data: { routes, sizes, allocated, allocatedRaw, start },
  }
}

function curve(title: string, points: readonly string[], micros: readonly number[]): Table {
  return { title, columns: ['', ...points], rows: [['µs', ...micros.map((value) => value.toFixed(1))]] }
}

interface Point {
  readonly racer: Racer
  readonly request: WireRequest
}

interface TurnOptions {
  readonly rounds: number
  readonly ms: number
  readonly load: Child
}

/** Medians of the CPU µs of a request, point by point. */
async function measureInTurn(points: readonly Point[], { rounds, ms, load }: TurnOptions): Promise<readonly number[]> {
  const micros = points.map((): number[] => [])
  for (let round = -2; round < rounds; round++) {
    for (const [at, { racer, request }] of points.entries()) {
      const { cpuMicros } = await measureSlice(racer, request, { load, ms: round < 0 ? 3 * ms : ms })
      if (round >= 0) micros[at]?.push(cpuMicros)
    }
  }
  return micros.map(median)
}

/** Bytes that a warm request allocates: measured in a young generation so large that nothing is collected. */
async function measureAllocation(name: ContenderName, load: Child, ms: number): Promise<number> {
  const flags = ['--min-semi-space-size=1024', '--max-semi-space-size=1024']
  const service = await startRacer(name, flags)
  let growth = 0
  for (let round = 0; round < 6; round++) growth = (await measureSlice(service, status, { load, ms })).heapGrowth
  await service.child.stop()
  return growth
}

async function measureStart(rounds: number) {
  const ms: number[] = []
  const rss: number[] = []
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now()
    const service = fork(COMPILED_SERVICE, { execArgv: [], env: { ...process.env, NODE_ENV: 'production' } })
    const [{ port }] = await once(service, 'message')
    const { status: answered } = await fetch(`http://127.0.0.1:${port}/mt/health`)
    if (answered !== 200) throw new Error(`The first answer was ${answered}`)
    ms.push(performance.now() - startedAt)
    service.send('usage')
    const [usage] = await once(service, 'message')
    rss.push(usage.rss)
    const gone = once(service, 'exit')
    service.disconnect()
    await gone
  }
  return { ms: median(ms), rss: median(rss) }
}
