import type { EntityManager } from '@mikro-orm/sql'
import { type CallbackVerdict as Judgement, verifyCallback } from '@mt-paas/client'
import type { EngineParts } from '../engine-parts.ts'
import {
  type ApplicationRecord,
  applicationRecord,
  type CallbackRecord,
  type CallbackVerdict,
  callbackRecord,
  type ServiceRecord,
} from '../entity/index.ts'
import type { Services } from '../services.ts'
import { applyCallback, membersOf } from './settle-callbacks.ts'

/** A callback as it arrived. */
export interface IncomingCallback {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
  /** The application that the address names. @default the one that the body tells */
  readonly applicationId?: number | undefined
}

/** What is answered to a callback. */
export interface CallbackAnswer {
  readonly status: number
  /** JSON text. */
  readonly body: string
}

/** Which callbacks are asked for. */
export interface CallbackFilter {
  /** @default any */
  readonly applicationId?: number | undefined
  /** Those with smaller ids. @default from the newest */
  readonly before?: number | undefined
  readonly limit: number
}

/** The callbacks that services send. */
export interface Callbacks {
  /** Keeps it, judges it and answers; the first of several under one id counts. */
  receive(callback: IncomingCallback): Promise<CallbackAnswer>
  /** Newest first. */
  list(filter: CallbackFilter): Promise<readonly CallbackRecord[]>
}

const REFUSED = JSON.stringify({
  success: false,
  error: 'UNAUTHORIZED',
  message: 'Invalid or missing credentials',
  detail: 'Invalid or missing credentials',
  details: null,
})
const MALFORMED = JSON.stringify({
  success: false,
  error: 'INVALID_REQUEST',
  message: 'A callback is a JSON object',
  detail: 'A callback is a JSON object',
  details: null,
})

/** The callbacks of an engine. */
export function createCallbacks({ store, clock, events }: EngineParts, services: Services): Callbacks {
  return {
    async receive(callback) {
      const known = await services.list()
      const now = clock.now()
      const judged = judge(callback, known, clock.real())
      return events.journal(async (em, tell) => {
        const verdict = await verdictOf(em, judged, callback)
        const members = membersOf(callback.body)
        const tenantId = typeof members.tenant_id === 'string' ? members.tenant_id : null
        const believed = verdict.name === 'accepted' || verdict.name === 'unchecked'
        const application = believed ? await applicationOf(em, callback, { members, services: judged.services }) : null
        const service = application?.serviceSlug ?? judged.service
        const answer = verdict.answer ?? { status: 200, body: JSON.stringify({ received: true, data: members }) }
        const record = em.create(callbackRecord, {
          webhookId: judged.id,
          serviceSlug: service,
          applicationId: application?.id ?? null,
          tenantId,
          success: typeof members.success === 'boolean' ? members.success : null,
          verdict: verdict.name,
          reason: judged.reason,
          headers: callback.headers,
          body: callback.body,
          receivedAt: now,
          answerStatus: answer.status,
          answerBody: answer.body,
        })
        const data = { verdict: verdict.name, reason: judged.reason, tenant_id: tenantId, service }
        tell('callback.received', { applicationId: application?.id ?? null, data })
        if (application) applyCallback(application, record, { now, tell })
        return answer
      })
    },
    list: ({ applicationId, before, limit }) =>
      store.reader().find(
        callbackRecord,
        {
          ...(applicationId !== undefined && { applicationId }),
          ...(before !== undefined && { id: { $lt: before } }),
        },
        { orderBy: { id: 'desc' }, limit },
      ),
  }
}

interface Judged {
  /** Those whose callback it can be; undefined when that is not known. */
  readonly services: readonly string[] | undefined
  /** The one of them, when there is one only. */
  readonly service: string | null
  readonly id: string | null
  readonly believed: 'accepted' | 'unchecked' | 'refused'
  readonly reason: string | null
}

/** Services that have neither key nor secret are not checked; with none that has one, every callback is taken. */
function judge({ headers, body }: IncomingCallback, services: readonly ServiceRecord[], now: Date): Judged {
  const checked = services.filter(({ serviceKey, callbackSecret }) => serviceKey != null || callbackSecret != null)
  const [only] = services
  const sole = services.length === 1 && only ? only.slug : null
  if (checked.length === 0) {
    return { services: undefined, service: sole, id: null, believed: 'unchecked', reason: null }
  }
  const believed: string[] = []
  let id: string | null = null
  let reason: string | null = null
  for (const { slug, serviceKey, callbackSecret } of checked) {
    const verdict: Judgement = verifyCallback(
      { headers, body },
      {
        ...(serviceKey != null && { apiKeys: [serviceKey] }),
        ...(callbackSecret != null && { secrets: [callbackSecret] }),
        now,
      },
    )
    if (verdict.valid) {
      believed.push(slug)
      id ??= verdict.id
    }
    // A key that fits tells whose callback it is, so what is wrong beyond it says more.
    else if (reason === null || reason === 'key') reason = verdict.reason
  }
  const [first = null, another] = believed
  // Services may share a key; which of them it was, the application tells.
  const service = another === undefined ? first : null
  if (first !== null) return { services: believed, service, id, believed: 'accepted', reason: null }
  return { services: undefined, service: sole, id: null, believed: 'refused', reason }
}

interface Verdict {
  readonly name: CallbackVerdict
  readonly answer?: CallbackAnswer
}

async function verdictOf(em: EntityManager, judged: Judged, { body }: IncomingCallback): Promise<Verdict> {
  if (judged.believed === 'refused') return { name: 'refused', answer: { status: 401, body: REFUSED } }
  if (!isObject(body)) return { name: 'malformed', answer: { status: 422, body: MALFORMED } }
  if (judged.id === null) return { name: judged.believed }
  const before = await em.findOne(callbackRecord, {
    serviceSlug: [null, ...(judged.services ?? [])],
    webhookId: judged.id,
    verdict: 'accepted',
  })
  if (!before) return { name: 'accepted' }
  return { name: 'repeated', answer: { status: before.answerStatus, body: before.answerBody } }
}

function isObject(body: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

interface Sender {
  readonly members: Readonly<Record<string, unknown>>
  readonly services: readonly string[] | undefined
}

/**
 * The application that is named, else the newest of the tenant, one that still waits first. A service has no say in
 * applications of another.
 */
async function applicationOf(
  em: EntityManager,
  { applicationId }: IncomingCallback,
  { members: { application_id, tenant_id }, services }: Sender,
): Promise<ApplicationRecord | null> {
  const own = services && { serviceSlug: { $in: [...services] } }
  const id = applicationId ?? (Number.isSafeInteger(application_id) ? Number(application_id) : undefined)
  if (id !== undefined) return em.findOne(applicationRecord, { id, ...own })
  if (typeof tenant_id !== 'string') return null
  const open = { tenantId: tenant_id, status: { $ne: 'completed' as const }, ...own }
  const [waiting] = await em.find(applicationRecord, open, { orderBy: { id: 'desc' }, limit: 1 })
  if (waiting) return waiting
  const ended = { tenantId: tenant_id, ...own }
  const [newest] = await em.find(applicationRecord, ended, { orderBy: { id: 'desc' }, limit: 1 })
  return newest ?? null
}
