import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { TenantState } from './tenant-record.ts'

/** An entry of the audit trail; written in the transaction of the transition and never changed. */
export const tenantEventRecord = defineEntity({
  name: 'TenantEventRecord',
  tableName: 'tenant_events',
  indexes: [{ name: 'tenant_events_tenant', properties: ['tenantId', 'id'] }],
  properties: {
    /** Larger is later. */
    id: p.bigint('string').primary().autoincrement(),
    tenantId: p.text(),
    at: p.datetime(),
    /** Who did it, in the words of the caller of the lifecycle. */
    actor: p.text(),
    /** Null for a tenant that was not there. */
    fromState: p.text().$type<TenantState>().nullable(),
    toState: p.text().$type<TenantState>(),
    reason: p.text().nullable(),
    requestId: p.text().nullable(),
    idempotencyKey: p.text().nullable(),
    /** The `after` hooks it set off, by the `event.id` they get. */
    events: p.json<readonly { readonly id: string; readonly name: string }[]>(),
  },
})

/** One transition of a tenant as it was recorded. */
export type TenantEventRecord = InferEntity<typeof tenantEventRecord>
