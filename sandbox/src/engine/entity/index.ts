export { type AccountRecord, accountRecord } from './account-record.ts'
export {
  type ApplicationRecord,
  type ApplicationState,
  applicationRecord,
  applicationStates,
} from './application-record.ts'
export { type AttemptRecord, type AttemptState, attemptRecord, attemptStates } from './attempt-record.ts'
export { type CallbackRecord, type CallbackVerdict, callbackRecord } from './callback-record.ts'
export {
  type ConformanceRunRecord,
  type ConformanceState,
  type ConformanceSummary,
  conformanceResultRecord,
  conformanceRunRecord,
  conformanceStates,
} from './conformance-record.ts'
export {
  type DeliveryRecord,
  type DeliveryState,
  deliveryRecord,
  deliverySources,
  deliveryStates,
} from './delivery-record.ts'
export { type EventRecord, eventRecord } from './event-record.ts'
export { type MailRecord, type MailText, mailRecord } from './mail-record.ts'
export { type ReviewRecord, reviewRecord, reviewStates } from './review-record.ts'
export { type ServiceRecord, type Shape, serviceRecord } from './service-record.ts'
export { settingRecord } from './setting-record.ts'
export {
  type SubscriptionRecord,
  type SubscriptionState,
  subscriptionRecord,
  subscriptionStates,
} from './subscription-record.ts'
