export { defineEntity, type EntityClass, type EntitySchema, type InferEntity, LockMode, p } from '@mikro-orm/core'
export { Migration } from '@mikro-orm/migrations'
export { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql'
export { type TenantRecord, type TenantState, tenantStates } from './central/tenant-record.ts'
export type { DatabaseManagerOptions } from './database/database-manager.ts'
export {
  type EmbeddedServer,
  type EmbeddedServerOptions,
  type EmbeddedServerStep,
  startEmbeddedServer,
} from './embedded/embedded-server.ts'
export { EmbeddedServerError, type EmbeddedServerProblem } from './embedded/embedded-server-error.ts'
export { startTemporaryServer, type TemporaryServer } from './embedded/temporary-server.ts'
export { ForeignDatabaseError } from './error/foreign-database-error.ts'
export {
  InvalidTenantIdError,
  OperationInProgressError,
  TenantDeletedError,
  TenantNotReadyError,
  TenantSuspendedError,
} from './error/tenant-errors.ts'
export {
  type ActivatedTenant,
  type ProvisionTenant,
  type TenantActivation,
  TenantLifecycle,
} from './lifecycle/tenant-lifecycle.ts'
export { type MultiTenant, type MultiTenantOptions, openMultiTenant } from './multi-tenant.ts'
export { canonicalEmail } from './tenant/canonical-email.ts'
export { isTenantId, tenantDatabaseName, tenantIdRule } from './tenant/tenant-id.ts'
export { type OpenTenantOptions, TenantManager } from './tenant/tenant-manager.ts'
