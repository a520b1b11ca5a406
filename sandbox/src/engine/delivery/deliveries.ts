import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { CustomInput } from '../application-input.ts'
import { EngineError } from '../engine-error.ts'
import type { EngineParts } from '../engine-parts.ts'
import {
  type ApplicationRecord,
  type AttemptRecord,
  attemptRecord,
  type DeliveryRecord,
  type DeliveryState,
  deliveryRecord,
} from '../entity/index.ts'
import type { Fault } from '../fault/fault.ts'
import { plannedHold } from '../fault/fault-preset.ts'
import { assertSecret } from './assert-secret.ts'
import { assertTarget } from './target.ts'
import { webhookBody } from './webhook-body.ts'
import { deliveryHeaders } from './webhook-headers.ts'

/** What differs from the usual delivery of an application. */
export interface DeliverOptions {
  /** @default 'application' */
  readonly source?: DeliveryRecord['source']
  /** Body in place of the application's. @default the application's */
  readonly body?: string
  /** @default none */
  readonly fault?: Fault
  /** Whether a failed attempt is repeated by the schedule. @default true */
  readonly retry?: boolean
}

/** Which deliveries are asked for. */
export interface DeliveryFilter {
  /** @default any */
  readonly state?: DeliveryState | undefined
  /** @default any */
  readonly sources?: readonly DeliveryRecord['source'][] | undefined
  /** @default any */
  readonly applicationId?: number | undefined
  /** Those with smaller sequence numbers. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** A delivery with every attempt at it. */
export interface DeliveryWithAttempts {
  readonly delivery: DeliveryRecord
  readonly attempts: readonly AttemptRecord[]
}

/** The deliveries of a sandbox. */
export interface Deliveries {
  /** Makes a delivery of an application, due at once. */
  ofApplication(application: ApplicationRecord, options?: DeliverOptions): Promise<DeliveryRecord>
  /** Makes a delivery of a message of the caller's own making. @throws EngineError 422 */
  custom(input: Omit<CustomInput, 'times'>): Promise<DeliveryRecord>
  /** Makes a waiting delivery due now; it keeps its place on the schedule. @throws EngineError 404 */
  hasten(id: string): Promise<DeliveryRecord>
  /** Makes a delivery due now, again under its id. @throws EngineError 404, 409 while it is being sent */
  replay(id: string): Promise<DeliveryRecord>
  /** @throws EngineError 404 */
  get(id: string): Promise<DeliveryWithAttempts>
  /** @throws EngineError 404 */
  attempt(id: number): Promise<AttemptRecord>
  /** Newest first, without bodies. */
  list(filter: DeliveryFilter): Promise<readonly DeliveryRecord[]>
  /** Newest attempt of each delivery, without bodies of requests. */
  lastAttempts(deliveries: readonly DeliveryRecord[]): Promise<ReadonlyMap<string, AttemptRecord>>
}

/** The deliveries of an engine. */
export function createDeliveries(parts: EngineParts): Deliveries {
  const { store, clock, events, rule, ids, faults, wake } = parts

  async function add(draft: Draft): Promise<DeliveryRecord> {
    const now = clock.now()
    const plan = faults()
    const { sequence, id } = ids.delivery()
    const made = await events.journal(async (em, tell) => {
      const hold = plan ? plannedHold(plan, sequence) : 0
      const { applicationId, source, shape, url } = draft
      tell('delivery.created', { applicationId, deliveryId: id, data: { source, shape, url } })
      return em.create(deliveryRecord, {
        ...draft,
        sequence,
        id,
        state: 'waiting',
        attempts: 0,
        uncounted: 0,
        nextAttemptAt: new Date(now.getTime() + hold),
        createdAt: now,
      })
    })
    wake()
    return made
  }

  return {
    async ofApplication(application, { source = 'application', body, fault, retry = true } = {}) {
      const { id, serviceSlug, shape, url, apiKey } = application
      const text = body ?? JSON.stringify(webhookBody(application))
      return add({
        applicationId: id,
        serviceSlug,
        source,
        shape,
        url,
        apiKey,
        headers: deliveryHeaders(url),
        body: Buffer.from(text),
        secret: null,
        fault: fault ?? null,
        retry,
      })
    },
    async custom(input) {
      const { webhook_url: url, payload, headers = {}, api_key, signing_secret, signature, retry } = input
      await assertTarget(url, rule)
      for (const [name, value] of Object.entries(headers)) assertHeader(name, value)
      if (signing_secret !== undefined) assertSecret(signing_secret)
      const draft: Draft = {
        applicationId: null,
        serviceSlug: null,
        source: 'custom',
        shape: 'custom',
        url,
        apiKey: api_key ?? '',
        headers: deliveryHeaders(url, headers),
        body: Buffer.from(input.body ?? JSON.stringify(payload ?? {})),
        secret: signing_secret ?? null,
        fault: signature ? { signature } : null,
        retry: retry ?? false,
      }
      return add(draft)
    },
    async hasten(id) {
      const hastened = await events.journal(async (em) => {
        const delivery = await em.findOne(deliveryRecord, { id })
        if (!delivery) throw EngineError.unknown('delivery', id)
        if (delivery.state === 'waiting') delivery.nextAttemptAt = clock.now()
        return delivery
      })
      wake()
      return hastened
    },
    async replay(id) {
      const replayed = await events.journal(async (em, tell) => {
        const delivery = await em.findOne(deliveryRecord, { id })
        if (!delivery) throw EngineError.unknown('delivery', id)
        if (delivery.state === 'sending') throw EngineError.stillSending(id)
        Object.assign(delivery, {
          state: 'waiting',
          nextAttemptAt: clock.now(),
          uncounted: delivery.attempts,
          finishedAt: null,
        })
        tell('delivery.replayed', { applicationId: delivery.applicationId, deliveryId: id })
        return delivery
      })
      wake()
      return replayed
    },
    async get(id) {
      const em = store.reader()
      const delivery = await em.findOne(deliveryRecord, { id }, { populate: ['body'] })
      if (!delivery) throw EngineError.unknown('delivery', id)
      const options = { orderBy: { number: 'asc', copy: 'asc' }, populate: ['requestBody', 'responseBody'] } as const
      return { delivery, attempts: await em.find(attemptRecord, { deliveryId: id }, options) }
    },
    async attempt(id) {
      const attempt = await store.reader().findOne(attemptRecord, { id }, { populate: ['requestBody', 'responseBody'] })
      if (!attempt) throw EngineError.unknown('attempt', id)
      return attempt
    },
    list: ({ state, sources, applicationId, before, limit }) =>
      store.reader().find(
        deliveryRecord,
        {
          ...(state && { state }),
          ...(sources && { source: { $in: [...sources] } }),
          ...(applicationId !== undefined && { applicationId }),
          ...(before !== undefined && { sequence: { $lt: before } }),
        },
        { orderBy: { sequence: 'desc' }, limit },
      ),
    async lastAttempts(deliveries) {
      if (deliveries.length === 0) return new Map()
      const found = await store
        .reader()
        .find(
          attemptRecord,
          { $or: deliveries.map(({ id, attempts }) => ({ deliveryId: id, number: attempts, copy: 0 })) },
          { populate: ['responseBody'] },
        )
      return new Map(found.map((attempt) => [attempt.deliveryId, attempt]))
    },
  }
}

type Draft = Pick<
  DeliveryRecord,
  | 'applicationId'
  | 'serviceSlug'
  | 'source'
  | 'shape'
  | 'url'
  | 'apiKey'
  | 'headers'
  | 'body'
  | 'secret'
  | 'fault'
  | 'retry'
>

/** Headers that say where a body ends, which the sandbox does itself. */
const FRAMING = new Set(['content-length', 'transfer-encoding'])

function assertHeader(name: string, value: string): void {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    throw EngineError.badHeader(name)
  }
  if (FRAMING.has(name.toLowerCase())) throw EngineError.badHeader(name)
}
