export { BillingInfo, BillingItem, UsageMetric, UsageReport } from './billing.ts'
export { CompatTenant, CompatTenantList, compatOperations } from './compat.ts'
export { ErrorBody, ErrorCode, errorCodes, ValidationIssue } from './error.ts'
export { HealthResponse, HealthState } from './health.ts'
export { TenantId, TenantInput, UserId } from './id.ts'
export type { Access, Method, Operation } from './operation.ts'
export { lifecycleOperations, type OperationName, type Operations, operations } from './operations.ts'
export { Page } from './page.ts'
export { isPeriod, PERIOD_MESSAGE, Period, StatsPeriod } from './period.ts'
export { ListResourcesInput, ResourceItem, ResourceStats, ResourcesResponse, ResourceType } from './resources.ts'
export { retryAfterMs } from './retry-after.ts'
export { LONGEST_RETRY_AFTER, RETRY_SCHEDULE } from './retry-schedule.ts'
export {
  Branding,
  BrandingPatch,
  FeatureFlags,
  FeatureFlagsPatch,
  SettingsResponse,
  SubscriptionInfo,
  TenantConfig,
  UpdateSettingsInput,
  UpdateSettingsRequest,
  UsageLimits,
  UsageLimitsPatch,
} from './settings.ts'
export {
  type ReceivedHeaders,
  readSignatureHeaders,
  SIGNATURE_HEADERS,
  SIGNATURE_TOLERANCE,
  type SignatureClaim,
  type SignatureTime,
} from './signature-headers.ts'
export type { StandardRouter } from './standard-router.ts'
export {
  CostsResponse,
  DailyCost,
  DailyTrend,
  HealthStatus,
  ModelCost,
  StatsInput,
  StatsResponse,
  StatsSummary,
  TopUser,
  TopUsersInput,
  TopUsersResponse,
  UserCost,
} from './stats.ts'
export {
  ActivateRequest,
  ActivateResponse,
  ContactInfo,
  DeactivateInput,
  DeactivateRequest,
  DeactivateResponse,
  StatusResponse,
} from './tenant.ts'
export { PeriodInput, UsageData, UsageResponse } from './usage.ts'
export {
  CreateUserInput,
  CreateUserRequest,
  CreateUserResponse,
  DeleteUserResponse,
  ListUsersInput,
  UpdateUserInput,
  UpdateUserRequest,
  UserInfo,
  UserInput,
  UserRole,
  UserStatus,
  UsersListResponse,
  UserUsage,
} from './users.ts'
export {
  AdminCredentials,
  Applicant,
  ApplicationKind,
  AppliedService,
  FlatWebhook,
  NestedWebhook,
  ProvisionCallback,
  WebhookAnswer,
  WebhookStatus,
} from './webhook.ts'
export { webhookSecret } from './webhook-secret.ts'
