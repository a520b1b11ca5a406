import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MultiTenant } from '../multi-tenant.ts'
import { inconsistencies } from './consistency.test.support.ts'
import { type LifecycleBed, note, profile, startLifecycleBed } from './lifecycle-bed.test.support.ts'
import type { ProvisionTenant } from './operation-steps.ts'
import { faultKinds, type PgFaults, pgFaults } from './pg-fault.test.support.ts'

/** With MT_FAULTS=all every kind of fault at every statement; else every second statement, the kinds taking turns. */
const ALL = process.env.MT_FAULTS === 'all'
const STRIDE = ALL ? 1 : 2
const HOUR = 3_600_000

let bed: LifecycleBed
let faults: PgFaults
/** The process that finds what the others left; an hour ahead, so that every wait is over. */
let survivor: MultiTenant
let tenants = 0

beforeAll(async () => {
  bed = await startLifecycleBed()
  faults = pgFaults(bed.urlOf('postgres'))
  const now = () => new Date(Date.now() + HOUR)
  survivor = await bed.open({ background: false, provision, now })
  // The template of the tenants' databases is there from now on, as it is in the field.
  await survivor.lifecycle.activate(profile('first'))
})

afterAll(() => bed?.stop())

const provision: ProvisionTenant = async (em) => {
  await em.upsert(note, { id: 'seed', text: 'seeded' })
}

type Operation = (core: MultiTenant, id: string) => Promise<unknown>

const activate: Operation = ({ lifecycle }, id) => lifecycle.activate(profile(id))
const suspend: Operation = ({ lifecycle }, id) => lifecycle.suspend(id, { reason: 'unpaid' })

const cases: readonly { name: string; before: readonly Operation[]; run: Operation; ends: readonly unknown[] }[] = [
  { name: 'activating', before: [], run: activate, ends: [undefined, 'active'] },
  { name: 'suspending', before: [activate], run: suspend, ends: ['active', 'suspended'] },
  {
    name: 'resuming',
    before: [activate, suspend],
    run: ({ lifecycle }, id) => lifecycle.resume(id),
    ends: ['suspended', 'active'],
  },
  {
    name: 'deleting with data kept',
    before: [activate, suspend],
    run: ({ lifecycle }, id) => lifecycle.delete(id),
    ends: ['suspended', 'deleted'],
  },
  {
    name: 'deleting for good',
    before: [activate],
    run: ({ lifecycle }, id) => lifecycle.delete(id, { hard: true }),
    ends: ['active', 'purged'],
  },
]

async function settle(id: string, ends: readonly unknown[]): Promise<string> {
  await expect
    .poll(
      async () => {
        await survivor.lifecycle.reconcile()
        return inconsistencies(bed, survivor)
      },
      { timeout: 15_000, interval: 50 },
    )
    .toEqual([])
  const status = (await survivor.tenants.find(id))?.status
  expect(ends).toContain(status)
  if (status === 'active') {
    const name = { tenantId: id, databaseName: `tenant_${id}` }
    expect(await survivor.databases.withTenant(name, (em) => em.count(note))).toBe(1)
  }
  return status ?? 'none'
}

describe.each(cases)('$name', ({ before, run, ends }) => {
  it('converges whatever happens at its statements', { timeout: 600_000 }, async () => {
    const seen = new Set<string>()
    let statement = 1
    for (let more = true; more; statement += STRIDE) {
      const kinds = ALL
        ? faultKinds
        : faultKinds.filter((_kind, at) => at === ((statement - 1) / STRIDE) % faultKinds.length)
      for (const kind of kinds) {
        const id = `t${++tenants}`
        for (const prepare of before) await prepare(survivor, id)
        const victim = await bed.open({ background: false, provision })
        const statements = await faults.during({ kind, at: statement }, () => run(victim, id))
        await victim.close()
        seen.add(await settle(id, ends))
        await survivor.lifecycle.delete(id, { hard: true }).catch(() => undefined)
        more &&= statements >= statement
      }
    }
    expect(statement).toBeGreaterThan(10)
    expect(seen).toEqual(new Set(ends.map((end) => end ?? 'none')))
  })
})
