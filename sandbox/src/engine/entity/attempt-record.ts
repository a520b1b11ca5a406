import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** States of an attempt. */
export const attemptStates = ['sending', 'succeeded', 'failed', 'interrupted'] as const

/** One of {@link attemptStates}. */
export type AttemptState = (typeof attemptStates)[number]

/** One request of a delivery and what came of it, bytes included. */
export const attemptRecord = defineEntity({
  name: 'SandboxAttempt',
  tableName: 'attempts',
  properties: {
    id: p.integer().primary().autoincrement(),
    deliveryId: p.text(),
    applicationId: p.integer().nullable(),
    /** 1 is the first. */
    number: p.integer(),
    /** Above 0 for further copies of the same attempt. */
    copy: p.integer(),
    state: p.enum(attemptStates),
    /** By the sandbox's clock. */
    startedAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
    /** Real time, ms. */
    durationMs: p.float().nullable(),
    url: p.text(),
    requestHeaders: p.json<Readonly<Record<string, string>>>(),
    requestBody: p.blob().lazy(),
    responseStatus: p.integer().nullable(),
    responseHeaders: p.json<Readonly<Record<string, string | readonly string[]>>>().nullable(),
    responseBody: p.blob().nullable().lazy(),
    /** Why it failed, from the taxonomy. */
    reason: p.text().nullable(),
    /** The same for people, when no answer says it. */
    error: p.text().nullable(),
    /** What was wrong with it on purpose. */
    fault: p.text().nullable(),
  },
})

export type AttemptRecord = InferEntity<typeof attemptRecord>
