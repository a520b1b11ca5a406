import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MultiTenant } from '../multi-tenant.ts'
import { inconsistencies } from './consistency.test.support.ts'
import { type LifecycleBed, note, startLifecycleBed } from './lifecycle-bed.test.support.ts'
import {
  type ExpectedTenant,
  hasData,
  KEPT_DAYS,
  type Operation,
  operations,
  type Status,
} from './lifecycle-operations.test.support.ts'
import { type Fault, faultKinds, type PgFaults, pgFaults } from './pg-fault.test.support.ts'

/** A seed that has found a mistake is added here and stays. */
const SEEDS = [3, 20_260_131, 66_734_473, 1_795_324_141]
/** More runs, of seeds that are not stored. */
const RUNS = Number(process.env.MT_MODEL_RUNS ?? 0)
const MORE = Array.from({ length: RUNS }, (_, index) => (Date.now() + index * 7_919) % 2_147_483_647)
const DAY = 86_400_000

let bed: LifecycleBed
let faults: PgFaults
let clock = Date.parse('2026-01-31T09:00:00Z')
const now = () => new Date(clock)
/** The process that lives on. */
let core: MultiTenant
let runs = 0

beforeAll(async () => {
  bed = await startLifecycleBed()
  faults = pgFaults(bed.urlOf('postgres'))
  core = await bed.open({ background: false, now })
})

afterAll(() => bed?.stop())

type Model = Record<string, ExpectedTenant>
interface World {
  readonly run: number
  /** What was done. */
  readonly log: string[]
}

function nameOf({ run }: World, slot: string): string {
  return `m${run}-${slot}`
}

async function statusOf(id: string): Promise<Status> {
  return (await core.tenants.find(id))?.status ?? 'none'
}

async function countNotes(id: string): Promise<number> {
  return core.databases.withTenant({ tenantId: id, databaseName: `tenant_${id}` }, (em) => em.count(note))
}

/** Lets everything that is due be done, and what was to be purged be purged. */
async function settle(model: Model): Promise<void> {
  await expect
    .poll(
      async () => {
        // Longer than any wait between two attempts.
        clock += 301_000
        await core.lifecycle.reconcile()
        return inconsistencies(bed, core)
      },
      { timeout: 15_000, interval: 20 },
    )
    .toEqual([])
  for (const tenant of Object.values(model)) {
    if (tenant.status === 'deleted' && !hasData(tenant, clock)) Object.assign(tenant, { status: 'purged', notes: 0 })
  }
}

interface Choice {
  readonly operation: Operation
  readonly slot: string
  readonly fault: Fault | null
  /** 0 is bold. */
  readonly bold: number
}

class Operate implements fc.AsyncCommand<Model, World> {
  readonly #operation: Operation
  readonly #slot: string
  readonly #fault: Fault | undefined
  readonly #bold: boolean

  constructor({ operation, slot, fault, bold }: Choice) {
    this.#operation = operation
    this.#slot = slot
    this.#fault = fault ?? undefined
    this.#bold = bold === 0
  }

  /** What is refused is tried as well, but less often. */
  check(model: Readonly<Model>): boolean {
    const tenant = model[this.#slot]
    return this.#bold || (tenant !== undefined && this.#operation.next(tenant, clock) !== undefined)
  }

  async run(model: Model, world: World): Promise<void> {
    world.log.push(`${this}`)
    const id = nameOf(world, this.#slot)
    const tenant = model[this.#slot]
    if (!tenant) throw new Error('No such slot')
    const before = { ...tenant }
    const next = this.#operation.next(tenant, clock)
    const kept = hasData(tenant, clock) ? tenant.notes : 0
    const until = clock + KEPT_DAYS * DAY
    if (this.#fault) await this.#struck(id)
    else await this.#done(id, next)
    const status = await statusOf(id)
    expect(this.#fault ? [before.status, next, ...this.#between(before)] : [next ?? before.status]).toContain(status)
    const isNew = before.status !== 'deleted' && status === 'deleted'
    Object.assign(tenant, { status, notes: status === 'purged' ? 0 : kept, ...(isNew && { keptUntil: until }) })
    if (this.#fault) await settleStruck(tenant, id, { before, next })
    await this.#look(id, tenant)
  }

  async #done(id: string, next: Status | undefined): Promise<void> {
    const outcome = await this.#operation.run(core, id).then(
      () => undefined,
      (error: { status?: number }) => error.status,
    )
    if (next === undefined) expect([404, 409]).toContain(outcome)
    else expect(outcome).toBeUndefined()
  }

  async #struck(id: string): Promise<void> {
    const victim = await bed.open({ background: false, now })
    await faults.during(this.#fault, () => this.#operation.run(victim, id))
    await victim.close()
  }

  /** States on the way that a fault may leave. */
  #between({ status }: ExpectedTenant): Status[] {
    return this.#operation.name === 'activate' || this.#operation.name === 'provision'
      ? ['provisioning', ...(status === 'deleted' ? (['purged'] as const) : [])]
      : this.#operation.name === 'delete for good'
        ? ['deleted']
        : []
  }

  async #look(id: string, { status, notes }: ExpectedTenant): Promise<void> {
    if (status !== 'active') return
    expect(await countNotes(id)).toBe(notes)
  }

  toString(): string {
    const { kind, at } = this.#fault ?? {}
    return `${this.#operation.name} ${this.#slot}${kind ? ` (${kind} at ${at})` : ''}`
  }
}

/** What a fault has cut off ends by itself, in the state before or in the next one. */
async function settleStruck(
  tenant: ExpectedTenant,
  id: string,
  { before, next }: { readonly before: ExpectedTenant; readonly next: Status | undefined },
): Promise<void> {
  await settle({ tenant })
  const status = await statusOf(id)
  const expected: (Status | undefined)[] = [before.status, next]
  // The time that the wait takes may end what is kept; an activation that has begun may have removed it first.
  if (before.status === 'deleted' || next === 'deleted') expected.push('purged')
  expect(expected).toContain(status)
  tenant.status = status
  if (status === 'purged' || status === 'none') tenant.notes = 0
}

class Write implements fc.AsyncCommand<Model, World> {
  readonly #slot: string

  constructor(slot: string) {
    this.#slot = slot
  }

  check(model: Readonly<Model>): boolean {
    return model[this.#slot]?.status === 'active'
  }

  async run(model: Model, world: World): Promise<void> {
    const tenant = model[this.#slot]
    if (!tenant) throw new Error('No such slot')
    const id = nameOf(world, this.#slot)
    world.log.push(`${this}`)
    const row = { id: `n${tenant.notes}`, text: 'written' }
    await core.databases.withTenant({ tenantId: id, databaseName: `tenant_${id}` }, (em) => em.insert(note, row))
    tenant.notes++
  }

  toString(): string {
    return `write ${this.#slot}`
  }
}

class Wait implements fc.AsyncCommand<Model, World> {
  check(): boolean {
    return true
  }

  async run(model: Model, world: World): Promise<void> {
    world.log.push(`${this}`)
    clock += DAY
    await settle(model)
    for (const [slot, { status }] of Object.entries(model)) expect(await statusOf(nameOf(world, slot))).toBe(status)
  }

  toString(): string {
    return 'wait a day'
  }
}

const slot = fc.constantFrom('a', 'b')
const at = fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 45 }))
const fault = fc.record({ kind: fc.constantFrom(...faultKinds), at })
const operate = fc
  .record({ operation: fc.constantFrom(...operations), slot, fault: fc.option(fault, { freq: 2 }), bold: fc.nat(5) })
  .map((choice) => new Operate(choice))
const command = fc.oneof(
  { weight: 12, arbitrary: operate },
  { weight: 2, arbitrary: slot.map((of) => new Write(of)) },
  { weight: 1, arbitrary: fc.constant(new Wait()) },
)
const commands = fc.array<fc.AsyncCommand<Model, World>>(command, { minLength: 80, maxLength: 80 })

describe('the lifecycle behaves as its model, with crashes', () => {
  it.each([...SEEDS, ...MORE])('seed %d', { timeout: 300_000 }, async (seed) => {
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        const world: World = { run: ++runs, log: [] }
        const fresh = (): ExpectedTenant => ({ status: 'none', keptUntil: 0, notes: 0 })
        try {
          await fc.asyncModelRun(() => ({ model: { a: fresh(), b: fresh() }, real: world }), list)
        } catch (error) {
          throw new Error(`After ${world.log.join(', ')}`, { cause: error })
        }
        for (const name of ['a', 'b']) {
          await core.lifecycle.delete(nameOf(world, name), { hard: true }).catch(() => undefined)
        }
      }),
      { seed, numRuns: 1, endOnFailure: true },
    )
  })
})
