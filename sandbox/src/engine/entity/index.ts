export {
  type ApplicationRecord,
  type ApplicationState,
  applicationRecord,
  applicationStates,
} from './application-record.ts'
export { type AttemptRecord, type AttemptState, attemptRecord, attemptStates } from './attempt-record.ts'
export { type CallbackRecord, type CallbackVerdict, callbackRecord } from './callback-record.ts'
export { type DeliveryRecord, type DeliveryState, deliveryRecord, deliveryStates } from './delivery-record.ts'
export { type EventRecord, eventRecord } from './event-record.ts'
export { type ServiceRecord, type Shape, serviceRecord } from './service-record.ts'
export { settingRecord } from './setting-record.ts'
