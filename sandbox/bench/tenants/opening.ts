import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseManager } from '@mt-paas/core'
import { nameOf, type TenantBed } from './bed.ts'
import { ormEach } from './orm-each.ts'
import { thing } from './schema.ts'
import { heapUsed, timed } from './time.ts'

/** Of MikroORMs of their own, that many are opened at a time. */
const FEW = 12
const IDLE_TIMEOUT = 300

/**
 * Opening a tenant, ms and bytes of heap a tenant: shared metadata beside one MikroORM each. Half of the tenants are
 * opened before, so that what is made once, such as compiled code, does not count.
 */
export async function measureOpening(bed: TenantBed, ids: readonly string[]) {
  const databases = await bed.open(1, { connections: { budget: ids.length * 2, idleTimeout: IDLE_TIMEOUT } })
  const half = Math.ceil(ids.length / 2)
  const [before, counted] = [ids.slice(0, half), ids.slice(half)]
  for (let round = 0; round < 3; round++) await openAll(databases, before)
  const ours = await openAll(databases, counted)
  const first = await openEach(bed, before.slice(0, FEW))
  const each = await openEach(bed, counted.slice(0, FEW))
  for (const orm of [...first.orms, ...each.orms]) await orm.close()
  return {
    open: ours.ms / counted.length,
    openEach: each.ms,
    heap: ours.used / counted.length,
    heapEach: each.used,
    idle: Math.max(0, ours.idle / counted.length),
  }
}

async function openAll(databases: DatabaseManager, ids: readonly string[]) {
  const before = await heapUsed()
  const lent: ReturnType<typeof databases.lend>[] = []
  const ms = await timed(async () => {
    for (const id of ids) lent.push(databases.lend(nameOf(id)))
  })
  for (const { em } of lent) await em.findOne(thing, 1)
  const used = (await heapUsed()) - before
  for (const one of lent.splice(0)) await one.end()
  while (databases.gauges.pools > 0) await delay(IDLE_TIMEOUT / 6)
  return { ms, used, idle: (await heapUsed()) - before }
}

/** A tenant's share; what was opened stays open. */
async function openEach(bed: TenantBed, ids: readonly string[]) {
  const before = await heapUsed()
  const orms: Awaited<ReturnType<typeof ormEach>>[] = []
  const ms = await timed(async () => {
    for (const id of ids) orms.push(await ormEach(bed.urlOf(nameOf(id).databaseName)))
  })
  for (const orm of orms) await orm.em.fork().findOne(thing, 1)
  const used = (await heapUsed()) - before
  return { orms, ms: ms / ids.length, used: used / ids.length }
}
