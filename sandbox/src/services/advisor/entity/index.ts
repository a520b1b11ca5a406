import { document } from './document.ts'
import { message } from './message.ts'
import { modelPrice } from './model-price.ts'
import { session } from './session.ts'
import { tenantSettings } from './tenant-settings.ts'
import { user } from './user.ts'

/** Everything a tenant's database holds. */
export const advisorEntities = Object.freeze([document, message, modelPrice, session, tenantSettings, user])

export { SETTINGS_ID } from './tenant-settings.ts'
export type { User } from './user.ts'
export { document, message, modelPrice, session, tenantSettings, user }
