import { type EntityManager, LockMode, type TenantRecord } from '@mt-paas/core'
import type { StandardHandler } from '@mt-paas/server'
import { TenantConfig, type UpdateSettingsRequest } from '@mt-paas/server/contract'
import { type AdvisorServices, openTenant } from './advisor-services.ts'
import { SETTINGS_ID, tenantSettings } from './entity/index.ts'
import { wireDate } from './wire-time.ts'

type SettingsProcedures = Required<Pick<StandardHandler, 'getSettings' | 'updateSettings'>>

/** The tenant's settings, kept in its own database. */
export function settingsProcedures(services: AdvisorServices): SettingsProcedures {
  return {
    async getSettings({ input }) {
      const em = await openTenant(services, input)
      const { config } = await em.findOneOrFail(tenantSettings, { id: SETTINGS_ID })
      return answer(await services.tenants.get(input.tenant_id), config)
    },

    async updateSettings({ input }) {
      const em = await openTenant(services, input)
      const config = await changeConfig(em, input, services.now())
      return answer(await services.tenants.get(input.tenant_id), config)
    },
  }
}

/** Changes at the same time follow each other, so that none is lost. */
function changeConfig(em: EntityManager, patch: UpdateSettingsRequest, now: Date): Promise<TenantConfig> {
  return em.transactional(async (transaction) => {
    const lockMode = LockMode.PESSIMISTIC_WRITE
    const settings = await transaction.findOneOrFail(tenantSettings, { id: SETTINGS_ID }, { lockMode })
    settings.config = merged(settings.config, patch)
    settings.updatedAt = now
    return settings.config
  })
}

function merged(config: TenantConfig, { features, limits, branding }: UpdateSettingsRequest): TenantConfig {
  return TenantConfig.parse({
    ...config,
    features: { ...config.features, ...named(features) },
    limits: { ...config.limits, ...named(limits) },
    branding: branding ? { ...config.branding, ...named(branding) } : config.branding,
  })
}

/** The members that a patch names. */
function named(patch: object | null | undefined): object {
  return Object.fromEntries(Object.entries(patch ?? {}).filter(([, value]) => value !== undefined))
}

/** The configuration a tenant begins with: the members of the market's that fit, defaults for the rest. */
export function firstConfig(sent: Readonly<Record<string, unknown>>): TenantConfig {
  const members = Object.entries(TenantConfig.shape).flatMap(([name, schema]) => {
    const result = schema.safeParse(sent[name])
    return result.success ? [[name, result.data]] : []
  })
  return TenantConfig.parse(Object.fromEntries(members))
}

function answer({ id, plan, createdAt, expiresAt }: TenantRecord, config: TenantConfig) {
  const end_date = expiresAt ? wireDate(expiresAt) : null
  return { tenant_id: id, config, subscription: { plan, start_date: wireDate(createdAt), end_date } }
}
