import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** A mail in one language. */
export interface MailText {
  readonly subject: string
  readonly text: string
}

/** A mail that would be sent; nobody gets it but who reads the outbox. */
export const mailRecord = defineEntity({
  name: 'MarketMail',
  tableName: 'market_mails',
  properties: {
    id: p.integer().primary().autoincrement(),
    at: p.datetime(),
    kind: p.text(),
    recipient: p.text(),
    applicationId: p.integer().nullable(),
    subscriptionId: p.integer().nullable(),
    content: p.json<{ readonly ko: MailText; readonly en: MailText }>(),
  },
})

export type MailRecord = InferEntity<typeof mailRecord>
