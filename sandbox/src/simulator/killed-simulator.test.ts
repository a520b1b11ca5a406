import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../conformance/seeded-random.ts'
import type { Statistics } from '../engine/index.ts'
import {
  APPROVED,
  applicationIdOf,
  call,
  type RecordingService,
  startRecordingService,
} from './recording-service.test.support.ts'
import type { ResultView } from './views.ts'

/** How often the simulator is killed; `MT_SIMULATOR_KILLS=100` for the long run. */
const KILLS = Number(process.env.MT_SIMULATOR_KILLS ?? 4)
const LAUNCHER = fileURLToPath(new URL('../../bin/mt-paas.js', import.meta.url))
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ok!').toString('base64')}`
const A_ROUND = 20
const random = seededRandom('kills')
let folder: string
let service: RecordingService
let child: ChildProcess | undefined
let requestsLeft = Number.POSITIVE_INFINITY

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mt-paas-killed-'))
  service = await startRecordingService(async () => {
    requestsLeft -= 1
    // While it waits for this answer.
    if (requestsLeft === 0) child?.kill('SIGKILL')
    await delay(2)
    return APPROVED
  })
})

afterEach(() => void child?.kill('SIGKILL'))

afterAll(async () => {
  await service?.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<string> {
  const started = spawn(
    process.execPath,
    [
      '--conditions=mt-paas-source',
      LAUNCHER,
      'simulator',
      ...['--port', '0', '--file', join(folder, 'kept.sqlite'), '--target', service.url],
      ...['--signing-secret', SECRET, '--json'],
    ],
    { env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  child = started
  let output = ''
  let errors = ''
  started.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    started.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (!output.includes('}')) return
      const { url }: { readonly url: string } = JSON.parse(output)
      resolve(url)
    })
    // Interrupted attempts go out at once, so it may be killed before it says that it is up.
    started.once('exit', (code, signal) =>
      signal === 'SIGKILL' ? resolve('') : reject(new Error(`${code}: ${errors}`)),
    )
  })
}

async function settled(url: string): Promise<Statistics> {
  for (;;) {
    const statistics = (await call(url, '/stats')).json as unknown as Statistics
    if (statistics.deliveries.waiting + statistics.deliveries.sending === 0) return statistics
    await delay(50)
  }
}

async function everyResult(url: string): Promise<readonly ResultView[]> {
  const all: ResultView[] = []
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const { results } = (await call(url, `/results?limit=500&before=${before}`)).json as unknown as {
      results: ResultView[]
    }
    if (results.length === 0) return all
    all.push(...results)
    before = results.at(-1)?.sequence ?? 0
  }
}

describe('a simulator that is killed while it delivers', () => {
  it(`loses nothing and repeats nothing under a new id (${KILLS} kills)`, {
    timeout: 60_000 + KILLS * 15_000,
  }, async () => {
    const acknowledged = new Set<number>()
    for (let kill = 0; kill < KILLS; kill++) {
      requestsLeft = 1 + random.integer(A_ROUND)
      const url = await start()
      const gone = child && once(child, 'exit')
      if (url !== '') {
        const numbers = Array.from({ length: A_ROUND }, (_, index) => 10_000 + kill * A_ROUND + index)
        const applying = numbers.map(async (application_id) => {
          const { status } = await call(url, '/applications/demo', { body: { application_id } })
          if (status === 200) acknowledged.add(application_id)
          await call(url, `/applications/${application_id}/send`, { body: {} })
        })
        await Promise.allSettled(applying)
      }
      if (child?.signalCode === null) await gone
    }
    requestsLeft = Number.POSITIVE_INFINITY
    const url = await start()
    // Those that were applied for but not sent when it was killed.
    for (const id of acknowledged) {
      const { json } = await call(url, `/results/application/${id}`)
      if ((json.results as unknown[]).length === 0) await call(url, `/applications/${id}/send`, { body: {} })
    }
    const statistics = await settled(url)
    const results = await everyResult(url)

    const seen = new Map<number, Set<string>>()
    for (const request of service.requests) {
      const id = applicationIdOf(request)
      seen.set(id, (seen.get(id) ?? new Set()).add(String(request.headers['webhook-id'])))
    }
    expect([...seen.values()].every((ids) => ids.size === 1)).toBe(true)
    expect(new Map(results.map(({ application_id, id }) => [application_id, id]))).toEqual(
      new Map([...seen].map(([application, [id]]) => [application, id])),
    )
    expect(results.every(({ state }) => state === 'delivered')).toBe(true)
    expect([...acknowledged].filter((id) => !seen.has(id))).toEqual([])
    expect(statistics.attempts.interrupted).toBeGreaterThanOrEqual(KILLS)
    expect(statistics.attempts.sending).toBe(0)
    expect(statistics.applications.completed).toBe(statistics.applications.total)

    child?.kill('SIGINT')
    expect(child && (await once(child, 'exit'))).toEqual([0, null])
  })
})
