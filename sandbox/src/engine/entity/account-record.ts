import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** The account of a university's administrator: the tenant as the market knows it. */
export const accountRecord = defineEntity({
  name: 'MarketAccount',
  tableName: 'market_accounts',
  properties: {
    id: p.integer().primary().autoincrement(),
    email: p.text(),
    /** The address as it is compared. */
    emailKey: p.text().unique(),
    name: p.text(),
    university: p.text(),
    passwordHash: p.text(),
    /** The password is one that was mailed. */
    mustChange: p.boolean(),
    /** Sessions of earlier versions are over. */
    sessionVersion: p.integer(),
    createdAt: p.datetime(),
    lastLoginAt: p.datetime().nullable(),
  },
})

export type AccountRecord = InferEntity<typeof accountRecord>
