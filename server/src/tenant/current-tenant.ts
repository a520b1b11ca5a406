import { AsyncLocalStorage } from 'node:async_hooks'
import { StandardApiError } from '../error/index.ts'
import type { TenantContext } from './tenant.ts'

const tenantStorage = new AsyncLocalStorage<TenantContext | undefined>()

/**
 * The tenant this code runs for, or undefined outside of a tenant's request. It follows promises, timers and
 * `setImmediate`; a listener sees the tenant of whoever emits, so inside listeners on sockets, pools and the raw request
 * it is undefined. `TTenant` is what the look-up in use returns, and is not checked.
 */
export function currentTenant<TTenant extends TenantContext = TenantContext>(): TTenant | undefined {
  return tenantStorage.getStore() as TTenant | undefined
}

/**
 * The tenant this code runs for.
 * @throws StandardApiError `UNAUTHORIZED` outside of a tenant's request
 */
export function requireTenant<TTenant extends TenantContext = TenantContext>(): TTenant {
  const tenant = currentTenant<TTenant>()
  if (tenant === undefined) throw StandardApiError.tenantRequired()
  return tenant
}

/** Another name of {@link currentTenant}, the one the predecessors use beside `requireTenant`. */
export function optionalTenant<TTenant extends TenantContext = TenantContext>(): TTenant | undefined {
  return currentTenant<TTenant>()
}

/** Whether the tenant has a feature; false without a tenant and for a feature nobody listed. */
export function hasFeature(name: string, tenant: TenantContext | undefined = currentTenant()): boolean {
  return tenant?.features[name] === true
}

/**
 * Runs `fn` and everything it starts for a tenant, as jobs, scripts and tests need it; undefined runs it for none,
 * whatever tenant the caller has. Returns or throws what `fn` does.
 */
export function runWithTenant<TResult>(tenant: TenantContext | undefined, fn: () => TResult): TResult {
  return tenantStorage.run(tenant, fn)
}
