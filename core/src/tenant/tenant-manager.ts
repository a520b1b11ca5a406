import type { EntityManager } from '@mikro-orm/postgresql'
import { TenantNotFoundError } from '@mt-paas/server'
import { type TenantRecord, tenantRecord } from '../central/tenant-record.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import {
  InvalidTenantIdError,
  TenantDeletedError,
  TenantNotReadyError,
  TenantSuspendedError,
} from '../error/tenant-errors.ts'
import { type PlanCatalogue, planCatalogue } from '../plan/plan-catalogue.ts'
import { canonicalEmail } from './canonical-email.ts'
import { createTenant, type NewTenant } from './create-tenant.ts'
import { readSubscribedTenant, type SubscribedTenant } from './subscription-store.ts'
import { isTenantId } from './tenant-id.ts'
import { readTenantPage, type TenantPage, type TenantPageOptions } from './tenant-page.ts'

/** Which tenants {@link TenantManager.entityManager} opens beside active ones. */
export interface OpenTenantOptions {
  /** Also a deleted tenant whose data is still kept, as for its last bill. @default false */
  readonly retained?: boolean
}

/** What to change of a tenant; what is left out stays. */
export interface TenantChange {
  readonly name?: string
  readonly contact?: { readonly email: string; readonly name: string }
  /** Features that are on, whatever the plan says. */
  readonly features?: readonly string[]
  readonly config?: Readonly<Record<string, unknown>>
}

/** Reads and describes tenants, and opens their databases. */
export class TenantManager {
  readonly #databases: DatabaseManager
  readonly #now: () => Date
  readonly #plans: PlanCatalogue

  constructor(databases: DatabaseManager, now: () => Date, plans: PlanCatalogue = planCatalogue()) {
    this.#databases = databases
    this.#now = now
    this.#plans = plans
  }

  /** Resolves when the central database answers. */
  async ping(): Promise<void> {
    await this.#databases.central().execute('select 1')
  }

  /** The tenant, in whatever state; none for an id that cannot be one. */
  async find(id: string): Promise<TenantRecord | undefined> {
    if (!isTenantId(id)) return undefined
    return (await this.#databases.central().findOne(tenantRecord, { id })) ?? undefined
  }

  /**
   * The tenant, in whatever state.
   * @throws InvalidTenantIdError, TenantNotFoundError
   */
  async get(id: string): Promise<TenantRecord> {
    if (!isTenantId(id)) throw new InvalidTenantIdError()
    const tenant = await this.find(id)
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  }

  /** The tenant that was made for an applicant, whatever the case of the e-mail. */
  async findByApplicant(email: string): Promise<TenantRecord | undefined> {
    const applicantEmail = canonicalEmail(email)
    return (await this.#databases.central().findOne(tenantRecord, { applicantEmail })) ?? undefined
  }

  /**
   * The tenant, in whatever state, and what it subscribed to, in one query.
   * @throws InvalidTenantIdError, TenantNotFoundError
   */
  async withSubscription(id: string): Promise<SubscribedTenant> {
    if (!isTenantId(id)) throw new InvalidTenantIdError()
    return readSubscribedTenant(this.#databases.central(), id)
  }

  /**
   * Makes a tenant's row and subscription; its database comes when the lifecycle activates it.
   * @throws InvalidTenantIdError, TenantExistsError, UnknownPlanError, InvalidSubscriptionError
   */
  async create(tenant: NewTenant): Promise<TenantRecord> {
    const databaseName = this.#databases.databaseName(tenant.id)
    return createTenant(this.#databases.central(), tenant, { plans: this.#plans, now: this.#now(), databaseName })
  }

  /**
   * Changes a tenant's description. Its state is the lifecycle's to change, its plan that of the subscriptions.
   * @throws InvalidTenantIdError, TenantNotFoundError
   */
  async update(id: string, { name, contact, features, config }: TenantChange): Promise<TenantRecord> {
    if (!isTenantId(id)) throw new InvalidTenantIdError()
    const em = this.#databases.central()
    const tenant = await em.findOne(tenantRecord, { id })
    if (!tenant) throw new TenantNotFoundError(id)
    em.assign(tenant, {
      ...(name !== undefined && { name }),
      ...(contact && { contactEmail: contact.email, contactName: contact.name }),
      ...(features && { features: [...features] }),
      ...(config && { config: { ...config } }),
      updatedAt: this.#now(),
    })
    await em.flush()
    return tenant
  }

  /**
   * A page of tenants, filtered, oldest first.
   * @throws InvalidCursorError, InvalidPageSizeError
   */
  page(options: TenantPageOptions = {}): Promise<TenantPage> {
    return readTenantPage(this.#databases.central(), options)
  }

  /** All tenants, oldest first. */
  list(): Promise<TenantRecord[]> {
    return this.#databases.central().find(tenantRecord, {}, { orderBy: { createdAt: 'asc', id: 'asc' } })
  }

  /**
   * A fresh entity manager of the tenant's database.
   * @throws InvalidTenantIdError, TenantNotFoundError, TenantNotReadyError, TenantSuspendedError, TenantDeletedError
   */
  async entityManager(id: string, options: OpenTenantOptions = {}): Promise<EntityManager> {
    const tenant = await this.get(id)
    this.#assertUsable(tenant, options.retained ?? false)
    return this.#databases.tenant(tenant.dbName)
  }

  #assertUsable(tenant: TenantRecord, retained: boolean): void {
    if (tenant.status === 'pending' || tenant.status === 'provisioning') throw new TenantNotReadyError(tenant.id)
    if (tenant.status === 'purged') throw new TenantDeletedError(tenant.id)
    if (tenant.status === 'suspended') throw new TenantSuspendedError(tenant.id)
    if (tenant.status === 'deleted' && !(retained && isRetained(tenant, this.#now()))) {
      throw new TenantDeletedError(tenant.id)
    }
  }
}

/** Whether a deleted tenant's data is still kept. */
export function isRetained(tenant: TenantRecord, now: Date): boolean {
  return (tenant.dataRetentionUntil ?? now) > now
}
