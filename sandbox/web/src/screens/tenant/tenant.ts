/** A tenant at a service, as the wire names it. */
export interface Tenant {
  /** Slug. */
  readonly service: string
  readonly tenant_id: string
}

/** What every part of the dashboard gets. */
export interface TenantPartProps {
  readonly tenant: Tenant
}
