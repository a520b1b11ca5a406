import { defineEntity, p } from '@mt-paas/core'
import { user } from './user.ts'

/** A conversation of a user with the Advisor. */
export const session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.text().primary(),
    /** Null when the user was removed: what was used stays used. */
    user: () => p.manyToOne(user).ref().nullable(),
    title: p.text(),
    startedAt: p.datetime(),
  },
})
