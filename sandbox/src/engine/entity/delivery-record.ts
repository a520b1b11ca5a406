import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Fault } from '../fault/fault.ts'
import { shapes } from './service-record.ts'

/** States of a delivery; the last three are final until someone replays it. */
export const deliveryStates = ['waiting', 'sending', 'delivered', 'failed', 'stopped'] as const

/** One of {@link deliveryStates}. */
export type DeliveryState = (typeof deliveryStates)[number]

/** What made a delivery. */
export const deliverySources = ['application', 'provision', 'custom', 'trigger'] as const

/** One message to a service, under one id over all its attempts. */
export const deliveryRecord = defineEntity({
  name: 'SandboxDelivery',
  tableName: 'deliveries',
  properties: {
    sequence: p.integer().primary(),
    /** `webhook-id` of all attempts. */
    id: p.text().unique(),
    applicationId: p.integer().nullable(),
    serviceSlug: p.text().nullable(),
    source: p.enum(deliverySources),
    shape: p.enum(shapes),
    url: p.text(),
    /** Without key and signature, which each attempt adds. */
    headers: p.json<Readonly<Record<string, string>>>(),
    body: p.blob().lazy(),
    /** A key of its own, as a secret to sign with; those of the service at the time of each attempt when null. */
    apiKey: p.text().nullable(),
    secret: p.text().nullable(),
    /** What is wrong with every attempt on purpose. */
    fault: p.json<Fault>().nullable(),
    /** Whether a failed attempt is repeated by the schedule. */
    retry: p.boolean(),
    state: p.enum(deliveryStates),
    attempts: p.integer(),
    /** Attempts that do not count on the schedule: those before a replay, and interrupted ones. */
    uncounted: p.integer(),
    nextAttemptAt: p.datetime().nullable(),
    /** Outcome of the last attempt that ended: why it failed, status of the answer, real time in ms. */
    reason: p.text().nullable(),
    statusCode: p.integer().nullable(),
    durationMs: p.float().nullable(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
})

export type DeliveryRecord = InferEntity<typeof deliveryRecord>
