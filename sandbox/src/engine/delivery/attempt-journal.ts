import type { EntityManager } from '@mikro-orm/sql'
import type { EngineParts } from '../engine-parts.ts'
import { attemptRecord, type DeliveryRecord, deliveryRecord, type ServiceRecord } from '../entity/index.ts'
import { type Fault, faultName } from '../fault/fault.ts'
import { plannedFault } from '../fault/fault-preset.ts'
import { DEFAULT_API_KEY, type Services } from '../services.ts'
import type { OutgoingRequest } from './send-attempt.ts'
import { authHeaders, type Credentials } from './webhook-headers.ts'

/** An attempt that is in the store as being sent; its copies go out at once. */
export interface Claim {
  readonly deliveryId: string
  readonly applicationId: number | null
  readonly number: number
  /** Attempts so far that do not count on the schedule. */
  readonly uncounted: number
  readonly retry: boolean
  readonly startedAt: Date
  readonly copies: readonly { readonly attemptId: number; readonly request: OutgoingRequest }[]
}

/** Takes due deliveries: from here on the store says that they are being sent. */
export async function claimDue(parts: EngineParts, services: Services, limit: number): Promise<readonly Claim[]> {
  const plan = parts.faults()
  const now = parts.clock.now()
  const known = new Map((await services.list()).map((service) => [service.slug, service]))
  return parts.store.transaction(async (em) => {
    const due = await dueOf(em, now, limit)
    const drafts = due.map((delivery) => {
      delivery.state = 'sending'
      delivery.attempts += 1
      delivery.nextAttemptAt = null
      const planned = plan ? plannedFault(plan, delivery.sequence, delivery.attempts) : {}
      const fault: Fault = { ...planned, ...delivery.fault }
      const credentials = credentialsOf(delivery, known.get(delivery.serviceSlug ?? ''))
      const request = requestOf(delivery, { fault, credentials, now: parts.clock.real() })
      const copies = Array.from({ length: fault.copies ?? 1 }, (_, copy) =>
        em.create(attemptRecord, {
          deliveryId: delivery.id,
          applicationId: delivery.applicationId,
          number: delivery.attempts,
          copy,
          state: 'sending',
          startedAt: now,
          url: request.url,
          requestHeaders: { ...request.headers, 'content-length': String(request.body.length) },
          requestBody: Buffer.from(request.body),
          fault: faultName(fault),
        }),
      )
      return { delivery, request, copies }
    })
    await em.flush()
    return drafts.map(({ delivery, request, copies }) => ({
      deliveryId: delivery.id,
      applicationId: delivery.applicationId ?? null,
      number: delivery.attempts,
      uncounted: delivery.uncounted,
      retry: delivery.retry,
      startedAt: now,
      copies: copies.map(({ id }) => ({ attemptId: id, request })),
    }))
  })
}

function dueOf(em: EntityManager, now: Date, limit: number): Promise<DeliveryRecord[]> {
  const due = { state: 'waiting' as const, nextAttemptAt: { $lte: now } }
  return em.find(deliveryRecord, due, { orderBy: { nextAttemptAt: 'asc', sequence: 'asc' }, limit, populate: ['body'] })
}

/** Who corrects a service's key or secret, and replays, expects the new one to be used. */
function credentialsOf({ apiKey, secret }: DeliveryRecord, service: ServiceRecord | undefined): Credentials {
  return {
    apiKey: apiKey ?? service?.apiKey ?? DEFAULT_API_KEY,
    nextApiKey: service?.nextApiKey ?? null,
    secret: secret ?? service?.signingSecret ?? null,
  }
}

interface RequestContext {
  readonly fault: Fault
  readonly credentials: Credentials
  readonly now: Date
}

function requestOf(delivery: DeliveryRecord, { fault, credentials, now }: RequestContext): OutgoingRequest {
  const { url, body } = delivery
  const headers = { ...delivery.headers, ...authHeaders({ delivery, credentials, fault, body, now }) }
  return { url, headers, body, transport: fault.transport }
}

/** When the next delivery is due; null when none waits. */
export async function nextDueOf({ store }: EngineParts): Promise<Date | null> {
  const [next] = await store
    .reader()
    .execute<{ at: number | null }[]>(`select min(next_attempt_at) as at from deliveries where state = 'waiting'`)
  return next?.at == null ? null : new Date(next.at)
}

/** Attempts that a process left when it ended: marked as interrupted, and due again under the same id. */
export async function recoverInterrupted({ events, clock }: EngineParts): Promise<number> {
  return events.journal(async (em, tell) => {
    const open = await em.find(attemptRecord, { state: 'sending' })
    const now = clock.now()
    for (const attempt of open) {
      Object.assign(attempt, { state: 'interrupted', finishedAt: now, error: 'The sandbox was stopped' })
      const { applicationId, deliveryId, number } = attempt
      if (attempt.copy === 0) tell('attempt.interrupted', { applicationId, deliveryId, data: { number } })
    }
    for (const delivery of await em.find(deliveryRecord, { state: 'sending' })) {
      Object.assign(delivery, { state: 'waiting', nextAttemptAt: now, uncounted: delivery.uncounted + 1 })
    }
    return open.length
  })
}
