/**
 * The tenant a request works for. A look-up may return more than this: declare an interface that extends it, and
 * name that in `currentTenant<MyTenant>()`.
 */
export interface TenantContext {
  readonly id: string
  /** The market's own word for the subscription, such as `basic` or `premium`. */
  readonly plan: string
  /** Feature → whether the tenant has it; a feature that is not listed is one it does not have. */
  readonly features: Readonly<Record<string, boolean>>
  /** State of the lifecycle, such as `active`. */
  readonly status?: string
}

/** What a look-up is told beside the id. */
export interface TenantLookupOptions {
  /** Aborts when the caller goes away before the look-up is done. */
  readonly signal?: AbortSignal
}

/**
 * Finds a tenant; undefined or null says there is none and is answered with 404. A thrown `StandardApiError`
 * (suspended, deleted, still provisioning) is the answer; anything else thrown is answered with a bare 500.
 */
export type TenantLookup<TTenant extends TenantContext = TenantContext> = (
  id: string,
  options: TenantLookupOptions,
) => TTenant | null | undefined | Promise<TTenant | null | undefined>

/** The context of a tenant nobody looked up. */
export function basicTenant(id: string): TenantContext {
  return { id, plan: 'basic', features: {} }
}
