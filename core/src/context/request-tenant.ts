import type { EntityManager } from '@mikro-orm/postgresql'
import type { TenantContext } from '@mt-paas/server'
import type { TenantState } from '../central/tenant-record.ts'
import type { LentDatabase } from '../database/database-manager.ts'
import type { TenantDatabaseName } from '../database/make-database.ts'
import type { PlanLimits } from '../plan/plan.ts'

/** Lends a tenant's database to a request. */
export type LendDatabase = (name: TenantDatabaseName) => LentDatabase

/** A tenant as it is kept in memory. */
export interface KnownTenant extends TenantContext {
  readonly name: string
  /** What the tenant's plan and subscription allow. */
  readonly limits: PlanLimits
  /** As the market sent it. */
  readonly config: Readonly<Record<string, unknown>>
  readonly status: TenantState
  readonly databaseName: string
}

/** The tenant of one request: `ctx.state.tenant`, and `currentTenant<RequestTenant>()`. */
export class RequestTenant implements TenantContext {
  readonly id: string
  readonly name: string
  readonly plan: string
  readonly features: Readonly<Record<string, boolean>>
  readonly limits: PlanLimits
  readonly config: Readonly<Record<string, unknown>>
  readonly status: string
  readonly #open: () => LentDatabase
  #database: LentDatabase | undefined
  #ended = false

  /** @internal the look-up makes one for every request. */
  constructor(tenant: KnownTenant, lend: LendDatabase) {
    this.id = tenant.id
    this.name = tenant.name
    this.plan = tenant.plan
    this.features = tenant.features
    this.limits = tenant.limits
    this.config = tenant.config
    this.status = tenant.status
    this.#open = () => lend({ tenantId: tenant.id, databaseName: tenant.databaseName })
  }

  /**
   * The entity manager of this tenant's database for this request; nothing is opened before it is asked for.
   * @throws Error after the request
   */
  get em(): EntityManager {
    if (this.#ended)
      throw new Error(`The request that worked for tenant ${this.id} has ended, and its database with it`)
    this.#database ??= this.#open()
    return this.#database.em
  }

  /** @internal Called once the request is over. */
  async end(): Promise<void> {
    this.#ended = true
    await this.#database?.end()
  }
}
