export { ApplicationInput, CustomInput, ServiceInput } from './application-input.ts'
export { compareAttempts, type Difference } from './compare-attempts.ts'
export type { DeliveryWithAttempts } from './delivery/deliveries.ts'
export { type FailureReason, failureReasons } from './delivery/failure-reason.ts'
export { answerText, judgeAnswer } from './delivery/read-answer.ts'
export type { TargetRule } from './delivery/target.ts'
export { type Engine, type EngineOptions, openEngine } from './engine.ts'
export { EngineError } from './engine-error.ts'
export {
  type ApplicationRecord,
  type AttemptRecord,
  applicationStates,
  type CallbackRecord,
  type DeliveryRecord,
  deliverySources,
  deliveryStates,
  type EventRecord,
  type ServiceRecord,
} from './entity/index.ts'
export type { EventHub } from './event-hub.ts'
export { type FaultPlan, type FaultPreset, faultPresets, usualRates } from './fault/fault-preset.ts'
export { scenarioNames } from './scenarios.ts'
export { DEFAULT_API_KEY } from './services.ts'
export type { Statistics } from './statistics.ts'
export type { Triggered } from './trigger.ts'
