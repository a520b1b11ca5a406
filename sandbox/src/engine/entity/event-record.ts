import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** Something that happened, in the order in which it did. */
export const eventRecord = defineEntity({
  name: 'SandboxEvent',
  tableName: 'events',
  properties: {
    id: p.integer().primary().autoincrement(),
    at: p.datetime(),
    type: p.text(),
    applicationId: p.integer().nullable(),
    deliveryId: p.text().nullable(),
    data: p.json<Readonly<Record<string, unknown>>>(),
  },
})

export type EventRecord = InferEntity<typeof eventRecord>
