import { Client, Pool } from 'pg'
import { median } from '../report/statistics.ts'
import { nameOf, type TenantBed } from './bed.ts'
import { thing } from './schema.ts'
import { forAll, timed } from './time.ts'

const LANES = 16
const SQL = 'select id, name from asked_things where id = $1'

/** Queries a second over all tenants with open connections, and a first query that has to connect, ms. */
export async function measureQueries(bed: TenantBed, ids: readonly string[], rounds: number) {
  const databases = await bed.open(1, { connections: { budget: ids.length * 3, perTenant: 3 } })
  const pools = ids.map((id) => new Pool({ connectionString: bed.urlOf(nameOf(id).databaseName), max: 3 }))
  const asked = Array.from({ length: rounds * ids.length }, (_, at) => at)
  const ours = () =>
    forAll(asked, LANES, (at) =>
      databases.withTenant(nameOf(ids[at % ids.length] ?? ''), (em) => em.findOne(thing, (at % 100) + 1)),
    )
  const raw = () => forAll(asked, LANES, async (at) => pools[at % ids.length]?.query(SQL, [(at % 100) + 1]))
  await ours()
  await raw()
  const ratios: number[] = []
  const perSecond: number[] = []
  for (let round = 0; round < 5; round++) {
    const [rawMs, oursMs] = [await raw(), await ours()]
    ratios.push(rawMs / oursMs)
    perSecond.push((asked.length * 1000) / oursMs)
  }
  for (const pool of pools) await pool.end()
  return { ratio: median(ratios), perSecond: median(perSecond), ...(await measureCold(bed, ids)) }
}

async function measureCold(bed: TenantBed, ids: readonly string[]) {
  const databases = await bed.open(1)
  await databases.central().execute('select 1')
  const cold: number[] = []
  const raw: number[] = []
  for (const id of ids) {
    cold.push(await timed(() => databases.withTenant(nameOf(id), (em) => em.findOne(thing, 1))))
    raw.push(
      await timed(async () => {
        const client = new Client(bed.urlOf(nameOf(id).databaseName))
        await client.connect()
        await client.query(SQL, [1])
        client.end().catch(() => undefined)
      }),
    )
  }
  return { cold: median(cold), rawCold: median(raw) }
}
