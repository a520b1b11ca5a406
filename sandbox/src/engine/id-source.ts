import { seededRandom } from '../conformance/seeded-random.ts'
import type { IdSource } from './engine-parts.ts'
import { applicationRecord, deliveryRecord } from './entity/index.ts'
import type { Store } from './store/store.ts'

/** The market counts its applications from here. */
const FIRST_APPLICATION = 1_000
const ID_LENGTH = 26

/** Goes on counting where the store is; ids of deliveries depend on the seed and their number alone. */
export async function openIdSource(store: Store, seed: string): Promise<IdSource> {
  const em = store.reader()
  const [newest] = await em.find(applicationRecord, {}, { orderBy: { id: 'desc' }, limit: 1 })
  const [last] = await em.find(deliveryRecord, {}, { orderBy: { sequence: 'desc' }, limit: 1 })
  let application = Math.max(newest?.id ?? 0, FIRST_APPLICATION - 1)
  let sequence = last?.sequence ?? 0
  return {
    application(wanted) {
      if (wanted === undefined) application += 1
      else application = Math.max(application, wanted)
      return wanted ?? application
    },
    delivery() {
      sequence += 1
      return { sequence, id: `msg_${seededRandom(`${seed}/${sequence}`).word(ID_LENGTH)}` }
    },
  }
}
