export { defineEntity, type EntityClass, type EntitySchema, type InferEntity, LockMode, p } from '@mikro-orm/core'
export { Migration } from '@mikro-orm/migrations'
export { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql'
export type { TenantEventRecord } from './central/tenant-event-record.ts'
export { type PendingOperation, type TenantRecord, type TenantState, tenantStates } from './central/tenant-record.ts'
export { type CentralServer, type CentralServerOptions, centralServer } from './config/central-server.ts'
export { ConfigurationError, type ConfigurationProblem } from './config/configuration-error.ts'
export {
  type Configuration,
  type ConfiguredLimits,
  type Environment,
  readConfiguration,
} from './config/read-configuration.ts'
export { Secret } from './config/secret.ts'
export { RequestTenant } from './context/request-tenant.ts'
export type { ConnectionGauges } from './database/connection-gauges.ts'
export type { ConnectionLimits } from './database/connection-limits.ts'
export { DatabaseManager } from './database/database-manager.ts'
export type { DatabaseManagerOptions } from './database/database-manager-options.ts'
export type { TenantDatabaseName } from './database/make-database.ts'
export { openDatabaseManager } from './database/open-database-manager.ts'
export { Doctor } from './doctor/doctor.ts'
export { type Finding, type FindingKind, findingKinds, type TreatedFinding } from './doctor/finding.ts'
export {
  type EmbeddedServer,
  type EmbeddedServerOptions,
  type EmbeddedServerStep,
  startEmbeddedServer,
} from './embedded/embedded-server.ts'
export { EmbeddedServerError, type EmbeddedServerProblem } from './embedded/embedded-server-error.ts'
export { startTemporaryServer, type TemporaryServer } from './embedded/temporary-server.ts'
export { DatabaseGoneError, IsolationViolationError, LeaseEndedError } from './error/connection-errors.ts'
export { ForeignDatabaseError, ForeignRoleError } from './error/foreign-database-error.ts'
export { InvalidDatabasePrefixError } from './error/invalid-database-prefix-error.ts'
export { MoveRefusedError } from './error/move-refused-error.ts'
export { NotRunningError } from './error/not-running-error.ts'
export {
  InvalidCursorError,
  InvalidPageSizeError,
  InvalidQuantityError,
  InvalidSubscriptionError,
  OpenSubscriptionError,
  UnknownPlanError,
} from './error/plan-errors.ts'
export { InvalidServerError } from './error/server-errors.ts'
export {
  InvalidTenantIdError,
  OperationInProgressError,
  TenantDeletedError,
  TenantNotReadyError,
  TenantSuspendedError,
  TransitionNotAllowedError,
} from './error/tenant-errors.ts'
export { UnknownMigrationsError } from './error/unknown-migrations-error.ts'
export { BillingOptionsError, UsageBatchTooLargeError, UsageConflictError } from './error/usage-errors.ts'
export type { DriftedTenant, DriftReport } from './fleet/drift-report.ts'
export { Fleet, type FleetPlan, type PlannedTenant } from './fleet/fleet.ts'
export type { FleetProgress } from './fleet/fleet-progress.ts'
export type { FleetMigrationOptions, FleetMigrationReport } from './fleet/migrate-fleet.ts'
export type { OutdatedTenant } from './fleet/outdated-tenant.ts'
export {
  type LifecycleHandlerOptions,
  type LifecycleHandlerParts,
  lifecycleHandler,
  type ReadyHandler,
} from './handler/lifecycle-handler.ts'
export { assertStorable } from './handler/storable.ts'
export type { FailedJob } from './job/job-queue.ts'
export type {
  AfterEvent,
  AfterEventData,
  AfterEventName,
  AfterHook,
  BeforeEvent,
  BeforeEventName,
  BeforeHook,
  LifecycleHook,
  LifecycleHooks,
} from './lifecycle/lifecycle-event.ts'
export type {
  ActivatedTenant,
  ActivateOptions,
  DeleteOptions,
  OperationOptions,
} from './lifecycle/lifecycle-options.ts'
export type { LifecycleOptions } from './lifecycle/open-lifecycle.ts'
export type { ProvisionTenant } from './lifecycle/operation-steps.ts'
export { TenantLifecycle } from './lifecycle/tenant-lifecycle.ts'
export type { TenantProfile as TenantActivation } from './lifecycle/tenant-profile.ts'
export { allowedTransitions, tenantTransitions, wireState } from './lifecycle/tenant-transitions.ts'
export { type MultiTenant, type MultiTenantOptions, openMultiTenant } from './multi-tenant.ts'
export type { Entitlement } from './plan/entitlement.ts'
export { limitNames, type MetricQuota, type Plan, type PlanLimits } from './plan/plan.ts'
export { type PlanCatalogue, type PlanChange, type PlanOptions, planCatalogue } from './plan/plan-catalogue.ts'
export { type HeldRequest, Quota, type QuotaRequest, type QuotaWindow, type QuotaWindows } from './plan/quota.ts'
export { fromUsageLimits, toUsageLimits } from './plan/usage-limits.ts'
export type { NewServer, ServerRegistry } from './server/server-registry.ts'
export type { TenantServer } from './server/tenant-server.ts'
export { type MultiTenantService, type MultiTenantSetup, setupMultiTenant } from './setup-multi-tenant.ts'
export { canonicalEmail } from './tenant/canonical-email.ts'
export type { NewTenant } from './tenant/create-tenant.ts'
export type { SubscriptionStart } from './tenant/start-subscription.ts'
export type { PastSubscription, Subscription, SubscriptionStatus } from './tenant/subscription.ts'
export type { SubscriptionChange } from './tenant/subscription-change.ts'
export type { SubscribedTenant } from './tenant/subscription-store.ts'
export { type EndedSubscription, type ExpiryOutcome, Subscriptions } from './tenant/subscriptions.ts'
export {
  DEFAULT_DATABASE_PREFIX,
  isDatabasePrefix,
  isTenantId,
  tenantDatabaseName,
  tenantIdRule,
} from './tenant/tenant-id.ts'
export { type OpenTenantOptions, type TenantChange, TenantManager } from './tenant/tenant-manager.ts'
export type { TenantPage, TenantPageOptions } from './tenant/tenant-page.ts'
export type { Bill, BillLine } from './usage/bill.ts'
export type { DecimalText } from './usage/exact-decimal.ts'
export { defaultMetrics, type MetricDefinition, tokenMetrics } from './usage/metric.ts'
export type { BillingOptions, Rate } from './usage/rate-card.ts'
export type { UsageOutcome } from './usage/record-usage.ts'
export { monthSpan, type Span, statsSpan } from './usage/span.ts'
export { type TopUsersOptions, Usage, type UsageSettings } from './usage/usage.ts'
export type { UsageAttributes } from './usage/usage-attributes.ts'
export type { UsageRecord } from './usage/usage-record.ts'
export type { UsageDay, UsageTotals } from './usage/usage-sums.ts'
export type { UsageByUser, UserUsage } from './usage/user-usage.ts'
