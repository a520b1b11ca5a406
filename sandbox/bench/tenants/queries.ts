import type { EntityManager } from '@mikro-orm/postgresql'
import { Client, Pool } from 'pg'
import { median } from '../report/statistics.ts'
import { nameOf, type TenantBed } from './bed.ts'
import { thing } from './schema.ts'
import { forAll, timed } from './time.ts'

const LANES = 16
const ROUNDS = 7
const SQL = 'select id, name from asked_things where id = $1'
const ORM_SQL = SQL.replace('$1', '?')

/** How many queries are asked: unmeasured, until all code is compiled, and in each of the rounds that are measured. */
export interface QueryOrder {
  readonly before: number
  readonly measured: number
}

/** Queries a second over all tenants with open connections, and a first query that has to connect, ms. */
export async function measureQueries(bed: TenantBed, ids: readonly string[], { before, measured }: QueryOrder) {
  const databases = await bed.open(1, { connections: { budget: ids.length * 3, perTenant: 3 } })
  const pools = ids.map((id) => new Pool({ connectionString: bed.urlOf(nameOf(id).databaseName), max: 3 }))
  const leased = (ask: (em: EntityManager, id: number) => Promise<unknown>) => (queries: number) =>
    forAll(numbers(queries), LANES, (at) =>
      databases.withTenant(nameOf(ids[at % ids.length] ?? ''), (em) => ask(em, (at % 100) + 1)),
    )
  const ours = leased((em, id) => em.findOne(thing, id))
  const entities = leased(async (em, id) => {
    const [row] = await em.execute<{ id: number; name: string }[]>(ORM_SQL, [id])
    if (row) em.map(thing, row)
  })
  const statements = leased((em, id) => em.execute(ORM_SQL, [id]))
  const raw = (queries: number) =>
    forAll(numbers(queries), LANES, async (at) => pools[at % ids.length]?.query(SQL, [(at % 100) + 1]))
  await ours(before)
  await raw(before)
  await statements(before)
  await entities(before)
  const rounds: { raw: number; ours: number; statements: number; entities: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      raw: await raw(measured),
      ours: await ours(measured),
      statements: await statements(measured),
      entities: await entities(measured),
    })
  }
  for (const pool of pools) await pool.end()
  const ratioOf = (way: 'ours' | 'statements' | 'entities') => median(rounds.map((one) => one.raw / one[way]))
  const warm = {
    perSecond: (measured * 1000) / median(rounds.map((one) => one.ours)),
    ratio: ratioOf('ours'),
    statementRatio: ratioOf('statements'),
    entityRatio: ratioOf('entities'),
  }
  return { ...warm, ...(await measureCold(bed, ids)) }
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at)
}

async function measureCold(bed: TenantBed, ids: readonly string[]) {
  await coldQueries(bed, ids)
  const pairs = [...(await coldQueries(bed, ids)), ...(await coldQueries(bed, ids.toReversed()))]
  return {
    cold: median(pairs.map(({ ours }) => ours)),
    rawCold: median(pairs.map(({ raw }) => raw)),
    coldRatio: median(pairs.map(({ ours, raw }) => ours / raw)),
  }
}

/** A first query of each tenant, ms, beside the same by raw pg; each comes first in one half. */
async function coldQueries(bed: TenantBed, ids: readonly string[]) {
  const databases = await bed.open(1)
  await databases.central().execute('select 1')
  const ours = (id: string) => timed(() => databases.withTenant(nameOf(id), (em) => em.findOne(thing, 1)))
  const raw = (id: string) =>
    timed(async () => {
      const client = new Client(bed.urlOf(nameOf(id).databaseName))
      await client.connect()
      await client.query(SQL, [1])
      client.end().catch(() => undefined)
    })
  const pairs: { ours: number; raw: number }[] = []
  for (const [at, id] of ids.entries()) {
    const oursFirst = at % 2 === 0 ? await ours(id) : undefined
    pairs.push({ raw: await raw(id), ours: oursFirst ?? (await ours(id)) })
  }
  return pairs
}
