/** Address of a tenant's dashboard. */
export function tenantPath({ service, tenant_id }: { readonly service: string; readonly tenant_id: string }): string {
  return `/tenants/${service}/${encodeURIComponent(tenant_id)}`
}
