import type { ApplicationStore } from '@mt-paas/server'
import { type DatabaseManagerOptions, openDatabaseManager } from './database/database-manager.ts'
import { type ProvisionTenant, TenantLifecycle } from './lifecycle/tenant-lifecycle.ts'
import { appliedTenants } from './tenant/applied-tenants.ts'
import { TenantManager } from './tenant/tenant-manager.ts'

/** What {@link openMultiTenant} works with. */
export interface MultiTenantOptions extends DatabaseManagerOptions {
  /** Fills a new tenant's database; runs again after a crash and when a tenant is resumed. @default nothing */
  readonly provision?: ProvisionTenant
  /** Days for which a deactivated tenant's data is kept. @default 90 */
  readonly retentionDays?: number
  /** @default the system's clock */
  readonly now?: () => Date
}

/** One PostgreSQL database per tenant, and the central one that knows them. */
export interface MultiTenant {
  readonly tenants: TenantManager
  readonly lifecycle: TenantLifecycle
  /**
   * The applicants' tenants, for the option `applications` of `marketCompatApi`.
   * @param accessUrl where the people of a tenant open the service
   */
  applications(accessUrl: (tenantId: string) => string): ApplicationStore
  /** Ends every connection; operations under way fail. */
  close(): Promise<void>
}

/** Opens the central database, made and migrated when needed. */
export async function openMultiTenant(options: MultiTenantOptions): Promise<MultiTenant> {
  const { provision = async () => undefined, retentionDays = 90, now = () => new Date() } = options
  const databases = await openDatabaseManager(options)
  return {
    tenants: new TenantManager(databases, now),
    lifecycle: new TenantLifecycle({ databases, now, provision, retentionDays }),
    applications: (accessUrl) => appliedTenants({ databases, accessUrl }),
    close: () => databases.close(),
  }
}
