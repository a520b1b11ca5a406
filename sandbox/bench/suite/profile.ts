import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureSlice, startRacer } from '../load/contest.ts'
import type { Table } from '../report/report.ts'
import type { Child } from '../run/child-process.ts'
import type { WireRequest } from '../service/requests.ts'

/** The parts of V8's CPU profile that are read. */
interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[]
  readonly samples: readonly number[]
  /** µs since the sample before. */
  readonly timeDeltas: readonly number[]
}

interface CallFrame {
  readonly functionName: string
  readonly url: string
}

/** Percentages by part of the program, for one request. */
type Parts = ReadonlyMap<string, number>

/** Slices of this many ms are not looked at, until the compiler has seen enough. */
const WARM_MS = 3_000
const SLICE_MS = 1_000
const SLICES = 6
/** Less than this many percent are told together. */
const SMALLEST = 0.5

/** Where our server spends the CPU time of some requests, by profiles of V8. */
export async function profileTable(load: Child, requests: readonly WireRequest[]): Promise<Table> {
  const profiles = new Map<string, Parts>()
  for (const request of requests) profiles.set(`${request.method} ${request.name}`, await profileOf(load, request))
  const [first = new Map<string, number>(), ...others] = profiles.values()
  const names = new Set([...first, ...others.flatMap((parts) => [...parts])].map(([name]) => name))
  const most = (name: string) => Math.max(...[...profiles.values()].map((parts) => parts.get(name) ?? 0))
  const told = [...names].filter((name) => most(name) >= SMALLEST).sort((a, b) => most(b) - most(a))
  const rest = (parts: Parts) => [...parts].reduce((sum, [name, part]) => (told.includes(name) ? sum : sum + part), 0)
  const row = (name: string, partOf: (parts: Parts) => number) => {
    return [name, ...[...profiles.values()].map((parts) => partOf(parts).toFixed(1))]
  }
  return {
    title: 'Where the time goes: CPU profile of our server, %',
    columns: ['', ...profiles.keys()],
    rows: [...told.map((name) => row(name, (parts) => parts.get(name) ?? 0)), row('everything else', rest)],
  }
}

async function profileOf(load: Child, request: WireRequest): Promise<Parts> {
  const folder = await mkdtemp(join(tmpdir(), 'mt-paas-profile-'))
  try {
    const racer = await startRacer('mt-paas', ['--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${folder}`])
    await measureSlice(racer, request, { load, ms: WARM_MS })
    for (let slice = 0; slice < SLICES; slice++) await measureSlice(racer, request, { load, ms: SLICE_MS })
    await racer.child.stop()
    const [file = ''] = await readdir(folder)
    return partsOf(JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function partsOf({ nodes, samples, timeDeltas }: CpuProfile): Parts {
  const parts = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]))
  const micros = new Map<string, number>()
  const passed = timeDeltas.reduce((sum, delta) => sum + delta, 0)
  let before = passed - SLICES * SLICE_MS * 1_000
  let total = 0
  for (const [at, id] of samples.entries()) {
    const delta = timeDeltas[at] ?? 0
    before -= delta
    const part = parts.get(id)
    if (before > 0 || part === undefined) continue
    micros.set(part, (micros.get(part) ?? 0) + delta)
    total += delta
  }
  return new Map([...micros].map(([part, time]) => [part, (100 * time) / total]))
}

/** Undefined for time that nothing was done in. */
function partOf({ functionName, url }: CallFrame): string | undefined {
  if (functionName === '(idle)' || functionName === '(root)') return undefined
  if (functionName === '(garbage collector)') return 'garbage collection'
  if (functionName === '(program)') return 'native code, reading and parsing HTTP among it'
  if (/^write(?:Latin1|Utf8)String$/.test(functionName)) return 'writing to the socket, the kernel among it'
  const ours = /\/server\/(?:src|dist)\/([^/]+)\//.exec(url)?.[1]
  if (ours !== undefined) return ours === 'rest' ? 'ours: rest/, JSON among it' : `ours: ${ours}/`
  if (functionName.startsWith('isExact')) return 'ours: generated checks'
  if (url.includes('/bench/')) return 'the handler of the benchmark'
  const packageName = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]
  if (packageName !== undefined) return packageName
  return 'node:http, node:net, node:stream and timers'
}
