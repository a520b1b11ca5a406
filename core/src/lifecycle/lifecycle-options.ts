import type { QueuedCallback } from '@mt-paas/server'
import type { OwedCallback, TenantRecord } from '../central/tenant-record.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import type { JobQueue } from '../job/job-queue.ts'
import type { Subscriptions } from '../tenant/subscriptions.ts'
import type { AfterEventData, LifecycleHooks } from './lifecycle-event.ts'
import type { ProvisionTenant } from './operation-steps.ts'

/** Who asks for an operation, for the audit trail. */
export interface OperationOptions {
  /** @default 'service' */
  readonly actor?: string
  /** @default none */
  readonly requestId?: string
  /** Why. @default none */
  readonly reason?: string
  /** The caller's name for this one request; who activates a tenant again under it gets the same answer. @default none */
  readonly idempotencyKey?: string
}

/** How a tenant is activated. */
export interface ActivateOptions extends OperationOptions {
  /** How long to wait for the end, in ms; after that the tenant is made behind the scenes. @default without end */
  readonly waitMs?: number
  /** Reported to by a callback when it takes longer than `waitMs`, once the tenant is active. @default nobody */
  readonly callback?: OwedCallback
}

/** How a tenant is deleted: with its data kept for a time, or with its data. */
export interface DeleteOptions extends OperationOptions {
  /** Days for which the data is kept; 0 keeps nothing. @default the retention time of the lifecycle */
  readonly preserveDays?: number
  /** Removes the data now. @default false */
  readonly hard?: boolean
}

/** What became of an activation; `resumed` has the data of before, `accepted` is still being made. */
export interface ActivatedTenant {
  readonly tenant: TenantRecord
  readonly outcome: 'created' | 'resumed' | 'accepted'
}

/** How a `TenantLifecycle` works. */
export interface TenantLifecycleOptions {
  readonly databases: DatabaseManager
  readonly queue: JobQueue<AfterEventData>
  readonly callbacks: JobQueue<QueuedCallback>
  readonly now: () => Date
  readonly newId: () => string
  readonly provision: ProvisionTenant | undefined
  readonly hooks: LifecycleHooks
  /** Days for which a deleted tenant's data is kept. */
  readonly retentionDays: number
  /** Time between two looks for unfinished operations, in ms. */
  readonly reconcileInterval: number
  readonly subscriptions: Pick<Subscriptions, 'expireDue' | 'current'>
  /** Time between two looks for subscriptions that have ended, in ms. */
  readonly expiryInterval: number
  readonly onWarning: (message: string) => void
}
