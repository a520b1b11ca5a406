import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** What was thought of a callback; `repeated` had been accepted before and had no effect again. */
export const callbackVerdicts = ['accepted', 'unchecked', 'repeated', 'refused', 'malformed'] as const

/** One of {@link callbackVerdicts}. */
export type CallbackVerdict = (typeof callbackVerdicts)[number]

/** What a service sent to the market. */
export const callbackRecord = defineEntity({
  name: 'SandboxCallback',
  tableName: 'callbacks',
  properties: {
    id: p.integer().primary().autoincrement(),
    webhookId: p.text().nullable(),
    serviceSlug: p.text().nullable(),
    applicationId: p.integer().nullable(),
    tenantId: p.text().nullable(),
    success: p.boolean().nullable(),
    verdict: p.enum(callbackVerdicts),
    /** Why it was refused. */
    reason: p.text().nullable(),
    headers: p.json<Readonly<Record<string, string | readonly string[]>>>(),
    body: p.blob(),
    receivedAt: p.datetime(),
    answerStatus: p.integer(),
    answerBody: p.text(),
  },
})

export type CallbackRecord = InferEntity<typeof callbackRecord>
