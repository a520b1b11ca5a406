export type { ApiOptions, StandardApiOptions } from './api/api-options.ts'
export { logFailure } from './api/default-log.ts'
export { lifecycleApi, standardApi } from './api/standard-api.ts'
export { type BearerAuth, type BearerAuthOptions, bearerAuth } from './auth/bearer-auth.ts'
export type { AnonymousCaller, Caller, MarketCaller, UserCaller } from './auth/caller.ts'
export {
  assertRegistered,
  type CallbackAttempt,
  type CallbackProgress,
  type CallbackQueue,
  type CallbackSender,
  type CallbackSenderOptions,
  type CallbackSignature,
  callbackSender,
  type GuardedAnswer,
  GuardedFetchError,
  type GuardedFetchOptions,
  type GuardedFetchReason,
  guardedFetch,
  type KeptAttempt,
  type MemoryCallbackQueue,
  type MemoryCallbackQueueOptions,
  memoryCallbackQueue,
  type QueuedCallback,
  type ResolveHost,
  type SendCallbackOptions,
  type SignCallbackOptions,
  type SignedRequest,
  sendCallback,
  signCallback,
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookVerdict,
} from './callback/index.ts'
export type { Application } from './compat/application.ts'
export { type ApplicationStore, type AppliedTenant, memoryApplicationStore } from './compat/application-store.ts'
export { type CompatHandler, type MarketCompatOptions, marketCompatApi } from './compat/market-compat-api.ts'
export type { OnApplicationApproved } from './compat/provision-application.ts'
export type { CallbackOptions, WebhookOptions } from './compat/webhook-options.ts'
export { type OpenApiDocument, type OpenApiDocumentOptions, openApiDocument } from './document/index.ts'
export {
  FeatureDisabledError,
  normaliseError,
  QuotaExceededError,
  ResourceNotFoundError,
  StandardApiError,
  type StandardApiErrorOptions,
  TenantExistsError,
  TenantNotFoundError,
  TransitionRefusedError,
  UserExistsError,
  UserNotFoundError,
} from './error/index.ts'
export {
  defineHandler,
  defineLifecycleHandler,
  type HandlerContext,
  type LifecycleHandler,
  type LifecycleHooks,
  type Procedure,
  type ProcedureInput,
  type ProcedureOptions,
  type ProcedureOutput,
  type ProcedureResult,
  type Reply,
  type StandardHandler,
} from './handler/index.ts'
export type { Exchange } from './http/exchange.ts'
export { type RunningServer, type ServeOptions, serve } from './http/serve.ts'
export {
  type IdempotencyClaim,
  type IdempotencyStore,
  type IdempotentRequest,
  type MemoryIdempotencyOptions,
  memoryIdempotencyStore,
} from './idempotency/index.ts'
export { type RequestFailure, type RestMeta, type RestProjectionOptions, restProjection } from './rest/index.ts'
export { lifecycleRouter, type StandardRouter, standardRouter } from './router/standard-router.ts'
export {
  currentTenant,
  hasFeature,
  optionalTenant,
  requireTenant,
  runWithTenant,
  type TenantContext,
  type TenantContextOptions,
  type TenantLookup,
  type TenantLookupOptions,
  type TenantSource,
  tenantContext,
  tenantSources,
} from './tenant/index.ts'
