import type { EntityManager } from '@mikro-orm/sql'
import { type ApplicationRecord, type CallbackRecord, callbackRecord } from '../entity/index.ts'
import type { Tell } from '../event-hub.ts'

/** What {@link settleCallbacks} looks at. */
export interface SettleCallbacksOptions {
  readonly application: ApplicationRecord
  /** Callbacks from here on may be meant. */
  readonly since: Date
  readonly now: Date
  readonly tell: Tell
}

/** A service may call back before it has answered: such callbacks find their application when the answer names the tenant. */
export async function settleCallbacks(em: EntityManager, options: SettleCallbacksOptions): Promise<void> {
  const { application, since, now, tell } = options
  if (application.tenantId == null) return
  const early = await em.find(
    callbackRecord,
    {
      tenantId: application.tenantId,
      applicationId: null,
      serviceSlug: [null, application.serviceSlug],
      verdict: { $in: ['accepted', 'unchecked'] },
      receivedAt: { $gte: since },
    },
    { orderBy: { id: 'asc' } },
  )
  for (const callback of early) {
    callback.applicationId = application.id
    applyCallback(application, callback, { now, tell })
  }
}

/** What a callback that is believed does to its application. */
export function applyCallback(
  application: ApplicationRecord,
  { success, tenantId, body }: CallbackRecord,
  { now, tell }: Pick<SettleCallbacksOptions, 'now' | 'tell'>,
): void {
  const before = application.status
  application.tenantId = tenantId ?? application.tenantId
  const { access_url, message } = membersOf(body)
  if (typeof access_url === 'string') application.accessUrl = access_url
  if (typeof message === 'string') application.message = message
  if (success === true) Object.assign(application, { status: 'completed', failure: null })
  else if (success === false && before !== 'completed') {
    Object.assign(application, { status: 'failed', failure: 'refused_by_callback' })
  }
  application.updatedAt = now
  if (application.status !== before) {
    tell(`application.${application.status}`, {
      applicationId: application.id,
      data: { tenant_id: application.tenantId, by: 'callback' },
    })
  }
}

/** The members of a JSON object in bytes; none when it is anything else. */
export function membersOf(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
