import { tenantDocument } from './tenant-list.ts'
import { pairTable } from './text-table.ts'
import type { AdminWork } from './with-multi-tenant.ts'

/** All about a tenant, as a document and as a table. */
export async function tenantDetails({ mt, text }: Pick<AdminWork, 'mt' | 'text'>, id: string) {
  const { tenant, subscription } = await mt.tenants.withSubscription(id)
  const events = await mt.lifecycle.events(id)
  const { columns, states } = text
  const last = events.at(-1)
  const { contactName, contactEmail, dataRetentionUntil, suspendedReason, lastError } = tenant
  const optional = (name: string, value: string | null | undefined) => (value ? [[name, value] as const] : [])
  const table = pairTable([
    [columns.id, tenant.id],
    [columns.name, tenant.name],
    [columns.state, states[tenant.status]],
    ...optional(columns.reason, suspendedReason ?? lastError),
    [columns.plan, subscription.plan],
    [columns.subscription, `${subscription.startDate} – ${subscription.endDate ?? text.open}`],
    ...optional(columns.features, tenant.features.join(', ')),
    ...optional(
      columns.contact,
      contactEmail && contactName ? `${contactName} <${contactEmail}>` : contactName || contactEmail,
    ),
    [columns.database, tenant.dbName],
    [columns.created, tenant.createdAt.toISOString()],
    ...optional(columns.keptUntil, dataRetentionUntil?.toISOString()),
    ...optional(columns.last, last && `${last.at.toISOString()} ${states[last.toState]} (${last.actor})`),
  ])
  const document = {
    ...tenantDocument(tenant),
    subscription: {
      plan: subscription.plan,
      start_date: subscription.startDate,
      end_date: subscription.endDate,
      auto_renew: subscription.autoRenew,
      status: subscription.status,
    },
    events: events.map(({ at, actor, fromState, toState, reason, requestId }) => ({
      at: at.toISOString(),
      actor,
      from: fromState,
      to: toState,
      reason,
      request_id: requestId,
    })),
  }
  return { document, table }
}
