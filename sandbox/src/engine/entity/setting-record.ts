import { defineEntity, p } from '@mikro-orm/core'

/** A setting that outlives the process. */
export const settingRecord = defineEntity({
  name: 'SandboxSetting',
  tableName: 'settings',
  properties: { name: p.text().primary(), value: p.json<unknown>() },
})
