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
import { canonicalEmail } from './canonical-email.ts'
import { isTenantId } from './tenant-id.ts'

/** Which tenants {@link TenantManager.entityManager} opens beside active ones. */
export interface OpenTenantOptions {
  /** Also a deleted tenant whose data is still kept, as for its last bill. @default false */
  readonly retained?: boolean
}

/** Reads tenants and opens their databases. */
export class TenantManager {
  readonly #databases: DatabaseManager
  readonly #now: () => Date

  constructor(databases: DatabaseManager, now: () => Date) {
    this.#databases = databases
    this.#now = now
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
    if (tenant.status === 'provisioning') throw new TenantNotReadyError(tenant.id)
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
