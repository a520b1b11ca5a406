import { assertStorable, type EntityManager, type LifecycleHandlerParts, type MultiTenant } from '@mt-paas/core'
import type { AssistantDefinition } from './assistant-definition.ts'
import type { PasswordCost } from './login/password-hash.ts'

/** What the procedures of a service work with. */
export interface AssistantParts {
  readonly definition: AssistantDefinition
  readonly mt: LifecycleHandlerParts & Pick<MultiTenant, 'quota'>
  /** Where the tenant's people open the service. */
  readonly accessUrl: (tenantId: string) => string
  readonly now: () => Date
  /** A new unique id. */
  readonly newId: () => string
  /** @default PASSWORD_COST */
  readonly passwordCost?: PasswordCost | undefined
}

/**
 * Opens the tenant of a call.
 * @throws TenantNotFoundError, the error of the tenant's state, or 422 for an input that cannot be stored
 */
export async function openTenant(
  { mt }: Pick<AssistantParts, 'mt'>,
  input: { readonly tenant_id: string },
): Promise<EntityManager> {
  assertStorable(input)
  return mt.tenants.entityManager(input.tenant_id)
}
