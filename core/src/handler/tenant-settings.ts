import { FeatureDisabledError, type ProcedureInput, type ProcedureResult, StandardApiError } from '@mt-paas/server'
import { Branding, TenantConfig } from '@mt-paas/server/contract'
import { tenantStateError } from '../context/tenant-state-error.ts'
import type { MultiTenant } from '../multi-tenant.ts'
import { type Entitlement, entitlementOf, isEntitled } from '../plan/entitlement.ts'
import { fromUsageLimits, toUsageLimits } from '../plan/usage-limits.ts'
import type { SubscribedTenant } from '../tenant/subscription-store.ts'

/** What settings are made of. */
export type SettingsParts = Pick<MultiTenant, 'tenants' | 'subscriptions' | 'plans' | 'databases'>

type Settings = ProcedureResult<'getSettings'>
type SettingsChange = ProcedureInput<'updateSettings'>

/**
 * A tenant's settings: features and limits are those of its subscription, its look is its own.
 * @throws TenantNotFoundError, or the error of the tenant's state
 */
export async function readSettings(parts: SettingsParts, tenantId: string): Promise<Settings> {
  const subscribed = await usableTenant(parts, tenantId)
  const { tenant, subscription } = subscribed
  const { features, limits } = entitlement(parts, subscribed)
  const sent = TenantConfig.pick({ max_users: true, max_storage_mb: true }).safeParse(tenant.config)
  return {
    tenant_id: tenantId,
    config: {
      ...(sent.success && sent.data),
      features,
      limits: toUsageLimits(limits),
      branding: await readBranding(parts, subscribed),
    },
    subscription: {
      plan: subscription.plan,
      start_date: subscription.startDate,
      end_date: subscription.endDate,
      auto_renew: subscription.autoRenew,
    },
  }
}

/**
 * Changes what is named and leaves the rest.
 * @param own whether a person of the tenant asks, who can switch on only what the subscription includes
 * @throws TenantNotFoundError, the error of the tenant's state, FeatureDisabledError, StandardApiError
 */
export async function changeSettings(parts: SettingsParts, change: SettingsChange, own: boolean): Promise<void> {
  const tenantId = change.tenant_id
  const subscribed = await usableTenant(parts, tenantId)
  const features = named(change.features) as Record<string, boolean>
  const limits = fromUsageLimits(named(change.limits))
  if (own) assertOwnChange(entitlement(parts, withoutFeatures(subscribed)), features, limits)
  if (Object.keys(features).length > 0 || Object.keys(limits).length > 0) {
    await parts.subscriptions.change(tenantId, { features, limits })
  }
  const branding = named(change.branding)
  if (Object.keys(branding).length === 0) return
  const start = { ...(await readBranding(parts, subscribed)), ...branding }
  await parts.databases.central().execute(
    `insert into tenant_settings (tenant_id, branding, updated_at) values (?, ?::jsonb, now())
      on conflict (tenant_id) do update set branding = tenant_settings.branding || ?::jsonb, updated_at = now()`,
    [tenantId, JSON.stringify(start), JSON.stringify(branding)],
  )
}

async function usableTenant({ tenants }: SettingsParts, tenantId: string): Promise<SubscribedTenant> {
  const subscribed = await tenants.withSubscription(tenantId)
  const refusal = tenantStateError(subscribed.tenant)
  if (refusal) throw refusal
  return subscribed
}

function entitlement({ plans }: SettingsParts, { tenant, subscription }: SubscribedTenant): Entitlement {
  const { plan, limits, features } = subscription
  return entitlementOf(plans, { tenantId: tenant.id, plan, listed: tenant.features, limits, features })
}

/** What the plan and the market give; what is switched off can be switched on again. */
function withoutFeatures({ tenant, subscription }: SubscribedTenant): SubscribedTenant {
  const granted = Object.entries(subscription.features).filter(([, on]) => on)
  return { tenant, subscription: { ...subscription, features: Object.fromEntries(granted) } }
}

function assertOwnChange(allowed: Entitlement, features: Record<string, boolean>, limits: object): void {
  if (Object.keys(limits).length > 0) throw StandardApiError.forbidden('Only the market changes limits')
  const beyond = Object.keys(features).find((name) => features[name] === true && !isEntitled(allowed, name))
  if (beyond !== undefined) throw new FeatureDisabledError(beyond)
}

/** What the tenant chose, or else what the market sent when it was activated. */
async function readBranding({ databases }: SettingsParts, { tenant }: SubscribedTenant): Promise<Branding | null> {
  const [chosen] = await databases
    .central()
    .execute<{ branding: unknown }[]>('select branding from tenant_settings where tenant_id = ?', [tenant.id])
  const branding = Branding.safeParse(chosen ? chosen.branding : tenant.config.branding)
  return branding.success ? branding.data : null
}

/** The members that a change names. */
function named(change: object | null | undefined): object {
  return Object.fromEntries(Object.entries(change ?? {}).filter(([, value]) => value !== undefined))
}
