import { defineEntity, p } from '@mt-paas/core'
import { modelPrice } from './model-price.ts'
import { session } from './session.ts'
import { user } from './user.ts'

/** One message of a session. An answer names the model that wrote it and the tokens it took. */
export const message = defineEntity({
  name: 'Message',
  tableName: 'messages',
  properties: {
    id: p.text().primary(),
    session: () => p.manyToOne(session).ref(),
    /** Who asked; null for a visitor, and when the user was removed. */
    user: () => p.manyToOne(user).ref().nullable(),
    author: p.text().$type<'user' | 'assistant'>(),
    content: p.text(),
    model: () => p.manyToOne(modelPrice).ref().fieldName('model').nullable(),
    inputTokens: p.integer(),
    outputTokens: p.integer(),
    createdAt: p.datetime(),
    /** Whether its usage is recorded. */
    metered: p.boolean().default(false),
  },
})
