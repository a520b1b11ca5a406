import { StandardApiError } from './standard-api-error.ts'

/** The service does not know this tenant. */
export class TenantNotFoundError extends StandardApiError {
  constructor(tenantId: string) {
    super('TENANT_NOT_FOUND', `Tenant ${tenantId} not found`)
  }
}

/** The tenant is already active. */
export class TenantExistsError extends StandardApiError {
  constructor(tenantId: string) {
    super('TENANT_EXISTS', `Tenant ${tenantId} already exists`)
  }
}

/** The tenant has no such user. */
export class UserNotFoundError extends StandardApiError {
  constructor(userId: string) {
    super('USER_NOT_FOUND', `User ${userId} not found`)
  }
}

/** The tenant already has a user with this e-mail. */
export class UserExistsError extends StandardApiError {
  constructor(email: string) {
    super('USER_EXISTS', `User ${email} already exists`)
  }
}

/** The tenant has no such course, discussion, document or session. */
export class ResourceNotFoundError extends StandardApiError {
  constructor(resourceId: string) {
    super('RESOURCE_NOT_FOUND', `Resource ${resourceId} not found`)
  }
}

/** A limit of the tenant's plan is reached; `limit` in units of the resource. */
export class QuotaExceededError extends StandardApiError {
  constructor(resource: string, limit: number) {
    super('QUOTA_EXCEEDED', `${resource} quota exceeded (limit: ${limit})`, { details: { resource, limit } })
  }
}

/** The tenant's plan does not include this feature. */
export class FeatureDisabledError extends StandardApiError {
  constructor(feature: string) {
    super('FEATURE_DISABLED', `Feature ${feature} is disabled for this tenant`, { details: { feature } })
  }
}

/** The tenant's state or a hook does not allow the transition; the message reaches the caller. */
export class TransitionRefusedError extends StandardApiError {
  constructor(message: string) {
    super('TRANSITION_REFUSED', message)
  }
}
