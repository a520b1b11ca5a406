import { TenantExistsError } from '@mt-paas/server'
import { type TenantEventRecord, tenantEventRecord } from '../central/tenant-event-record.ts'
import type { TenantRecord, TenantState } from '../central/tenant-record.ts'
import type { FailedJob } from '../job/job-queue.ts'
import { startSubscription } from '../tenant/start-subscription.ts'
import { utcDay } from '../tenant/utc-day.ts'
import { BackgroundWork } from './background-work.ts'
import { HookRegistry } from './hook-registry.ts'
import type { AfterEventData, AfterEventName, BeforeEventName, LifecycleHook } from './lifecycle-event.ts'
import type {
  ActivatedTenant,
  ActivateOptions,
  DeleteOptions,
  OperationOptions,
  TenantLifecycleOptions,
} from './lifecycle-options.ts'
import { type AlsoWrite, OperationRunner } from './operation-runner.ts'
import { Reconciler } from './reconciler.ts'
import { SubscriptionEnds } from './subscription-ends.ts'
import { profileOf, type TenantProfile } from './tenant-profile.ts'
import { assertTransition, transitionNotAllowed } from './tenant-transitions.ts'
import { TenantWork } from './tenant-work.ts'

const DAY = 24 * 60 * 60 * 1_000

/**
 * Makes, suspends, resumes and ends tenants: one operation a tenant at a time, among all processes. What is cut off is
 * gone on with, by any process that was started.
 */
export class TenantLifecycle {
  readonly #options: TenantLifecycleOptions
  readonly #hooks: HookRegistry
  readonly #work: TenantWork
  readonly #runner: OperationRunner
  readonly #reconciler: Reconciler
  readonly #ends: SubscriptionEnds
  readonly #background = new BackgroundWork()

  /** @internal `openMultiTenant` makes one. */
  constructor(options: TenantLifecycleOptions) {
    const { databases, queue, now, newId, provision, hooks, reconcileInterval: interval, onWarning } = options
    this.#options = options
    this.#hooks = new HookRegistry(hooks)
    const runner = new OperationRunner({ databases, queue, callbacks: options.callbacks, fill: provision, now, newId })
    this.#runner = runner
    this.#work = new TenantWork({ databases, now, hooks: this.#hooks, runner })
    this.#reconciler = new Reconciler({ databases, now, interval, goOn: (id) => this.#work.goOn(id), onWarning })
    this.#ends = new SubscriptionEnds({
      subscriptions: options.subscriptions,
      interval: options.expiryInterval,
      suspend: (id) => this.suspend(id, { actor: 'subscription', reason: 'The subscription has ended' }),
      onWarning,
    })
  }

  /**
   * Adds a hook to this process; the function that is returned removes it. `before` hooks run inside the operation and
   * refuse it by throwing. `after` hooks are jobs: they run at least once, in any started process, and are tried again
   * when they throw. Add them before {@link start}: an event finds the hooks that are there when it is worked.
   */
  on<TName extends BeforeEventName | AfterEventName>(name: TName, hook: LifecycleHook<TName>): () => void {
    return this.#hooks.add(name, hook)
  }

  /**
   * Begins to run `after` hooks, to go on with what other processes left unfinished, and to suspend tenants whose
   * subscription has ended.
   */
  async start(): Promise<void> {
    await this.#options.queue.work(({ id, data }) => this.#hooks.after({ ...data, id, at: new Date(data.at) }))
    this.#reconciler.start()
    this.#ends.start()
  }

  /** Lets the operations of this process end. */
  async stop(): Promise<void> {
    await Promise.all([this.#reconciler.stop(), this.#ends.stop()])
    await this.#background.end()
  }

  /** Goes on once, now, with everything that is due, subscriptions that have ended included. */
  async reconcile(): Promise<void> {
    await Promise.all([this.#reconciler.pass(), this.#ends.look()])
  }

  /** The transitions of a tenant, oldest first. */
  events(id: string): Promise<TenantEventRecord[]> {
    return this.#options.databases.central().find(tenantEventRecord, { tenantId: id }, { orderBy: { id: 'asc' } })
  }

  /** The `after` events whose hooks have failed and not succeeded since, oldest first. */
  failedHooks(): Promise<FailedJob<AfterEventData>[]> {
    return this.#options.queue.failed(this.#options.databases.central())
  }

  /** Runs the hooks of an event again that were given up. */
  retryHooks(eventId: string): Promise<void> {
    return this.#options.queue.retry(eventId)
  }

  /**
   * Makes a tenant known; `provision` or `activate` makes its database.
   * @throws InvalidTenantIdError, TenantExistsError, OperationInProgressError, what a `before` hook throws
   */
  create(profile: TenantProfile, options: OperationOptions = {}): Promise<TenantRecord> {
    return this.#work.exclusively(profile.id, async () => {
      const before = await this.#work.find(profile.id)
      if (before && before.status !== 'purged') throw new TenantExistsError(profile.id)
      return this.#work.create({ profile, before, options })
    })
  }

  /**
   * Makes the database of a tenant that is known, or goes on with it, until the tenant is active.
   * @throws InvalidTenantIdError, TenantNotFoundError, TransitionNotAllowedError, OperationInProgressError, what a
   * `before` hook throws
   */
  provision(id: string, options: OperationOptions = {}): Promise<TenantRecord> {
    return this.#work.exclusively(id, async (session) => {
      const before = await this.#work.get(id)
      if (before.status !== 'provisioning') assertTransition(before, 'provisioning', this.#options.now())
      return this.#work.make(session, { profile: profileOf(before), before, options })
    })
  }

  /**
   * Makes a tenant with its database, or resumes one that was suspended, or deleted with its data kept. When an earlier
   * activation was cut off, it goes on where that stopped.
   * @throws InvalidTenantIdError, TenantExistsError when active, OperationInProgressError, what a `before` hook throws
   */
  activate(profile: TenantProfile, options: ActivateOptions = {}): Promise<ActivatedTenant> {
    const work = this.#work
    return this.#background.answerWithin({
      waitMs: options.waitMs,
      accept: (tenant) => this.#runner.owe(tenant, options.callback),
      activate: (onBegun) =>
        work.exclusively(profile.id, async (session): Promise<ActivatedTenant> => {
          const found = await work.find(profile.id)
          if (found?.status === 'active') return this.#again(found, options)
          const making = { profile, options, also: subscriptionOf(profile, found), onBegun }
          if (found && work.hasData(found)) {
            return { tenant: await work.revive(session, { ...making, before: found }), outcome: 'resumed' }
          }
          const before = found?.status === 'deleted' ? await work.purge(session, found, options) : found
          return { tenant: await work.make(session, { ...making, before }), outcome: 'created' }
        }),
    })
  }

  /**
   * Keeps everybody from using an active tenant, at its database as well.
   * @throws InvalidTenantIdError, TenantNotFoundError, TransitionNotAllowedError, OperationInProgressError, what a
   * `before` hook throws
   */
  suspend(id: string, options: OperationOptions & { readonly reason: string }): Promise<TenantRecord> {
    return this.#work.exclusively(id, async (session) => {
      const tenant = await this.#work.get(id)
      assertTransition(tenant, 'suspended', this.#options.now())
      return this.#work.leave(session, tenant, {
        kind: 'suspend',
        to: 'suspended',
        before: 'beforeSuspend',
        after: 'afterSuspend',
        options,
        assign: (row) => {
          row.suspendedReason = options.reason
        },
      })
    })
  }

  /**
   * Lets a suspended tenant be used again.
   * @throws InvalidTenantIdError, TenantNotFoundError, TransitionNotAllowedError, OperationInProgressError, what a
   * `before` hook throws
   */
  resume(id: string, options: OperationOptions = {}): Promise<TenantRecord> {
    return this.#comeBack(id, 'suspended', options)
  }

  /**
   * Brings back a deleted tenant whose data is still kept.
   * @throws InvalidTenantIdError, TenantNotFoundError, TransitionNotAllowedError, OperationInProgressError, what a
   * `before` hook throws
   */
  restore(id: string, options: OperationOptions = {}): Promise<TenantRecord> {
    return this.#comeBack(id, 'deleted', options)
  }

  /**
   * Ends a tenant's use. Its data is kept for the retention time, or removed now. A tenant that has ended stays as it
   * is, but loses data that is not to be kept any more.
   * @throws InvalidTenantIdError, TenantNotFoundError, TransitionNotAllowedError, OperationInProgressError, RangeError
   * for days that are less than 0, what a `before` hook throws
   */
  async delete(id: string, options: DeleteOptions = {}): Promise<TenantRecord> {
    const { preserveDays = this.#options.retentionDays, hard = preserveDays === 0 } = options
    if (!(preserveDays >= 0)) throw new RangeError(`preserveDays must be at least 0, not ${preserveDays}`)
    return this.#work.exclusively(id, async (session) => {
      const tenant = await this.#work.get(id)
      if (tenant.status === 'purged' || (tenant.status === 'deleted' && !hard)) return tenant
      if (tenant.status === 'deleted') return this.#work.purge(session, tenant, options)
      const now = this.#options.now()
      assertTransition(tenant, 'deleted', now)
      const until = hard ? null : new Date(now.getTime() + preserveDays * DAY)
      return this.#work.leave(session, tenant, {
        kind: hard ? 'purge' : 'delete',
        to: 'deleted',
        before: 'beforeDelete',
        after: 'afterDelete',
        options,
        assign: (row) => {
          Object.assign(row, { dataRetentionUntil: until, suspendedReason: null })
        },
      })
    })
  }

  /** Ends a tenant's use; see {@link delete}. */
  deactivate(
    id: string,
    { preserveData, ...options }: OperationOptions & { readonly preserveData: boolean },
  ): Promise<TenantRecord> {
    return this.delete(id, { ...options, hard: !preserveData })
  }

  #comeBack(id: string, from: TenantState, options: OperationOptions): Promise<TenantRecord> {
    return this.#work.exclusively(id, async (session) => {
      const before = await this.#work.get(id)
      const now = this.#options.now()
      if (before.status !== from || !this.#work.hasData(before)) throw transitionNotAllowed(before, 'active', now)
      return this.#work.revive(session, { profile: profileOf(before), before, options })
    })
  }

  /** Who asks again under the same key gets the answer of then: its transaction may have been all that was left of it. */
  async #again(tenant: TenantRecord, { idempotencyKey }: ActivateOptions): Promise<ActivatedTenant> {
    const [last] = await this.#options.databases
      .central()
      .find(tenantEventRecord, { tenantId: tenant.id, toState: 'active' }, { orderBy: { id: 'desc' }, limit: 1 })
    if (idempotencyKey === undefined || last?.idempotencyKey !== idempotencyKey) throw new TenantExistsError(tenant.id)
    return { tenant, outcome: last.fromState === 'provisioning' ? 'created' : 'resumed' }
  }
}

/** A tenant subscribes by being activated; one whose activation is gone on with has done so already. */
function subscriptionOf(
  { id, plan, expiresAt }: TenantProfile,
  found: TenantRecord | undefined,
): AlsoWrite | undefined {
  const sameEnd = found?.expiresAt?.getTime() === expiresAt?.getTime()
  if (found?.status === 'provisioning' && found.plan === plan && sameEnd) return undefined
  const start = { tenantId: id, plan, endDate: expiresAt ? utcDay(expiresAt) : null }
  return (em, now) => startSubscription(em, start, now)
}
