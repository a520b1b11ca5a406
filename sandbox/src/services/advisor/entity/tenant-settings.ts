import { defineEntity, p } from '@mt-paas/core'
import type { TenantConfig } from '@mt-paas/server/contract'

/** The only row of the tenant's settings has this id. */
export const SETTINGS_ID = 1

/** The tenant's configuration. */
export const tenantSettings = defineEntity({
  name: 'TenantSettings',
  tableName: 'settings',
  properties: {
    id: p.integer().primary(),
    config: p.json<TenantConfig>(),
    updatedAt: p.datetime(),
  },
})
