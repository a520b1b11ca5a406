export type { CallbackQueue, KeptAttempt, QueuedCallback } from './callback-queue.ts'
export {
  type CallbackProgress,
  type CallbackSender,
  type CallbackSenderOptions,
  callbackSender,
} from './callback-sender.ts'
export { type GuardedAnswer, type GuardedFetchOptions, guardedFetch } from './guarded-fetch.ts'
export { GuardedFetchError, type GuardedFetchReason } from './guarded-fetch-error.ts'
export {
  type MemoryCallbackQueue,
  type MemoryCallbackQueueOptions,
  memoryCallbackQueue,
} from './memory-callback-queue.ts'
export { assertRegistered } from './registered-origin.ts'
export type { ResolveHost } from './resolve-target.ts'
export { type CallbackAttempt, type SendCallbackOptions, sendCallback } from './send-callback.ts'
export { type CallbackSignature, type SignCallbackOptions, signCallback } from './sign-callback.ts'
export {
  type SignedRequest,
  signingSecrets,
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookVerdict,
} from './verify-webhook.ts'
