import type { Access } from '../contract/index.ts'
import { StandardApiError } from '../error/index.ts'
import type { Caller } from './caller.ts'

/**
 * Checks that `caller` may use an operation with this rule.
 * @throws StandardApiError `FORBIDDEN`
 */
export function assertAccess(access: Access, caller: Caller): void {
  if (caller.kind !== 'user' || access === 'public' || access === 'tenant_user') return
  if (access === 'tenant_admin' && caller.role === 'admin') return
  throw StandardApiError.forbidden()
}

/**
 * Checks that a user's token belongs to the tenant of the request.
 * @throws StandardApiError `FORBIDDEN`
 */
export function assertOwnTenant(tenantId: string | undefined, caller: Caller): void {
  if (caller.kind !== 'user' || tenantId === undefined || caller.tenantId === tenantId) return
  throw StandardApiError.forbidden('This token belongs to another tenant')
}
