import { canonicalEmail, type EntityManager, type TenantRecord, wireState } from '@mt-paas/core'
import type { StandardHandler } from '@mt-paas/server'
import { type AdvisorServices, assertStorable } from './advisor-services.ts'
import { SETTINGS_ID, tenantSettings, user } from './entity/index.ts'
import { firstConfig } from './settings-procedures.ts'
import { wireTime } from './wire-time.ts'

type LifecycleProcedures = Pick<StandardHandler, 'activateTenant' | 'deactivateTenant' | 'getTenantStatus'>

/** Beginning and end of a tenant, and how it stands. */
export function lifecycleProcedures(services: AdvisorServices): LifecycleProcedures {
  const { lifecycle, tenants, accessUrl } = services
  return {
    async activateTenant({ input }) {
      assertStorable(input)
      const { tenant_id, tenant_name, plan, features, config, contact } = input
      const { outcome } = await lifecycle.activate({
        id: tenant_id,
        name: tenant_name,
        plan,
        features,
        config: config ?? {},
        contact,
      })
      const message = outcome === 'resumed' ? `${tenant_name} 재활성화 완료` : `${tenant_name} 활성화 완료`
      return { success: true, tenant_id, access_url: accessUrl(tenant_id), message }
    },

    async deactivateTenant({ input: { tenant_id, preserve_data } }) {
      const { status, dataRetentionUntil } = await lifecycle.deactivate(tenant_id, { preserveData: preserve_data })
      return {
        success: true,
        tenant_id,
        status: wireState(status),
        data_preserved: Boolean(dataRetentionUntil),
        data_retention_until: dataRetentionUntil ? wireTime(dataRetentionUntil) : null,
      }
    },

    async getTenantStatus({ input: { tenant_id } }) {
      const { status, plan, features, createdAt, updatedAt } = await tenants.get(tenant_id)
      return {
        tenant_id,
        status: wireState(status),
        plan,
        features,
        created_at: wireTime(createdAt),
        updated_at: wireTime(updatedAt),
      }
    },
  }
}

/** Gives a new tenant its settings and its first user, the contact; what is there already stays. */
export function provisionAdvisor({ now, newId }: Pick<AdvisorServices, 'now' | 'newId'>) {
  return async function provision(em: EntityManager, tenant: TenantRecord): Promise<void> {
    const at = now()
    await em.transactional(async (transaction) => {
      await transaction.upsert(
        tenantSettings,
        { id: SETTINGS_ID, config: firstConfig(tenant.config), updatedAt: at },
        { onConflictAction: 'ignore' },
      )
      const emailKey = canonicalEmail(tenant.contactEmail)
      if (await transaction.count(user, { emailKey })) return
      transaction.create(user, {
        id: `user_${newId()}`,
        email: tenant.contactEmail,
        emailKey,
        name: tenant.contactName,
        role: 'admin',
        status: 'active',
        passwordHash: null,
        createdAt: at,
        lastLogin: null,
      })
    })
  }
}
