import {
  applicationRecord,
  attemptRecord,
  callbackRecord,
  deliveryRecord,
  eventRecord,
  settingRecord,
} from '../entity/index.ts'
import type { Store } from './store.ts'

/** Deletes all but the services and the seed. `epoch` keeps ids from coming again: services remember them. */
export function resetStore(store: Store, epoch: number): Promise<void> {
  return store.transaction(async (em) => {
    await em.nativeDelete(attemptRecord, {})
    await em.nativeDelete(deliveryRecord, {})
    await em.nativeDelete(applicationRecord, {})
    await em.nativeDelete(callbackRecord, {})
    await em.nativeDelete(eventRecord, {})
    await em.nativeDelete(settingRecord, { name: { $in: ['clock', 'faults'] } })
    await em.upsert(settingRecord, { name: 'epoch', value: epoch })
  })
}
