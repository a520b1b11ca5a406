import { StandardApiError } from '@mt-paas/server'

/** The id cannot name a tenant database; 422, before anything is looked up. */
export class InvalidTenantIdError extends StandardApiError {
  constructor() {
    super(
      'INVALID_TENANT_ID',
      'A tenant id is 1 to 48 characters of a-z, 0-9, - and _, begins and ends with a letter or digit, and is not reserved',
    )
  }
}

/** The tenant is being made; 503 with `Retry-After`. */
export class TenantNotReadyError extends StandardApiError {
  constructor(tenantId: string) {
    super('SERVICE_UNAVAILABLE', `Tenant ${tenantId} is being provisioned, try again later`, {
      headers: { 'Retry-After': '1' },
    })
  }
}

/** The tenant may not be used for now; 403. */
export class TenantSuspendedError extends StandardApiError {
  constructor(tenantId: string) {
    super('TENANT_SUSPENDED', `Tenant ${tenantId} is suspended`)
  }
}

/** The tenant was deactivated; 410. Its data may still be kept. */
export class TenantDeletedError extends StandardApiError {
  constructor(tenantId: string) {
    super('TENANT_DELETED', `Tenant ${tenantId} was deactivated`)
  }
}

/** Another operation on the same tenant still runs; 409 with `Retry-After`. */
export class OperationInProgressError extends StandardApiError {
  constructor(tenantId: string) {
    super('OPERATION_IN_PROGRESS', `Another operation on tenant ${tenantId} is still running, try again later`, {
      headers: { 'Retry-After': '1' },
    })
  }
}

/** A transition in the words of the wire. */
export interface RefusedTransition {
  readonly status: string
  readonly to: string
  /** What the tenant could become instead. */
  readonly allowed: readonly string[]
}

/** The tenant's state does not allow the transition; 409, with the allowed ones in `details`. */
export class TransitionNotAllowedError extends StandardApiError {
  constructor(tenantId: string, { status, to, allowed }: RefusedTransition) {
    super(
      'TRANSITION_REFUSED',
      `Tenant ${tenantId} is ${status} and cannot become ${to}${hint(allowed.filter((one) => one !== status))}`,
      { details: { status, to, allowed } },
    )
  }
}

function hint(allowed: readonly string[]): string {
  return allowed.length === 0 ? '' : `; it can become ${allowed.join(' or ')}`
}
