import type { DatabaseManager } from '@mt-paas/core'
import { median } from '../report/statistics.ts'
import { nameOf, type TenantBed } from './bed.ts'
import { timed } from './time.ts'

/** So many of each are made before, so that their code is compiled and their plans are made. */
const BEFORE = 5

/** Medians in ms of what a new tenant waits for, and of a bare `CREATE DATABASE … TEMPLATE` on an open session. */
export async function measureProvisioning(bed: TenantBed, count: number) {
  const warm = await measureClaims(bed, BEFORE + count)
  const databases = await bed.open(1)
  const { bare, cold } = await bed.session(async (client) => {
    const template = await templateName(databases)
    const times = { bare: [] as number[], cold: [] as number[] }
    for (let at = 0; at < BEFORE + count; at++) {
      const create = `create database bare_${at} template "${template}"`
      times.bare.push(await timed(() => client.query(create)))
      await bed.addTenant(databases, `cold_${at}`)
      times.cold.push(await timed(() => bed.makeDatabase(databases, `cold_${at}`)))
    }
    return times
  })
  return { bare: middle(bare), cold: middle(cold), warm }
}

async function measureClaims(bed: TenantBed, count: number): Promise<number> {
  const databases = await bed.open(1, { warmDatabases: count })
  await databases.refillWarmPool()
  const times: number[] = []
  for (let at = 0; at < count; at++) {
    const claim = () =>
      databases.central().transactional(async (em) => {
        if (!(await databases.claimWarm(em, nameOf(`warm_${at}`)))) throw new Error('The warm pool was empty')
      })
    times.push(await timed(claim))
  }
  // What takes their place would be made beside the next measurement.
  await databases.close()
  return middle(times)
}

async function templateName(databases: DatabaseManager): Promise<string> {
  const [row] = await databases
    .central()
    .execute<{ name: string }[]>(
      `select datname as name from pg_database where datistemplate and datname like 'mt_template%'`,
    )
  return String(row?.name)
}

function middle(times: readonly number[]): number {
  return median(times.slice(BEFORE))
}
