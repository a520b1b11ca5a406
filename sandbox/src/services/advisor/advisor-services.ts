import type { EntityManager, TenantLifecycle, TenantManager } from '@mt-paas/core'
import { StandardApiError } from '@mt-paas/server'

/** What the Advisor's procedures work with. */
export interface AdvisorServices {
  readonly tenants: TenantManager
  readonly lifecycle: TenantLifecycle
  /** Where the tenant's people open the Advisor. */
  readonly accessUrl: (tenantId: string) => string
  readonly now: () => Date
  /** A new unique id. */
  readonly newId: () => string
}

/** The input of any procedure on a tenant. */
interface TenantCall {
  readonly tenant_id: string
}

/**
 * Opens the tenant of a call.
 * @throws TenantNotFoundError, the error of the tenant's state, or 422 for an input that cannot be stored
 */
export async function openTenant(
  { tenants }: AdvisorServices,
  input: TenantCall,
  options: { readonly retained?: boolean } = {},
): Promise<EntityManager> {
  assertStorable(input)
  return tenants.entityManager(input.tenant_id, options)
}

/**
 * PostgreSQL has no place for the character U+0000, which JSON text may hold.
 * @throws StandardApiError 422 that says where it is
 */
export function assertStorable(input: object): void {
  const place = placeOfNul(input)
  if (place) throw StandardApiError.invalidRequest([{ loc: ['body', ...place], message: 'Holds the character U+0000' }])
}

function placeOfNul(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value.includes('\0') ? [] : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, member] of Object.entries(value)) {
    if (key.includes('\0')) return []
    const place = placeOfNul(member)
    if (place) return [key, ...place]
  }
  return undefined
}
