import { defineEntity, type InferEntity, p } from '@mikro-orm/core'

/** Bodies that a delivery may have. */
export const shapes = ['flat', 'nested', 'standard', 'custom'] as const

/** One of {@link shapes}: the two webhooks, an activation of the Standard API, or what the caller made. */
export type Shape = (typeof shapes)[number]

/** A service that applications are sent to. */
export const serviceRecord = defineEntity({
  name: 'SandboxService',
  tableName: 'services',
  properties: {
    slug: p.text().primary(),
    serviceId: p.integer(),
    title: p.text(),
    baseUrl: p.text(),
    shape: p.enum(['flat', 'nested', 'standard'] as const),
    /** Sent to the service. */
    apiKey: p.text(),
    /** The key that takes over while keys are rotated. */
    nextApiKey: p.text().nullable(),
    /** Webhooks are signed when it is there. */
    signingSecret: p.text().nullable(),
    /** What the service sends as `X-Service-API-Key`; not looked at when null. */
    serviceKey: p.text().nullable(),
    /** What the service signs callbacks with; signatures are not looked at when null. */
    callbackSecret: p.text().nullable(),
    /** What the catalogue shows; only what the simulator needs is known of a service without it. */
    manifest: p.json<object>().nullable(),
    /** What was found out at the last look at it. */
    health: p.json<object>().nullable(),
    createdAt: p.datetime(),
  },
})

export type ServiceRecord = InferEntity<typeof serviceRecord>
