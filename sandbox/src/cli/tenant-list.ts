import type { TenantPage, TenantRecord } from '@mt-paas/core'
import type { AdminDictionary } from '../text/admin-dictionary.ts'
import { textTable } from './text-table.ts'

/** A page of tenants as a table. */
export function tenantList({ tenants, total, next }: TenantPage, text: AdminDictionary): string {
  const { columns, states } = text
  const headings = [columns.id, columns.name, columns.state, columns.plan, columns.expires, columns.created]
  const rows = tenants.map(({ id, name, status, plan, expiresAt, createdAt }) => [
    id,
    name,
    states[status],
    plan,
    expiresAt ? day(expiresAt) : text.open,
    day(createdAt),
  ])
  const more = next === null ? '' : `${text.next(next)}\n`
  return `${textTable(headings, rows)}${text.page(tenants.length, total)}\n${more}`
}

/** A page of tenants as a document. */
export function tenantPage({ tenants, total, next }: TenantPage) {
  return { tenants: tenants.map(tenantDocument), total, next }
}

/** A tenant as a document. */
export function tenantDocument(tenant: TenantRecord) {
  const { id, name, status, plan, features, contactEmail, contactName, dbName, config } = tenant
  return {
    tenant_id: id,
    tenant_name: name,
    status,
    plan,
    features,
    config,
    contact: { email: contactEmail, name: contactName },
    database: dbName,
    created_at: tenant.createdAt.toISOString(),
    updated_at: tenant.updatedAt.toISOString(),
    expires_at: tenant.expiresAt?.toISOString() ?? null,
    data_retention_until: tenant.dataRetentionUntil?.toISOString() ?? null,
    suspended_reason: tenant.suspendedReason,
    needs_attention: tenant.needsAttention,
    last_error: tenant.lastError,
  }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
