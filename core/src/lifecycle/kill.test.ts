import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MultiTenant } from '../multi-tenant.ts'
import { addEffects } from './add-effects.test.support.ts'
import { type BundledProgram, bundledProgram } from './bundled-program.test.support.ts'
import { inconsistencies } from './consistency.test.support.ts'
import type { CrashChild } from './crash-child.test.support.ts'
import { type LifecycleBed, note, profile, startLifecycleBed } from './lifecycle-bed.test.support.ts'

/** How many processes are killed; CI kills 200. */
const KILLS = Number(process.env.MT_KILLS ?? 24)
/** How many activate one tenant at once. */
const PROCESSES = 20
const SEED = Number(process.env.MT_SEED ?? Date.now())
const AT_ONCE = 3
/** Tenants that a process works on when it is killed. */
const TENANTS = 3
/** Longest time (ms) for which a tenant may be in between. */
const STUCK = 15_000

const children = new Set<ChildProcess>()
let program: BundledProgram
let bed: LifecycleBed
let survivor: MultiTenant

beforeAll(async () => {
  const source = fileURLToPath(new URL('crash-child.test.support.ts', import.meta.url))
  ;[bed, program] = await Promise.all([startLifecycleBed(), bundledProgram(source)])
  survivor = await bed.open({
    provision: async (em) => {
      await em.upsert(note, { id: 'seed', text: 'seeded' })
    },
    reconcileInterval: 500,
    background: false,
  })
  await bed.query('create table effects (event_id text, name text, tenant_id text)', 'central')
  addEffects(survivor)
  await survivor.lifecycle.start()
  await survivor.lifecycle.activate(profile('first'))
})

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await bed?.stop()
  await program?.remove()
})

/** A process that has opened the central database and waits for its sign; on a machine at its limits, the next try. */
async function start(task: Omit<CrashChild, 'centralUrl'>): Promise<ChildProcess> {
  for (let tries = 1; ; tries += 1) {
    const child = spawnChild(task)
    const [ready] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    if (ready === 'ready') return child
    if (tries === 5) throw new Error(`A process ended before its start: ${ready}`)
  }
}

/** What is only prepared may be tried again when the server did not answer in time. */
async function prepared(id: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await survivor.lifecycle.activate(profile(id))
      return
    } catch (error) {
      if ((await survivor.tenants.find(id).catch(() => undefined))?.status === 'active') return
      if (tries === 5) throw error
      await delay(1_000)
    }
  }
}

function spawnChild(task: Omit<CrashChild, 'centralUrl'>): ChildProcess {
  const argument = JSON.stringify({ ...task, centralUrl: bed.urlOf('central') })
  const child = fork(program.path, [argument], { execArgv: [], stdio: 'inherit' })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

async function killed(task: Omit<CrashChild, 'centralUrl'>, after: number): Promise<void> {
  const child = await start(task)
  const exit = once(child, 'exit')
  child.send('go')
  await delay(after)
  child.kill('SIGKILL')
  await exit
}

/**
 * The tenants of a killed process once none of them is in between, and how long that took, in ms. The server may still
 * carry out what the process sent last: a tenant that is not there yet can come to be after this.
 */
async function settled(ids: readonly string[]) {
  const since = performance.now()
  for (;;) {
    const tenants = await Promise.all(ids.map((id) => survivor.tenants.find(id)))
    const unfinished = tenants.filter((tenant) => tenant?.operation)
    const time = performance.now() - since
    if (unfinished.length === 0) return { tenants, time }
    if (time > STUCK) throw new Error(`Stuck: ${JSON.stringify(unfinished)}`)
    await delay(100)
  }
}

describe(`${KILLS} processes killed at random moments (seed ${SEED})`, () => {
  it('lose no tenant, leave none stuck or double, and set off each effect once', { timeout: 3_600_000 }, async () => {
    const random = fc.sample(fc.record({ after: fc.nat(400), doomed: fc.boolean(), warmDatabases: fc.nat(1) }), {
      seed: SEED,
      numRuns: KILLS,
    })
    const queue = random.entries()
    let longest = 0
    const ended = { active: 0, purged: 0, none: 0 }
    async function check(ids: readonly string[], doomed: boolean) {
      const { tenants, time } = await settled(ids)
      longest = Math.max(longest, time)
      for (const [at, id] of ids.entries()) {
        const status = tenants[at]?.status ?? 'none'
        expect(doomed ? ['active', 'purged'] : ['none', 'active']).toContain(status)
        ended[status as keyof typeof ended]++
        if (status !== 'active') continue
        const name = { tenantId: id, databaseName: `tenant_${id}` }
        expect(await survivor.databases.withTenant(name, (em) => em.count(note))).toBe(1)
      }
    }
    const checks: Promise<void>[] = []
    async function work() {
      for (const [at, { after, doomed, warmDatabases }] of queue) {
        const ids = Array.from({ length: TENANTS }, (_, index) => `k${at}-${index}`)
        if (doomed) for (const id of ids) await prepared(id)
        await killed({ action: doomed ? 'delete' : 'activate', ids, warmDatabases }, after)
        checks.push(check(ids, doomed))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    await Promise.all(checks)

    // Effects of processes that were killed in the middle of one come when their heartbeat has ended.
    await expect
      .poll(() => bed.query(`select id from mt_jobs.job where state <> 'completed'`, 'central'), {
        timeout: 60_000,
        interval: 500,
      })
      .toEqual([])
    await expect.poll(() => inconsistencies(bed, survivor), { timeout: STUCK }).toEqual([])
    const [row] = await bed.query<Record<'events' | 'effects' | 'double', number>>(
      `select (select count(*) from tenant_events, jsonb_array_elements(events))::int as events,
        (select count(distinct event_id) from effects)::int as effects,
        (select count(*) from (select from effects group by tenant_id, name
          having count(distinct event_id) > 1) twice)::int as double`,
      'central',
    )
    expect(row?.effects).toBe(row?.events)
    expect(row?.double).toBe(0)
    process.stderr.write(`${KILLS} kills: ${JSON.stringify({ ...ended, ...row, longest: Math.round(longest) })}\n`)
  })
})

describe(`${PROCESSES} processes that activate the same tenant`, () => {
  it('make one database, and get no 5xx', { timeout: 120_000 }, async () => {
    const task = { action: 'activate', ids: ['crowded'], warmDatabases: 1 } as const
    const crowd: ChildProcess[] = []
    while (crowd.length < PROCESSES) crowd.push(...(await Promise.all([start(task), start(task)])))
    const answers = crowd.map(async (child): Promise<string[]> => {
      const answer = once(child, 'message')
      child.send('go')
      return (await answer)[0]
    })
    const outcomes = (await Promise.all(answers)).flat()
    for (const child of crowd) child.kill('SIGKILL')
    expect(outcomes).toHaveLength(PROCESSES)
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    const refusals = new Set(outcomes.filter((outcome) => outcome !== 'done'))
    for (const refusal of refusals) expect(['TENANT_EXISTS', 'OPERATION_IN_PROGRESS']).toContain(refusal)
    await expect.poll(() => inconsistencies(bed, survivor), { timeout: 15_000 }).toEqual([])
  })
})
