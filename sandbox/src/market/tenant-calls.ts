import { isServiceError, type ServiceClient } from '@mt-paas/client'
import { FeatureFlags } from '@mt-paas/server/contract'
import type { AccountRecord, SubscriptionRecord } from '../engine/entity/index.ts'
import type { Plan } from './service-manifest.ts'

/** Whose tenant is made to work, and with what. */
export interface ActivateTenantOptions {
  readonly subscription: Pick<SubscriptionRecord, 'tenantId'>
  readonly account: Pick<AccountRecord, 'university' | 'email' | 'name'>
  readonly plan: Plan
}

/**
 * Makes a tenant work; one that works already is as it should be. Gives its address, null when the service tells none.
 * @throws ServiceError
 */
export async function activate(
  client: ServiceClient,
  { subscription, account, plan }: ActivateTenantOptions,
): Promise<string | null> {
  try {
    const { access_url } = await client.activateTenant({
      tenant_id: subscription.tenantId,
      tenant_name: account.university,
      plan: plan.id,
      features: plan.features,
      config: {},
      contact: { email: account.email, name: account.name },
    })
    return access_url === '' ? null : access_url
  } catch (error) {
    if (isServiceError(error, 'TENANT_EXISTS')) return null
    throw error
  }
}

/** How a tenant is made to stop. */
export interface DeactivateTenantOptions {
  readonly tenantId: string
  readonly reason: 'subscription_expired' | 'admin_request' | 'violation'
  /** @default true */
  readonly preserveData?: boolean
}

/**
 * Makes a tenant stop; false when the service does not know it.
 * @throws ServiceError
 */
export async function deactivate(
  client: ServiceClient,
  { tenantId, reason, preserveData = true }: DeactivateTenantOptions,
): Promise<boolean> {
  try {
    await client.deactivateTenant({ tenant_id: tenantId, reason, preserve_data: preserveData })
    return true
  } catch (error) {
    if (isServiceError(error, 'TENANT_NOT_FOUND')) return false
    throw error
  }
}

/**
 * Gives a tenant what its plan says: limits, and switches for features that are named.
 * @returns why the service did not take it, null when it did or there was nothing to say
 */
export async function applyPlan(
  client: ServiceClient,
  tenantId: string,
  { limits, features }: Plan,
): Promise<string | null> {
  const hasLimits = Object.keys(limits).length > 0
  if (!hasLimits && features.length === 0) return null
  const usual = Object.fromEntries(Object.keys(FeatureFlags.shape).map((name) => [name, features.includes(name)]))
  const named = Object.fromEntries(features.map((name) => [name, true]))
  try {
    await client.updateSettings({
      tenant_id: tenantId,
      ...(hasLimits && { limits }),
      ...(features.length > 0 && { features: { ...usual, ...named } }),
    })
    return null
  } catch (error) {
    if (!isServiceError(error)) throw error
    return `updateSettings: ${error.code} ${error.message}`
  }
}
