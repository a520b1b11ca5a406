import { TenantNotFoundError } from '@mt-paas/server'
import { type OperationOrigin, type TenantRecord, type TenantState, tenantRecord } from '../central/tenant-record.ts'
import type { AdminSession } from '../database/admin-session.ts'
import { OperationInProgressError } from '../error/tenant-errors.ts'
import { isRetained } from '../tenant/tenant-manager.ts'
import type { HookRegistry } from './hook-registry.ts'
import type { AfterEventName, BeforeEventName } from './lifecycle-event.ts'
import type { OperationOptions, TenantLifecycleOptions } from './lifecycle-options.ts'
import type { AlsoWrite, OperationRunner } from './operation-runner.ts'
import { assignProfile, profileOf, type TenantProfile } from './tenant-profile.ts'
import { enterPending, enterProvisioning } from './tenant-rows.ts'
import { transitionNotAllowed } from './tenant-transitions.ts'

/** What {@link TenantWork} works with. */
export interface TenantWorkOptions extends Pick<TenantLifecycleOptions, 'databases' | 'now'> {
  readonly hooks: HookRegistry
  readonly runner: OperationRunner
}

/** An event that hooks are asked about: its name, and the states around it. */
export type Question = readonly [name: BeforeEventName, from: TenantState | null, to: TenantState]

/** How a tenant gets its database, or gets it back. */
export interface Making {
  readonly profile: TenantProfile
  /** The tenant as it is; undefined for one that is not there. */
  readonly before: TenantRecord | undefined
  readonly options: OperationOptions
  /** What belongs to the row that is written first. @default nothing */
  readonly also?: AlsoWrite | undefined
  /** Told once the row knows. @default nobody */
  readonly onBegun?: (tenant: TenantRecord) => void
}

/** How a tenant leaves the state `active` or `suspended`. */
export interface Leaving {
  readonly kind: 'suspend' | 'delete' | 'purge'
  readonly to: 'suspended' | 'deleted'
  readonly before: BeforeEventName
  readonly after: AfterEventName
  readonly options: OperationOptions
  readonly assign: (row: TenantRecord) => void
}

/** The operations on tenants that the lifecycle is made of; callers of all but `exclusively` hold the tenant's lock. */
export class TenantWork {
  readonly #options: TenantWorkOptions

  constructor(options: TenantWorkOptions) {
    this.#options = options
  }

  /**
   * Holds the tenant's lock while `work` runs.
   * @throws InvalidTenantIdError, OperationInProgressError when another session holds the lock
   */
  async exclusively<TResult>(id: string, work: (session: AdminSession) => Promise<TResult>): Promise<TResult> {
    this.#options.databases.databaseName(id)
    return this.#options.databases.locked(`tenant:${id}`, work, () => new OperationInProgressError(id))
  }

  /** The tenant, in whatever state. */
  async find(id: string): Promise<TenantRecord | undefined> {
    return (await this.#options.databases.central().findOne(tenantRecord, { id })) ?? undefined
  }

  /**
   * The tenant, in whatever state.
   * @throws TenantNotFoundError
   */
  async get(id: string): Promise<TenantRecord> {
    const tenant = await this.find(id)
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  }

  /** Whether there is data to resume with; a revival that was cut off has it, however long ago that was. */
  hasData(tenant: TenantRecord): boolean {
    if (tenant.status === 'suspended' || tenant.operation?.kind === 'resume') return true
    return tenant.status === 'deleted' && isRetained(tenant, this.#options.now())
  }

  /** Asks the hooks of events, in order; what one throws refuses the operation. */
  async ask(tenant: TenantProfile, questions: readonly Question[], options: OperationOptions): Promise<void> {
    const { actor, requestId, reason } = originOf(options)
    for (const [name, from, to] of questions) {
      await this.#options.hooks.before({ name, tenant, from, to, actor, requestId, reason })
    }
  }

  /** Makes a tenant known, without a database. */
  async create({ profile, before, options, also }: Making): Promise<TenantRecord> {
    await this.ask(profile, [['beforeCreate', before?.status ?? null, 'pending']], options)
    const origin = originOf(options)
    const databaseName = this.#options.databases.databaseName(profile.id)
    return this.#options.runner.write(
      profile.id,
      (em, log, row) => enterPending({ em, log, row, profile, databaseName, origin }),
      also,
    )
  }

  /** Makes a tenant's database, and the tenant where it is not known, or goes on with it. */
  async make(session: AdminSession, { profile, before, options, also, onBegun }: Making): Promise<TenantRecord> {
    await this.ask(profile, questionsOfMaking(before), options)
    const origin = originOf(options)
    const databaseName = this.#options.databases.databaseName(profile.id)
    const begun = await this.#options.runner.begin(profile.id, {
      kind: 'provision',
      origin,
      prepare: (em, log, row) => enterProvisioning({ em, log, row, profile, databaseName, origin }),
      also,
    })
    onBegun?.(begun)
    return this.#options.runner.run(session, begun)
  }

  /** Makes a suspended or deleted tenant active with its data. */
  async revive(session: AdminSession, { profile, before, options, also, onBegun }: Making): Promise<TenantRecord> {
    const { id } = profile
    await this.ask(profile, [['beforeActivate', before?.status ?? null, 'active']], options)
    const begun = await this.#options.runner.begin(id, {
      kind: 'resume',
      origin: originOf(options),
      prepare(em, _log, row) {
        if (!row) throw new TenantNotFoundError(id)
        assignProfile(em, row, profile)
        return row
      },
      also,
    })
    onBegun?.(begun)
    return this.#options.runner.run(session, begun)
  }

  /** Suspends or deletes a tenant: the row says so first, what follows from it comes after. */
  async leave(session: AdminSession, tenant: TenantRecord, leaving: Leaving): Promise<TenantRecord> {
    const { kind, to, before, after, options, assign } = leaving
    const { id } = tenant
    await this.ask(profileOf(tenant), [[before, tenant.status, to]], options)
    const origin = originOf(options)
    const begun = await this.#options.runner.begin(id, {
      kind,
      origin,
      prepare(_em, log, row) {
        if (!row) throw new TenantNotFoundError(id)
        log.enter(row, { from: row.status, to, after: [after], origin })
        assign(row)
        return row
      },
    })
    return this.#options.runner.run(session, begun)
  }

  /** Removes a deleted tenant's database. */
  async purge(session: AdminSession, { id }: TenantRecord, options: OperationOptions): Promise<TenantRecord> {
    const { now, runner } = this.#options
    const begun = await runner.begin(id, {
      kind: 'purge',
      origin: originOf(options),
      prepare(_em, _log, row) {
        if (!row) throw new TenantNotFoundError(id)
        if (row.status !== 'deleted') throw transitionNotAllowed(row, 'purged', now())
        // From now on nobody takes the data for kept, whatever the time is elsewhere.
        row.dataRetentionUntil = null
        return row
      },
    })
    return runner.run(session, begun)
  }

  /** Goes on with an unfinished operation, or removes data whose time has passed, unless another process does. */
  async goOn(id: string): Promise<void> {
    try {
      await this.exclusively(id, async (session) => {
        const taken = await this.#options.runner.take(id)
        if (taken) return this.#options.runner.run(session, taken)
        const tenant = await this.find(id)
        if (tenant?.status !== 'deleted' || tenant.operation || isRetained(tenant, this.#options.now())) return
        await this.purge(session, tenant, { actor: 'retention' })
      })
    } catch (error) {
      if (!(error instanceof OperationInProgressError)) throw error
    }
  }
}

/** The origin of an operation as it is kept. */
function originOf({ actor, requestId, reason, idempotencyKey }: OperationOptions): OperationOrigin {
  return {
    actor: actor ?? 'service',
    requestId: requestId ?? null,
    reason: reason ?? null,
    idempotencyKey: idempotencyKey ?? null,
  }
}

/** What was asked when an operation began is not asked again when it is gone on with. */
function questionsOfMaking(before: TenantRecord | undefined): readonly Question[] {
  if (before?.status === 'provisioning') return []
  const provision: Question = ['beforeProvision', 'pending', 'provisioning']
  const activate: Question = ['beforeActivate', 'provisioning', 'active']
  if (before?.status === 'pending') return [provision, activate]
  return [['beforeCreate', before?.status ?? null, 'pending'], provision, activate]
}
