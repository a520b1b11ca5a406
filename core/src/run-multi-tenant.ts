import { centralServer } from './config/central-server.ts'
import type { Configuration } from './config/read-configuration.ts'
import { type OpenTenantLookup, openTenantLookup } from './context/tenant-lookup.ts'
import { openTenantRows } from './context/tenant-rows.ts'
import { type MultiTenant, type MultiTenantOptions, openMultiTenant } from './multi-tenant.ts'

/** A multi-tenant service that runs. */
export interface RunningMultiTenant {
  readonly multiTenant: MultiTenant
  readonly lookup: OpenTenantLookup
  /** Ends every connection, and the embedded PostgreSQL. */
  close(): Promise<void>
}

const DATABASE_PREFIX = 'tenant_'

/** Starts what a configuration says, or nothing of it. What the options say wins. */
export async function runMultiTenant(
  { limits, redisUrl, ...configuration }: Configuration,
  options: Omit<MultiTenantOptions, 'centralUrl'>,
): Promise<RunningMultiTenant> {
  const { poolSize: perTenant, connectionBudget: budget } = limits
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end()
  }
  let lookup: OpenTenantLookup | undefined
  try {
    const { url, stop } = await centralServer(configuration)
    closers.push(stop)
    const multiTenant = await openMultiTenant({
      retentionDays: limits.retentionDays,
      ...options,
      centralUrl: url,
      connections: {
        ...(perTenant !== undefined && { perTenant }),
        ...(budget !== undefined && { budget }),
        ...options.connections,
      },
      onDatabaseGone(name) {
        lookup?.invalidate(name.slice(DATABASE_PREFIX.length))
        options.onDatabaseGone?.(name)
      },
    })
    closers.push(multiTenant.close)
    const rows = openTenantRows(url)
    closers.push(rows.close)
    lookup = await openTenantLookup({
      url,
      rows,
      plans: multiTenant.plans,
      lend: (name) => multiTenant.databases.lend(name),
      ttl: limits.tenantCacheTime,
      ...(redisUrl && { redisUrl: redisUrl.reveal() }),
    })
    closers.push(lookup.close)
    return { multiTenant, lookup, close }
  } catch (error) {
    await close()
    throw error
  }
}
