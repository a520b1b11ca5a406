import type { ServerUsage } from '../contender/contender-process.ts'
import type { ContenderName } from '../contender/contenders.ts'
import { median, type Spread, spread } from '../report/statistics.ts'
import { type Child, startChild } from '../run/child-process.ts'
import { type WireRequest, wireBytes } from '../service/requests.ts'
import type { LoadOrder, LoadReport } from './load-process.ts'

/** A running contender. */
export interface Racer {
  readonly name: ContenderName
  readonly port: number
  readonly child: Child
}

/** How long and how often is measured; ms. */
export interface ContestOptions {
  readonly rounds: number
  readonly sliceMs: number
  readonly tell: (text: string) => void
}

/** What one contender did with one request. */
export interface Standing {
  readonly contender: ContenderName
  readonly request: string
  /** Requests per second of the server's CPU time, the first contender of the same round being 1. */
  readonly ratio: Spread
  readonly cpuMicros: Spread
  readonly perSecond: number
  /** Latencies in ms at full load. */
  readonly p50: number
  readonly p99: number
}

export const CONNECTIONS = 32

export async function startRacer(name: ContenderName, flags: readonly string[] = []): Promise<Racer> {
  const module = new URL('../contender/contender-process.ts', import.meta.url)
  const child = await startChild(module, { args: [name], side: 'server', flags })
  return { name, child, port: await child.ask<number>('port') }
}

export function startLoad(): Promise<Child> {
  return startChild(new URL('./load-process.ts', import.meta.url), { side: 'load' })
}

interface Slice extends LoadReport {
  readonly cpuMicros: number
  /** Bytes by which the heap grew per request; without a collection in between, what a request allocates. */
  readonly heapGrowth: number
}

/**
 * Measures all contenders with one request after the other, every round in turn, so that what else the machine does
 * hits all of them alike.
 */
export async function contest(
  racers: readonly Racer[],
  requests: readonly WireRequest[],
  { rounds, sliceMs, tell }: ContestOptions,
): Promise<readonly Standing[]> {
  const load = await startLoad()
  const standings: Standing[] = []
  for (const request of requests) {
    tell(`${request.name}: ${racers.length} contenders, ${rounds} rounds of ${sliceMs} ms`)
    for (const racer of racers) await warmUp(racer, request, { load, ms: sliceMs })
    const slices = new Map<ContenderName, Slice[]>(racers.map(({ name }) => [name, []]))
    for (let round = 0; round < rounds; round++) {
      for (const racer of racers) {
        slices.get(racer.name)?.push(await measureSlice(racer, request, { load, ms: sliceMs }))
      }
    }
    const [reference = []] = slices.values()
    for (const [name, own] of slices) standings.push(standingOf(own, { name, request, reference }))
  }
  await load.stop()
  return standings
}

/** Requests until the compiler has seen enough, and the time (ms) after which a slow one need not go on. */
const WARM_REQUESTS = 30_000
const WARM_MS = 4000
/** Short slices are of a quick run, which has to take what it gets. */
const WARM_SLICES = { short: 2, long: 5 }
const SHORT_MS = 200

async function warmUp(racer: Racer, request: WireRequest, options: SliceOptions): Promise<void> {
  const endsAt =
    performance.now() + Math.min(WARM_MS, options.ms * (options.ms < SHORT_MS ? WARM_SLICES.short : WARM_SLICES.long))
  for (let sent = 0; sent < WARM_REQUESTS && performance.now() < endsAt; ) {
    sent += (await measureSlice(racer, request, options)).requests
  }
}

interface SliceOptions {
  readonly load: Child
  readonly ms: number
  readonly rate?: number
}

/** @throws Error when an answer is not 200 */
export async function measureSlice(
  { name, port, child }: Racer,
  request: WireRequest,
  { load, ms, rate }: SliceOptions,
): Promise<Slice> {
  const bytes = wireBytes(request).toString('base64')
  const order: LoadOrder = { port, request: bytes, ms, connections: CONNECTIONS, ...(rate && { rate }) }
  const before = await child.ask<ServerUsage>('usage')
  const report = await load.ask<LoadReport>('load', order)
  const after = await child.ask<ServerUsage>('usage')
  if (report.failures > 0) throw new Error(`${name}: ${report.failures} of ${request.name} failed`)
  const perRequest = (member: 'cpuMicros' | 'heapUsed') => (after[member] - before[member]) / report.requests
  return { ...report, cpuMicros: perRequest('cpuMicros'), heapGrowth: perRequest('heapUsed') }
}

interface StandingParts {
  readonly name: ContenderName
  readonly request: WireRequest
  readonly reference: readonly Slice[]
}

function standingOf(slices: readonly Slice[], { name, request, reference }: StandingParts): Standing {
  return {
    contender: name,
    request: request.name,
    ratio: spread(slices.map(({ cpuMicros }, round) => (reference[round]?.cpuMicros ?? Number.NaN) / cpuMicros)),
    cpuMicros: spread(slices.map(({ cpuMicros }) => cpuMicros)),
    perSecond: median(slices.map(({ requests, ms }) => (requests * 1000) / ms)),
    p50: median(slices.map(({ p50 }) => p50)),
    p99: median(slices.map(({ p99 }) => p99)),
  }
}
