export type { OperationName, StandardRouter } from '@mt-paas/server/contract'
export { type CallbackAuthOptions, callbackAuth, type VerifiedCallback } from './callback/callback-auth.ts'
export {
  type CallbackStore,
  type MemoryCallbackStoreOptions,
  memoryCallbackStore,
  type StoredAnswer,
} from './callback/callback-store.ts'
export {
  type CallbackCredentials,
  type CallbackRequest,
  type CallbackVerdict,
  type VerifyCallbackOptions,
  verifyCallback,
} from './callback/verify-callback.ts'
export type { CallIdentity } from './error/call-identity.ts'
export { relayedStatus } from './error/relayed-status.ts'
export { isServiceError, ServiceError } from './error/service-error.ts'
export { type ClientErrorCode, clientErrorCodes, type ServiceErrorCode } from './error/service-error-code.ts'
export {
  type Connections,
  dispatcherConnections,
  type Lease,
  type PooledConnectionsOptions,
  pooledConnections,
} from './http/connections.ts'
export type { ContractOptions, ContractWarning } from './link/contract-check.ts'
export { type OpenApiRoutesOptions, routesFromOpenApi } from './link/openapi-routes.ts'
export type { Protocol } from './link/protocol.ts'
export { type RestLinkOptions, restLink } from './link/rest-link.ts'
export type { RestRoute, RestRoutes } from './link/rest-route.ts'
export type { BillingSummary } from './market/billing-summary.ts'
export type {
  FanOut,
  FanOutOptions,
  FanOutStatus,
  ServiceFailure,
  ServiceResult,
  ServiceSuccess,
} from './market/fan-out.ts'
export type { ServiceBill } from './market/service-bill.ts'
export {
  type BillingSummaryOptions,
  type RegisteredService,
  type RegisterServiceOptions,
  ServiceMarketClient,
  type ServiceMarketClientOptions,
} from './market/service-market-client.ts'
export { type MarketApiOptions, marketApi } from './market-api/market-api.ts'
export type { MarketRouter } from './market-api/market-router.ts'
export type { BreakerOptions, ResilienceOptions, RetryMutations } from './resilience/resilience-options.ts'
export type { Call, CallInput, CallOptions, CallResult, ServiceCall } from './service/service-call.ts'
export { ServiceClient } from './service/service-client.ts'
export type { ServiceClientOptions, ServiceOptions } from './service/service-options.ts'
