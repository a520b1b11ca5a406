import { median } from '../report/statistics.ts'
import { nameOf, type TenantBed } from './bed.ts'
import { timed } from './time.ts'

/** Medians in ms of what a new tenant waits for, in turn with a bare `CREATE DATABASE … TEMPLATE`. */
export async function measureProvisioning(bed: TenantBed, count: number) {
  const databases = await bed.open(1, { warmDatabases: count })
  await databases.refillWarmPool()
  const template = await bed.session(async (client) => {
    const { rows } = await client.query('select datname from pg_database where datistemplate and datname like $1', [
      'mt_template%',
    ])
    return String(rows[0]?.datname)
  })
  const empty = await bed.open(1)
  const bare: number[] = []
  const cold: number[] = []
  const warm: number[] = []
  for (let at = 0; at < count; at++) {
    const create = `create database bare_${at} template "${template}"`
    bare.push(await bed.session((client) => timed(() => client.query(create))))
    cold.push(await timed(() => bed.provision(empty, [`cold_${at}`])))
    const name = nameOf(`warm_${at}`)
    warm.push(
      await timed(async () => {
        const claimed = await databases.central().transactional((em) => databases.claimWarm(em, name))
        if (!claimed) throw new Error('The warm pool was empty')
      }),
    )
  }
  return { template, bare: median(bare), cold: median(cold), warm: median(warm) }
}
