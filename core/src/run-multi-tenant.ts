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

/** Starts what a configuration says, or nothing of it. What the options say wins. */
export async function runMultiTenant(
  { limits, redisUrl, databasePrefix, ...configuration }: Configuration,
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
      ...(databasePrefix !== undefined && { databasePrefix }),
      ...options,
      centralUrl: url,
      connections: {
        ...(perTenant !== undefined && { perTenant }),
        ...(budget !== undefined && { budget }),
        ...options.connections,
      },
      onDatabaseGone(name, tenantId) {
        if (tenantId !== null) lookup?.invalidate(tenantId)
        options.onDatabaseGone?.(name, tenantId)
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
      redis: redisUrl && { url: redisUrl.reveal(), centralId: multiTenant.databases.centralId },
    })
    closers.push(lookup.close)
    return { multiTenant, lookup, close }
  } catch (error) {
    await close()
    throw error
  }
}
