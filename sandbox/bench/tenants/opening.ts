import { nameOf, type TenantBed } from './bed.ts'
import { ormEach } from './orm-each.ts'
import { thing } from './schema.ts'
import { heapUsed, timed } from './time.ts'

/** Opening a tenant, ms and bytes of heap a tenant: shared metadata beside one MikroORM each. */
export async function measureOpening(bed: TenantBed, ids: readonly string[]) {
  const databases = await bed.open(1, { connections: { budget: ids.length * 2, idleTimeout: 300 } })
  const url = (id: string) => bed.urlOf(nameOf(id).databaseName)
  const [first = ''] = ids
  await databases.withTenant(nameOf(first), (em) => em.findOne(thing, 1))
  const warm = await ormEach(url(first))
  await warm.close()

  const before = await heapUsed()
  const lent: ReturnType<typeof databases.lend>[] = []
  const openMs = await timed(async () => {
    for (const id of ids) lent.push(databases.lend(nameOf(id)))
  })
  for (const { em } of lent) await em.findOne(thing, 1)
  const used = (await heapUsed()) - before
  for (const one of lent) await one.end()
  lent.length = 0
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const idle = (await heapUsed()) - before

  const few = ids.slice(0, 12)
  const start = await heapUsed()
  const orms: Awaited<ReturnType<typeof ormEach>>[] = []
  const eachMs = await timed(async () => {
    for (const id of few) orms.push(await ormEach(url(id)))
  })
  for (const orm of orms) await orm.em.fork().findOne(thing, 1)
  const each = (await heapUsed()) - start
  for (const orm of orms) await orm.close()
  return {
    open: openMs / ids.length,
    openEach: eachMs / few.length,
    heap: used / ids.length,
    heapEach: each / few.length,
    idle: Math.max(0, idle / ids.length),
  }
}
