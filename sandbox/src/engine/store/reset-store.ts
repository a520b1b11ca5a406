import {
  accountRecord,
  applicationRecord,
  attemptRecord,
  callbackRecord,
  conformanceResultRecord,
  conformanceRunRecord,
  deliveryRecord,
  eventRecord,
  mailRecord,
  reviewRecord,
  settingRecord,
  subscriptionRecord,
} from '../entity/index.ts'
import type { Store } from './store.ts'

/** Deletes all but the services and the seed. `epoch` keeps ids from coming again: services remember them. */
export function resetStore(store: Store, epoch: number): Promise<void> {
  return store.transaction(async (em) => {
    await em.nativeDelete(conformanceResultRecord, {})
    await em.nativeDelete(conformanceRunRecord, {})
    await em.nativeDelete(mailRecord, {})
    await em.nativeDelete(reviewRecord, {})
    await em.nativeDelete(subscriptionRecord, {})
    await em.nativeDelete(accountRecord, {})
    await em.nativeDelete(attemptRecord, {})
    await em.nativeDelete(deliveryRecord, {})
    await em.nativeDelete(applicationRecord, {})
    await em.nativeDelete(callbackRecord, {})
    await em.nativeDelete(eventRecord, {})
    await em.nativeDelete(settingRecord, { name: { $in: ['clock', 'faults', 'schedule'] } })
    await em.upsert(settingRecord, { name: 'epoch', value: epoch })
  })
}
