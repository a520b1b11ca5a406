import { randomUUID } from 'node:crypto'
import type { CallbackQueue, QueuedCallback } from '@mt-paas/server'
import type { DatabaseManager } from '../database/database-manager.ts'
import { PostgresIdempotencyStore } from '../idempotency/postgres-idempotency-store.ts'
import { JobCallbackQueue } from '../job/job-callback-queue.ts'
import { openJobs } from '../job/open-jobs.ts'
import type { AfterEventData, LifecycleHooks } from './lifecycle-event.ts'
import type { TenantLifecycleOptions } from './lifecycle-options.ts'
import type { ProvisionTenant } from './operation-steps.ts'
import { TenantLifecycle } from './tenant-lifecycle.ts'

/** How the lifecycle of tenants works; part of the options of `openMultiTenant`. */
export interface LifecycleOptions {
  /** Fills a new tenant's database; runs again after a crash and when a tenant is resumed. @default nothing */
  readonly provision?: ProvisionTenant
  /** Hooks that are there before anything runs. @default none */
  readonly hooks?: LifecycleHooks
  /** Days for which a deactivated tenant's data is kept. @default 90 */
  readonly retentionDays?: number
  /**
   * Whether this process runs `after` hooks, goes on with what others left unfinished, and suspends tenants whose
   * subscription has ended. Without it, `start()` of the
   * lifecycle does so later, or never, as in a command. @default true
   */
  readonly background?: boolean
  /** Time between two looks for unfinished operations, in ms. @default 2_000 */
  readonly reconcileInterval?: number
  /**
   * Time between two looks for subscriptions that have ended, in ms; they end with their last day in UTC.
   * @default 60_000
   */
  readonly expiryInterval?: number
  /** @default the system's clock */
  readonly now?: () => Date
  /** Makes unique ids, UUIDs. @default random ones */
  readonly newId?: () => string
  /** Gets what goes wrong behind the scenes. @default none */
  readonly onWarning?: (message: string) => void
}

/** A lifecycle and its end. */
export interface OpenLifecycle {
  readonly lifecycle: TenantLifecycle
  /** Requests that callers gave a key, remembered for all processes. */
  readonly idempotency: PostgresIdempotencyStore
  /** Ids of webhooks and what they were answered, for seven days. */
  readonly webhooks: PostgresIdempotencyStore
  /** Callbacks on their way, as jobs. */
  readonly callbacks: CallbackQueue
  /** Lets operations and hooks under way end, for at most 10 s, before the connections of the jobs are closed. */
  close(): Promise<void>
}

const CLOSE_TIMEOUT = 10_000
const HOUR = 60 * 60 * 1_000
const SEVEN_DAYS = 7 * 24 * HOUR

/**
 * Opens the lifecycle of the tenants in a central database.
 * @param centralUrl connection string of that database, where the jobs of the hooks are kept
 */
export async function openLifecycle(
  databases: DatabaseManager,
  centralUrl: string,
  options: LifecycleOptions & Pick<TenantLifecycleOptions, 'subscriptions'>,
): Promise<OpenLifecycle> {
  const { onWarning = () => undefined, background = true, now = () => new Date(), newId = randomUUID } = options
  const jobs = await openJobs({ url: centralUrl, onWarning })
  try {
    const reports = await jobs.queue<QueuedCallback>('callbacks')
    const lifecycle = new TenantLifecycle({
      databases,
      callbacks: reports,
      queue: await jobs.queue<AfterEventData>('tenant-lifecycle'),
      now,
      newId,
      provision: options.provision,
      hooks: options.hooks ?? {},
      retentionDays: options.retentionDays ?? 90,
      subscriptions: options.subscriptions,
      expiryInterval: options.expiryInterval ?? 60_000,
      reconcileInterval: options.reconcileInterval ?? 2_000,
      onWarning,
    })
    const central = () => databases.central()
    const idempotency = new PostgresIdempotencyStore({ central, now, newId })
    const webhooks = new PostgresIdempotencyStore({ central, now, newId, retention: SEVEN_DAYS, prefix: 'webhook:' })
    const callbacks = new JobCallbackQueue({ queue: reports, central, onWarning })
    const stores = [idempotency, webhooks]
    if (background) await lifecycle.start()
    const sweep = background && setInterval(() => void sweepOut(stores, onWarning), HOUR).unref()
    return {
      lifecycle,
      idempotency,
      webhooks,
      callbacks,
      async close() {
        if (sweep) clearInterval(sweep)
        for (const store of stores) store.close()
        await Promise.race([lifecycle.stop(), expiry(CLOSE_TIMEOUT)])
        await jobs.close()
      },
    }
  } catch (error) {
    await jobs.close()
    throw error
  }
}

async function sweepOut(
  stores: readonly PostgresIdempotencyStore[],
  onWarning: (message: string) => void,
): Promise<void> {
  try {
    for (const store of stores) await store.removeOutdated()
  } catch (error) {
    onWarning(`Old answers were not forgotten: ${error}`)
  }
}

function expiry(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  setTimeout(resolve, ms).unref()
  return promise
}
