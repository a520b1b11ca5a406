import type { EntityManager } from '@mikro-orm/postgresql'
import type { QueuedCallback } from '@mt-paas/server'
import { tenantEventRecord } from '../central/tenant-event-record.ts'
import type { OperationOrigin, OwedCallback, TenantRecord, TenantState } from '../central/tenant-record.ts'
import type { JobQueue, QueuedJob } from '../job/job-queue.ts'
import type { AfterEventData, AfterEventName } from './lifecycle-event.ts'
import { tenantTransitions, transitionNotAllowed } from './tenant-transitions.ts'

/** How a tenant enters a state. */
export interface Transition {
  /** Null for a tenant that was not there. */
  readonly from: TenantState | null
  readonly to: TenantState
  readonly after: readonly AfterEventName[]
  readonly origin: OperationOrigin
}

const NOT_ACTIVATED = 'The tenant could not be activated'

/** What a {@link TransitionLog} needs from outside. */
export interface TransitionLogOptions {
  readonly queue: JobQueue<AfterEventData>
  readonly callbacks: JobQueue<QueuedCallback>
  readonly now: Date
  readonly newId: () => string
}

/**
 * The transitions of one transaction: the state, the entry of the audit trail and the jobs of the `after` hooks are
 * written together or not at all.
 */
export class TransitionLog {
  readonly now: Date
  readonly #em: EntityManager
  readonly #options: TransitionLogOptions
  readonly #jobs: QueuedJob<AfterEventData>[] = []
  readonly #reports: QueuedJob<QueuedCallback>[] = []

  constructor(em: EntityManager, options: TransitionLogOptions) {
    this.#em = em
    this.#options = options
    this.now = options.now
  }

  /**
   * Enters a state. Whether a deleted tenant's data is still kept is for the beginning of an operation to ask.
   * @throws TransitionNotAllowedError
   */
  enter(tenant: TenantRecord, { from, to, after, origin }: Transition): void {
    const { now } = this
    if (from !== null && !tenantTransitions[from].includes(to)) throw transitionNotAllowed(tenant, to, now)
    tenant.status = to
    tenant.updatedAt = now
    const { actor, requestId, reason, idempotencyKey } = origin
    const events = after.map((name) => ({ id: this.#options.newId(), name }))
    this.#em.create(tenantEventRecord, {
      tenantId: tenant.id,
      at: now,
      actor,
      fromState: from,
      toState: to,
      reason,
      requestId,
      idempotencyKey,
      events,
    })
    const who = { tenantName: tenant.name, adminEmail: tenant.contactEmail, adminName: tenant.contactName }
    const common = { ...who, tenantId: tenant.id, plan: tenant.plan, from, to, at: now.toISOString() }
    this.#jobs.push(...events.map(({ id, name }) => ({ id, data: { ...common, actor, requestId, reason, name } })))
  }

  /** Reports a success to who did not wait for it. */
  report(tenant: TenantRecord, { url, accessUrl, message }: OwedCallback): void {
    const created_at = `${tenant.createdAt.toISOString().slice(0, 19)}Z`
    this.#owe(url, { success: true, tenant_id: tenant.id, message, access_url: accessUrl, created_at })
  }

  /** Reports that a tenant has been given up to who did not wait for it; why is not for them. */
  reportFailure({ id }: TenantRecord, { url, failureMessage: message = NOT_ACTIVATED }: OwedCallback): void {
    this.#owe(url, { success: false, tenant_id: id, message, access_url: null, created_at: null })
  }

  #owe(url: string, payload: QueuedCallback['payload']): void {
    const id = this.#options.newId()
    this.#reports.push({ id, data: { id: `cb_${id.replaceAll('-', '')}`, url, payload, attempts: [] } })
  }

  /** Sends everything to the database, which has it once the transaction commits. */
  async write(): Promise<void> {
    await this.#em.flush()
    await this.#options.queue.enqueue(this.#em, this.#jobs)
    await this.#options.callbacks.enqueue(this.#em, this.#reports)
  }
}
