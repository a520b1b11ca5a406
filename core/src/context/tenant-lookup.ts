import type { TenantLookup } from '@mt-paas/server'
import { InvalidTenantIdError } from '../error/tenant-errors.ts'
import { entitlementOf } from '../plan/entitlement.ts'
import type { PlanCatalogue } from '../plan/plan-catalogue.ts'
import { isTenantId } from '../tenant/tenant-id.ts'
import { notifiedChanges } from './notified-changes.ts'
import { redisChanges } from './redis-changes.ts'
import { type KnownTenant, type LendDatabase, RequestTenant } from './request-tenant.ts'
import { TenantCache } from './tenant-cache.ts'
import type { TenantRow, TenantRows } from './tenant-rows.ts'
import { tenantStateError } from './tenant-state-error.ts'

/** How {@link openTenantLookup} finds tenants. Times in ms. */
export interface TenantLookupSettings {
  /** Connection string of the central database. */
  readonly url: string
  readonly rows: Pick<TenantRows, 'find'>
  readonly plans: PlanCatalogue
  readonly lend: LendDatabase
  /** Where changes are told of and heard as well, among the processes of one central database. @default none */
  readonly redis?: { readonly url: string; readonly centralId: string } | undefined
  /** Longest time for which a tenant is known without looking again. @default 60_000 */
  readonly ttl?: number
  /** Longest time for which an id is known to be nobody's. @default 1_000 */
  readonly negativeTtl?: number
  /** Most tenants that are known at a time. @default 10_000 */
  readonly maxEntries?: number
  /** How often the ways to hear of changes are tried. @default 2_000 */
  readonly heartbeat?: number
}

/** Finds the tenant of a request for `tenantContext`, from memory where it can. */
export interface OpenTenantLookup {
  /**
   * @throws InvalidTenantIdError, TenantNotReadyError, TenantSuspendedError, TenantDeletedError, or StandardApiError
   * `SERVICE_UNAVAILABLE` when the central database does not answer
   */
  readonly lookup: TenantLookup<RequestTenant>
  /** Forgets a tenant, so that the next request looks again. */
  invalidate(id: string): void
  close(): Promise<void>
}

/**
 * Opens the look-up. What it knows is dropped when the tenant changes, in whatever process, and altogether while it
 * would not hear of that.
 */
export async function openTenantLookup(settings: TenantLookupSettings): Promise<OpenTenantLookup> {
  const {
    plans,
    url,
    rows,
    lend,
    redis: redisOptions,
    ttl = 60_000,
    negativeTtl = 1_000,
    maxEntries = 10_000,
    heartbeat = 2_000,
  } = settings
  const cache = new TenantCache<KnownTenant>({
    find: async (id) => {
      const row = await rows.find(id)
      return row && knownTenant(row, plans)
    },
    ttl,
    negativeTtl,
    maxEntries,
    now: () => performance.now(),
  })
  const hearing = { postgres: false, redis: false }
  const listenerOf = (way: keyof typeof hearing) => ({
    onChange: (id: string | undefined) => (id === undefined ? cache.clear() : cache.invalidate(id)),
    onHearing: (heard: boolean) => {
      hearing[way] = heard
      cache.keep(hearing.postgres || hearing.redis)
    },
  })
  const redis = redisOptions && redisChanges({ ...redisOptions, heartbeat, ...listenerOf('redis') })
  const postgres = listenerOf('postgres')
  const notified = notifiedChanges({
    url,
    heartbeat,
    onChange(id) {
      postgres.onChange(id)
      redis?.tell(id)
    },
    onHearing(heard) {
      postgres.onHearing(heard)
      redis?.relay(heard)
    },
  })
  await Promise.all([redis?.started, notified.started])
  return {
    lookup(id) {
      if (!isTenantId(id)) throw new InvalidTenantIdError()
      const known = cache.known(id)
      return known ? admitted(known.value, lend) : cache.load(id).then((tenant) => admitted(tenant, lend))
    },
    invalidate: (id) => cache.invalidate(id),
    async close() {
      await Promise.all([redis?.close(), notified.close()])
    },
  }
}

/** Works out once what every request of the tenant needs. */
function knownTenant(row: TenantRow, plans: PlanCatalogue): KnownTenant {
  const { features, limits } = entitlementOf(plans, row)
  const { tenantId: id, name, plan, config, status, databaseName } = row
  return Object.freeze({ id, name, plan, config, status, databaseName, limits, features: Object.freeze(features) })
}

/** Undefined for a tenant that does not exist. */
function admitted(tenant: KnownTenant | undefined, lend: LendDatabase): RequestTenant | undefined {
  if (!tenant) return undefined
  const refusal = tenantStateError(tenant)
  if (refusal) throw refusal
  return new RequestTenant(tenant, lend)
}
