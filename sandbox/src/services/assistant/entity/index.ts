import { document } from './document.ts'
import { message } from './message.ts'
import { modelPrice } from './model-price.ts'
import { session } from './session.ts'
import { user } from './user.ts'

/** Everything a tenant's database holds. */
export const assistantEntities = Object.freeze([document, message, modelPrice, session, user])

export type { User } from './user.ts'
export { document, message, modelPrice, session, user }
