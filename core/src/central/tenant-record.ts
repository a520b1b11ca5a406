import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { ApplicationKind } from '@mt-paas/server/contract'

/**
 * States of a tenant; on the wire `pending` is `provisioning`, and `deleted` and `purged` are `deactivated`. A purged
 * tenant has no database any more.
 */
export const tenantStates = ['pending', 'provisioning', 'active', 'suspended', 'deleted', 'purged'] as const

/** A state of {@link tenantStates}. */
export type TenantState = (typeof tenantStates)[number]

/** What can be done to a tenant in more than one step. */
export type OperationKind = 'provision' | 'resume' | 'suspend' | 'delete' | 'purge'

/** Who asked for an operation, and why. */
export interface OperationOrigin {
  readonly actor: string
  readonly requestId: string | null
  readonly reason: string | null
  readonly idempotencyKey: string | null
}

/** An operation that has begun and not ended; it is gone on with until it has, whatever happens to its process. */
export interface PendingOperation extends OperationOrigin {
  /** New whenever a process takes the operation, so that one that lost it cannot end it. */
  readonly id: string
  readonly kind: OperationKind
  /** Where its end is reported; undefined when nobody waits for that. */
  readonly callback?: OwedCallback
}

/** A report that somebody who did not wait is owed. */
export interface OwedCallback {
  readonly url: string
  readonly accessUrl: string
  /** What is said when the tenant is active. */
  readonly message: string
  /** What is said when it has been given up. @default 'The tenant could not be activated' */
  readonly failureMessage?: string
}

/** The row of a tenant in the central database. */
export const tenantRecord = defineEntity({
  name: 'TenantRecord',
  tableName: 'tenants',
  indexes: [
    {
      name: 'tenants_unfinished',
      expression:
        'create index tenants_unfinished on tenants (next_attempt_at) where operation is not null and not needs_attention',
    },
    {
      name: 'tenants_retention',
      expression: `create index tenants_retention on tenants (data_retention_until) where status = 'deleted'`,
    },
  ],
  properties: {
    id: p.text().primary(),
    name: p.text(),
    plan: p.text(),
    /** The market's own words. */
    features: p.json<string[]>(),
    status: p.enum(tenantStates),
    contactEmail: p.text(),
    contactName: p.text(),
    /** As the market sent it. */
    config: p.json<Record<string, unknown>>(),
    /** Canonical e-mail of the applicant, for whom one tenant is used again. */
    applicantEmail: p.text().unique().nullable(),
    /** What was applied for last; null for a tenant that no application made. */
    applicationKind: p.enum(ApplicationKind.options).nullable(),
    dbName: p.text().unique(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    /** End of the subscription; null is open. */
    expiresAt: p.datetime().nullable(),
    /** Until when a deleted tenant's data is kept; null when nothing is kept. */
    dataRetentionUntil: p.datetime().nullable(),
    /** Why a suspended tenant is suspended. */
    suspendedReason: p.text().nullable(),
    /** What is being done to the tenant; null when nothing is. */
    operation: p.json<PendingOperation>().nullable(),
    /** Steps of the operation that are done. */
    doneSteps: p.array<string>().default([]),
    /** How often the operation was begun or gone on with. */
    attempts: p.integer().default(0),
    /** Why the operation's last attempt failed. */
    lastError: p.text().nullable(),
    /** From when the operation may be gone on with. */
    nextAttemptAt: p.datetime().nullable(),
    /** The operation was given up; someone has to look at `lastError` and begin it again. */
    needsAttention: p.boolean().default(false),
  },
})

/** A tenant as the central database has it. */
export type TenantRecord = InferEntity<typeof tenantRecord>
