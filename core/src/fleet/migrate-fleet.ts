import { setTimeout as delay } from 'node:timers/promises'
import type { EntityManager } from '@mikro-orm/postgresql'
import { withAdminSession } from '../database/admin-session.ts'
import type { RegisteredDatabase } from '../database/database-registry.ts'
import { type FleetProgress, FleetProgressCounter } from './fleet-progress.ts'
import { type MigrateTenantOptions, migrateTenant } from './migrate-tenant.ts'
import { type OutdatedTenant, outdatedTenants } from './outdated-tenant.ts'
import { type SettledTenant, TenantClaims } from './tenant-claims.ts'

/** How a fleet is migrated. Times in ms. */
export interface FleetMigrationOptions {
  /** Most tenants at a time. @default 8 */
  readonly concurrency?: number
  /** How many tenants go first, all of which must succeed. @default 3 */
  readonly canary?: number
  /** Part of the tenants, 0 to 1, that may fail before the rest is left as it is. @default 0.1 */
  readonly maxFailureRate?: number
  /** Tenants that must have been tried before failures are a rate. @default 20 */
  readonly minSample?: number
  /** How often a tenant is tried when something stands in its way that passes, such as a lock. @default 3 */
  readonly tries?: number
  /** Wait between two tries, doubled each time. @default 500 */
  readonly pause?: number
  /** How long to wait for tenants that other operations work on. @default 10_000 */
  readonly patience?: number
  /** Gets how far it is, after each tenant. @default none */
  readonly onProgress?: (progress: FleetProgress) => void
  /** Begins no further tenant once it aborts; those under way are finished. @default none */
  readonly signal?: AbortSignal
}

/** What a fleet is migrated with. */
export interface FleetMigrationContext extends Pick<MigrateTenantOptions, 'migrate'> {
  readonly central: () => EntityManager
  /** Version that schemas are to have. */
  readonly version: string
  /** Connection string of the central database, for the locks of tenants. */
  readonly url: string
}

/** What became of a migration of the fleet. Running it again goes on with what is left. */
export interface FleetMigrationReport {
  /** Version of the schema that tenants have now. */
  readonly version: string
  /** Tenants that were behind. */
  readonly total: number
  readonly migrated: number
  readonly failed: readonly { readonly tenantId: string; readonly error: string }[]
  /** Tenants that other operations were working on the whole time. */
  readonly busy: readonly string[]
  /** Tenants that were not tried. */
  readonly untried: number
  /** Why some were not tried; null when all were. */
  readonly stopped: 'canary' | 'failure-rate' | 'aborted' | null
  /** In ms. */
  readonly duration: number
}

const LOOK_AGAIN = 250

/**
 * Brings every active tenant's database to the newest schema: a few tenants first, then the rest, several at a time. A
 * tenant that fails keeps only itself back. Several processes may do it at once; one that is killed loses nothing.
 */
export async function migrateFleet(
  context: FleetMigrationContext,
  options: FleetMigrationOptions = {},
): Promise<FleetMigrationReport> {
  const first = await outdatedTenants(context.central(), context.version)
  const run = new FleetRun(context, options, first.length)
  await run.canaryWave(first)
  await run.wave(first.slice(run.canary), false)
  await run.waitForBusy()
  return run.report()
}

class FleetRun {
  readonly #context: FleetMigrationContext
  readonly #options: FleetMigrationOptions
  readonly #total: number
  readonly #began = performance.now()
  /** What was written; tenants count as tried a little earlier. */
  readonly #counter: FleetProgressCounter
  readonly #failed: { readonly tenantId: string; readonly error: string }[] = []
  #migrated = 0
  #current = 0
  #busy: OutdatedTenant[] = []
  #stopped: FleetMigrationReport['stopped'] = null

  constructor(context: FleetMigrationContext, options: FleetMigrationOptions, total: number) {
    this.#context = context
    this.#options = options
    this.#total = total
    this.#counter = new FleetProgressCounter(total, () => performance.now())
  }

  get canary(): number {
    return Math.min(Math.max(this.#options.canary ?? 3, 0), this.#total)
  }

  /** Migrates the first few; when one of them fails, no other is begun. */
  async canaryWave(tenants: readonly OutdatedTenant[]): Promise<void> {
    await this.wave(tenants.slice(0, this.canary), true)
    if (this.#failed.length > 0) this.#stopped ??= 'canary'
  }

  /** Migrates tenants, several at a time, until all were tried or it is stopped. */
  async wave(tenants: readonly OutdatedTenant[], canary: boolean): Promise<void> {
    const waiting = tenants.values()
    const workers = Math.min(this.#options.concurrency ?? 8, tenants.length)
    const work = () =>
      withAdminSession({ url: this.#context.url }, async (session) => {
        const claims = new TenantClaims(session, this.#context.version)
        let before: SettledTenant | undefined
        for (const tenant of waiting) {
          if (this.#isStopped()) break
          const claimed = await claims.next(tenant, before)
          if (before) this.#tell(before, canary)
          before = typeof claimed === 'string' ? undefined : await this.#migrate(tenant, claimed)
          if (claimed === 'busy') this.#busy.push(tenant)
          if (claimed === 'current') this.#current += 1
        }
        if (!before) return
        await claims.settle(before)
        this.#tell(before, canary)
      })
    const ended = await Promise.allSettled(Array.from({ length: workers }, work))
    for (const result of ended) if (result.status === 'rejected') throw result.reason
  }

  /** Tries again, for a while, the tenants that others work on. */
  async waitForBusy(): Promise<void> {
    const deadline = performance.now() + (this.#options.patience ?? 10_000)
    while (this.#busy.length > 0 && !this.#isStopped() && performance.now() < deadline) {
      await delay(LOOK_AGAIN)
      await this.wave(this.#busy.splice(0), false)
    }
  }

  report(): FleetMigrationReport {
    const tried = this.#migrated + this.#failed.length + this.#current + this.#busy.length
    return {
      version: this.#context.version,
      total: this.#total,
      migrated: this.#migrated,
      failed: this.#failed,
      busy: this.#busy.map(({ tenantId }) => tenantId),
      untried: this.#total - tried,
      stopped: tried < this.#total ? this.#stopped : null,
      duration: Math.round(performance.now() - this.#began),
    }
  }

  async #migrate(tenant: OutdatedTenant, claimed: RegisteredDatabase): Promise<SettledTenant> {
    const { tries = 3, pause = 500 } = this.#options
    const error = await migrateTenant(claimed, { migrate: this.#context.migrate, tries, pause })
    if (error === null) this.#migrated += 1
    else this.#failed.push({ tenantId: tenant.tenantId, error })
    return { tenant, error }
  }

  #tell({ error }: SettledTenant, canary: boolean): void {
    this.#counter.add(error === null ? 'migrated' : 'failed')
    this.#options.onProgress?.(this.#counter.progress(canary))
  }

  #isStopped(): boolean {
    const { maxFailureRate = 0.1, minSample = 20, signal } = this.#options
    if (signal?.aborted) this.#stopped ??= 'aborted'
    const failed = this.#failed.length
    const tried = this.#migrated + failed
    if (tried >= minSample && failed / tried > maxFailureRate) this.#stopped ??= 'failure-rate'
    return this.#stopped !== null
  }
}
