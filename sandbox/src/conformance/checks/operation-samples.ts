import { type OperationName, operations } from '@mt-paas/server/contract'
import type { Capability } from '../capability-name.ts'
import type { CheckContext } from '../check-context.ts'
import type { CompatName, Members } from '../http/operation-request.ts'

/** A standard operation on a tenant. */
export type TenantOperation = Exclude<OperationName, 'checkHealth'>

/** Id of a user that no tenant has. */
export const UNKNOWN_USER = 'user_that_never_was'

/** Every standard operation on a tenant. */
export const tenantOperations = Object.keys(operations).filter(
  (name): name is TenantOperation => name !== 'checkHealth',
)

const lifecycle: ReadonlySet<string> = new Set([
  'activateTenant',
  'deactivateTenant',
  'getTenantStatus',
  'getTenantUsage',
])
const billing: ReadonlySet<string> = new Set(['getBillingUsage', 'getBillingDetail'])

/** The parts a service must have for an operation. */
export function needsOf(operation: TenantOperation): readonly Capability[] {
  if (lifecycle.has(operation)) return ['standard']
  return billing.has(operation) ? ['standard', 'billing'] : ['standard', 'v2']
}

/** `getTenantStats` as `get-tenant-stats`. */
export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** Members beside the tenant that make a right request; the user need not exist. */
export function sampleMembers(operation: TenantOperation, ctx: CheckContext): Members {
  switch (operation) {
    case 'activateTenant': {
      const { tenant_id: _, ...rest } = ctx.activation('')
      return rest
    }
    case 'deactivateTenant':
      return { reason: 'admin_request', preserve_data: true }
    case 'createUser':
      return { email: ctx.newEmail(), name: '시험 사용자' }
    case 'getUser':
    case 'deleteUser':
      return { user_id: UNKNOWN_USER }
    case 'updateUser':
      return { user_id: UNKNOWN_USER, name: '시험 사용자' }
    case 'getTenantUsage':
    case 'getBillingUsage':
    case 'getBillingDetail':
      return { period: '2026-01' }
    default:
      return {}
  }
}

/** The compat reads of one tenant, and what a service must have for them. */
export const compatReads = Object.freeze([
  ['stats', 'compat'],
  ['users', 'compat'],
  ['courses', 'compat'],
  ['discussions', 'compat'],
  ['tenantStatus', 'simulatorReads'],
  ['tenantStats', 'simulatorReads'],
  ['tenantUsers', 'simulatorReads'],
] as const satisfies readonly (readonly [CompatName, Capability])[])
