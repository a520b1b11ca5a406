import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantExistsError, TenantNotFoundError } from '@mt-paas/server'
import { type TenantRecord, tenantRecord } from '../central/tenant-record.ts'
import type { AdminSession } from '../database/admin-session.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import { OperationInProgressError, TenantNotReadyError } from '../error/tenant-errors.ts'
import { tenantDatabaseName } from '../tenant/tenant-id.ts'
import { isRetained } from '../tenant/tenant-manager.ts'

/** What a tenant is activated with. */
export interface TenantActivation {
  readonly id: string
  readonly name: string
  readonly plan: string
  readonly features: readonly string[]
  /** @default {} */
  readonly config?: Readonly<Record<string, unknown>>
  readonly contact: { readonly email: string; readonly name: string }
  /** End of the subscription. @default open */
  readonly expiresAt?: Date
}

/** What became of an activation; `resumed` has the data of before. */
export interface ActivatedTenant {
  readonly tenant: TenantRecord
  readonly outcome: 'created' | 'resumed'
}

/** Fills a tenant's database after its migrations. It may run again after a crash, so it only adds what is missing. */
export type ProvisionTenant = (em: EntityManager, tenant: TenantRecord) => Promise<void>

/** How a {@link TenantLifecycle} works. */
export interface TenantLifecycleOptions {
  readonly databases: DatabaseManager
  readonly now: () => Date
  readonly provision: ProvisionTenant
  /** Days for which a deactivated tenant's data is kept. */
  readonly retentionDays: number
}

const DAY = 24 * 60 * 60 * 1_000

/** Makes, ends and resumes tenants. One operation a tenant at a time, among all processes. */
export class TenantLifecycle {
  readonly #options: TenantLifecycleOptions

  constructor(options: TenantLifecycleOptions) {
    this.#options = options
  }

  /**
   * Makes a tenant with its database, or resumes one that was suspended, or deactivated with its data kept. When an
   * earlier activation was cut off, it goes on where that stopped.
   * @throws InvalidTenantIdError, TenantExistsError when active, OperationInProgressError
   */
  async activate(activation: TenantActivation): Promise<ActivatedTenant> {
    const { id } = activation
    const name = { tenantId: id, databaseName: tenantDatabaseName(id) }
    return this.#exclusively(id, async (session) => {
      const before = await this.#find(id)
      if (before?.status === 'active') throw new TenantExistsError(id)
      const resumed = before !== undefined && hasData(before, this.#options.now())
      if (before && !resumed) await this.#options.databases.drop(session, name)
      await this.#begin(activation, resumed)
      await this.#options.databases.provision(session, name)
      await this.#fill(id)
      const outcome = resumed && before.status !== 'provisioning' ? 'resumed' : 'created'
      return { tenant: await this.#finish(id), outcome }
    })
  }

  /**
   * Ends a tenant's use. Its data is kept for the retention time, or removed now. A tenant that has ended stays as it is.
   * @throws TenantNotFoundError, TenantNotReadyError while it is being made, OperationInProgressError
   */
  async deactivate(id: string, { preserveData }: { readonly preserveData: boolean }): Promise<TenantRecord> {
    const name = { tenantId: id, databaseName: tenantDatabaseName(id) }
    return this.#exclusively(id, async (session) => {
      const tenant = await this.#find(id)
      if (!tenant) throw new TenantNotFoundError(id)
      if (tenant.status === 'provisioning') throw new TenantNotReadyError(id)
      const now = this.#options.now()
      if (tenant.status === 'deleted' && (preserveData || !isRetained(tenant, now))) return tenant
      // The row says so first: a removal that is cut off leaves no tenant that looks usable.
      const until = preserveData ? new Date(now.getTime() + this.#options.retentionDays * DAY) : null
      const ended = await this.#update(id, { status: 'deleted', dataRetentionUntil: until })
      if (preserveData) await this.#options.databases.release(name.databaseName)
      else await this.#options.databases.drop(session, name)
      return ended
    })
  }

  #exclusively<TResult>(id: string, work: (session: AdminSession) => Promise<TResult>): Promise<TResult> {
    return this.#options.databases.locked(`tenant:${id}`, work, () => new OperationInProgressError(id))
  }

  async #find(id: string): Promise<TenantRecord | undefined> {
    return (await this.#options.databases.central().findOne(tenantRecord, { id })) ?? undefined
  }

  /** The row comes first, so that nothing is made that no row knows of. */
  async #begin(activation: TenantActivation, resumed: boolean): Promise<void> {
    const em = this.#options.databases.central()
    const now = this.#options.now()
    const before = await em.findOne(tenantRecord, { id: activation.id })
    const values = {
      name: activation.name,
      plan: activation.plan,
      features: [...activation.features],
      config: { ...activation.config },
      contactEmail: activation.contact.email,
      contactName: activation.contact.name,
      status: 'provisioning' as const,
      updatedAt: now,
      expiresAt: activation.expiresAt ?? null,
      // Stays while resuming, so that data known to be kept is never taken for the leavings of a removal.
      dataRetentionUntil: resumed ? (before?.dataRetentionUntil ?? null) : null,
    }
    if (before) em.assign(before, { ...values, ...(!resumed && { createdAt: now }) })
    else em.create(tenantRecord, { ...values, ...identity(activation.id), createdAt: now })
    await em.flush()
  }

  async #fill(id: string): Promise<void> {
    const tenant = await this.#find(id)
    if (!tenant) throw new TenantNotFoundError(id)
    await this.#options.provision(this.#options.databases.tenant(tenant.dbName), tenant)
  }

  #finish(id: string): Promise<TenantRecord> {
    return this.#update(id, { status: 'active', dataRetentionUntil: null })
  }

  async #update(id: string, values: Pick<TenantRecord, 'status' | 'dataRetentionUntil'>): Promise<TenantRecord> {
    const em = this.#options.databases.central()
    const tenant = await em.findOneOrFail(tenantRecord, { id })
    em.assign(tenant, { ...values, updatedAt: this.#options.now() })
    await em.flush()
    return tenant
  }
}

function identity(id: string) {
  return { id, dbName: tenantDatabaseName(id), applicantEmail: null, applicationKind: null }
}

/** A tenant being made counts as well: what was done of it is gone on with. */
function hasData(tenant: TenantRecord, now: Date): boolean {
  return tenant.status !== 'deleted' || isRetained(tenant, now)
}
