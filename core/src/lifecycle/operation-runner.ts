import { type EntityManager, LockMode } from '@mikro-orm/postgresql'
import type { QueuedCallback } from '@mt-paas/server'
import {
  type OperationKind,
  type OperationOrigin,
  type OwedCallback,
  type PendingOperation,
  type TenantRecord,
  tenantRecord,
} from '../central/tenant-record.ts'
import type { AdminSession } from '../database/admin-session.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import { ForeignDatabaseError } from '../error/foreign-database-error.ts'
import { OperationInProgressError } from '../error/tenant-errors.ts'
import type { JobQueue } from '../job/job-queue.ts'
import { MAX_ATTEMPTS, waitAfter } from './backoff.ts'
import type { AfterEventData } from './lifecycle-event.ts'
import { databaseStep, nameOf, operationPlans, type ProvisionTenant } from './operation-steps.ts'
import { TransitionLog } from './transition-log.ts'

/** What an {@link OperationRunner} works with. */
export interface OperationRunnerOptions {
  readonly databases: DatabaseManager
  readonly queue: JobQueue<AfterEventData>
  readonly callbacks: JobQueue<QueuedCallback>
  readonly fill: ProvisionTenant | undefined
  readonly now: () => Date
  readonly newId: () => string
}

/** Makes a tenant's row, or changes the one that is there. */
export type PrepareTenant = (em: EntityManager, log: TransitionLog, row: TenantRecord | undefined) => TenantRecord

/** Writes what belongs to a tenant's row, in its transaction. */
export type AlsoWrite = (em: EntityManager, now: Date) => Promise<unknown>

/** How an operation begins. */
export interface OperationBeginning {
  readonly kind: OperationKind
  readonly origin: OperationOrigin
  /** Makes or changes the row, which is locked, in the transaction that begins the operation. */
  readonly prepare: PrepareTenant
  /** What else belongs to that transaction, once the row is written. @default nothing */
  readonly also?: AlsoWrite | undefined
}

const ERROR_LENGTH = 1_000
/**
 * Rest, in ms, of an operation whose process died, each time: the tenant had no part in that, and several processes may
 * die in a row. One that failed rests longer and longer.
 */
const CUT_OFF_WAIT = 1_000

/**
 * Runs the operations of tenants so that they end whatever happens. The row knows of an operation before anything is
 * done, its steps are recorded as they are done, and its end is one transaction. Callers hold the tenant's lock; should
 * they lose it, another process takes the operation with a new id, and what still runs under the old one ends nothing.
 */
export class OperationRunner {
  readonly #options: OperationRunnerOptions

  constructor(options: OperationRunnerOptions) {
    this.#options = options
  }

  /** Writes a tenant's row, without an operation. */
  write(tenantId: string, prepare: PrepareTenant, also?: AlsoWrite): Promise<TenantRecord> {
    return this.#transaction(async (em, log) => prepare(em, log, await lockedRow(em, tenantId)), also)
  }

  /**
   * Writes the operation to the tenant's row; one that was under way is given up for it. A new tenant may get a database
   * that was made ahead, in the same transaction; when there is nothing to fill it with, that is all there is to do.
   */
  begin(tenantId: string, { kind, origin, prepare, also }: OperationBeginning): Promise<TenantRecord> {
    return this.#transaction(async (em, log) => {
      const row = await lockedRow(em, tenantId)
      const before = row?.operation
      const tenant = prepare(em, log, row)
      const ready = kind === 'provision' && (await this.#options.databases.claimWarm(em, nameOf(tenant)))
      const callback = before?.callback
      // Who waits for the same end goes on waiting; for who waits for another it will not come.
      const stays = before?.kind === kind
      if (callback && !stays && !tenant.needsAttention) log.reportFailure(tenant, callback)
      tenant.operation = { ...origin, id: this.#options.newId(), kind, ...(callback && stays && { callback }) }
      tenant.doneSteps = ready ? [databaseStep.name] : []
      tenant.lastError = null
      attempt(tenant, 1, log.now)
      if (ready && !this.#options.fill) finish(tenant, log)
      return tenant
    }, also)
  }

  /**
   * Takes an operation that its process did not end. Undefined when there is none any more, or it was tried too often
   * and has been given up.
   */
  take(tenantId: string): Promise<TenantRecord | undefined> {
    return this.#transaction(async (em, log) => {
      const tenant = await lockedRow(em, tenantId)
      if (!tenant?.operation || tenant.needsAttention) return undefined
      if (tenant.attempts >= MAX_ATTEMPTS) {
        tenant.lastError ??= `Cut off ${MAX_ATTEMPTS} times`
        giveUp(tenant, log)
        return undefined
      }
      tenant.operation = { ...tenant.operation, id: this.#options.newId() }
      attempt(tenant, tenant.attempts + 1, log.now)
      return tenant
    })
  }

  /** Notes that the end of an operation is to be reported; false when it has ended. */
  async owe({ id, operation }: TenantRecord, callback: OwedCallback | undefined): Promise<boolean> {
    const owed = callback ? JSON.stringify({ callback }) : '{}'
    const rows = await this.#options.databases
      .central()
      .execute<object[]>(
        `update tenants set operation = operation || ?::jsonb where id = ? and operation->>'id' = ? returning id`,
        [owed, id, operation?.id ?? ''],
      )
    return rows.length > 0
  }

  /**
   * Does the steps that are not done, and ends the operation.
   * @throws what a step throws, once the row knows of it
   */
  async run(session: AdminSession, tenant: TenantRecord): Promise<TenantRecord> {
    const { operation } = tenant
    if (!operation) return tenant
    const { databases, fill } = this.#options
    try {
      const steps = operationPlans[operation.kind].steps.filter(({ isNeeded }) => isNeeded?.({ fill }) ?? true)
      for (const step of steps) {
        if (tenant.doneSteps.includes(step.name)) continue
        await step.run({ session, tenant, databases, fill })
        if (step !== steps.at(-1)) await this.#record(tenant.id, operation.id, step.name)
      }
      return await this.#end(tenant.id, operation)
    } catch (error) {
      await this.#fail(tenant, operation, error)
      throw error
    }
  }

  /** A transaction on the central database; the hooks that it sets off run soon after it. */
  async #transaction<TResult>(
    work: (em: EntityManager, log: TransitionLog) => Promise<TResult>,
    also?: AlsoWrite,
  ): Promise<TResult> {
    const { databases, queue, callbacks, now, newId } = this.#options
    const result = await databases.central().transactional(async (em) => {
      const log = new TransitionLog(em, { queue, callbacks, newId, now: now() })
      const value = await work(em, log)
      await log.write()
      await also?.(em, log.now)
      return value
    })
    queue.wake()
    callbacks.wake()
    return result
  }

  async #record(tenantId: string, operationId: string, step: string): Promise<void> {
    const rows = await this.#options.databases.central().execute<object[]>(
      `update tenants set done_steps = array_append(done_steps, ?)
        where id = ? and operation->>'id' = ? returning id`,
      [step, tenantId, operationId],
    )
    if (rows.length === 0) throw new OperationInProgressError(tenantId)
  }

  #end(tenantId: string, operation: PendingOperation): Promise<TenantRecord> {
    return this.#transaction(async (em, log) => {
      const tenant = await lockedRow(em, tenantId)
      if (tenant?.operation?.id !== operation.id) throw new OperationInProgressError(tenantId)
      return finish(tenant, log)
    })
  }

  /** The operation stays; should its row be out of reach, the next attempt is due at the time set before this one. */
  async #fail({ id, attempts }: TenantRecord, operation: PendingOperation, error: unknown): Promise<void> {
    const message = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_LENGTH)
    const isOver = attempts >= MAX_ATTEMPTS || error instanceof ForeignDatabaseError
    const noted = this.#transaction(async (em, log) => {
      const tenant = await lockedRow(em, id)
      if (tenant?.operation?.id !== operation.id) return
      tenant.lastError = message
      tenant.nextAttemptAt = new Date(this.#options.now().getTime() + waitAfter(attempts))
      if (isOver) giveUp(tenant, log)
    })
    await noted.catch(() => undefined)
  }
}

/** Leaves an operation to someone's decision, and tells who waits for its end. */
function giveUp(tenant: TenantRecord, log: TransitionLog): void {
  tenant.needsAttention = true
  if (tenant.operation?.callback) log.reportFailure(tenant, tenant.operation.callback)
}

/** Enters the state that the operation of a locked row ends in. */
function finish(tenant: TenantRecord, log: TransitionLog): TenantRecord {
  const { operation } = tenant
  if (!operation) return tenant
  const { to, after } = operationPlans[operation.kind]
  if (to) {
    log.enter(tenant, { from: tenant.status, to, after, origin: operation })
    if (operation.callback) log.report(tenant, operation.callback)
    tenant.dataRetentionUntil = null
    tenant.suspendedReason = null
  }
  return Object.assign(tenant, { operation: null, doneSteps: [], lastError: null, nextAttemptAt: null, attempts: 0 })
}

/** Until it is due again, an operation that was cut off rests; one whose process is alive holds its lock. */
function attempt(tenant: TenantRecord, number: number, now: Date): void {
  tenant.attempts = number
  tenant.needsAttention = false
  tenant.nextAttemptAt = new Date(now.getTime() + CUT_OFF_WAIT)
}

/** The row of a tenant, which nobody else changes until the transaction ends. */
async function lockedRow(em: EntityManager, id: string): Promise<TenantRecord | undefined> {
  return (await em.findOne(tenantRecord, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })) ?? undefined
}
