import { defineEntity, p } from '@mt-paas/core'
import { user } from './user.ts'

/** A conversation with the service. */
export const session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.text().primary(),
    /** Null for a visitor, and when the user was removed: what was used stays used. */
    user: () => p.manyToOne(user).ref().nullable(),
    title: p.text(),
    startedAt: p.datetime(),
    /** Whether its usage is recorded. */
    metered: p.boolean().default(false),
  },
})
