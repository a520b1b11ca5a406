import { createHash } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { CallbackQueue, QueuedCallback } from '@mt-paas/server'
import type { JobQueue } from './job-queue.ts'

/** What {@link JobCallbackQueue} works with. */
export interface JobCallbackQueueOptions {
  readonly queue: JobQueue<QueuedCallback>
  /** A fresh entity manager of the central database. */
  readonly central: () => EntityManager
  /** Gets what goes wrong behind the scenes. */
  readonly onWarning: (message: string) => void
}

/**
 * Callbacks as jobs of the central database: they outlive their process, and any process of the service sends them.
 * Each attempt is a job; one whose process dies is made again, with the same `webhook-id`.
 */
export class JobCallbackQueue implements CallbackQueue {
  readonly #options: JobCallbackQueueOptions

  constructor(options: JobCallbackQueueOptions) {
    this.#options = options
  }

  async add(callback: QueuedCallback, delay: number): Promise<void> {
    const { queue, central } = this.#options
    const id = uuidOf(`${callback.id}/${callback.attempts.length}`)
    await queue.enqueue(central(), [{ id, data: callback, startAfter: Math.ceil(delay / 1_000) }])
    if (delay === 0) queue.wake()
  }

  work(handle: (callback: QueuedCallback) => Promise<void>): void {
    const { queue, onWarning } = this.#options
    queue
      .work(({ data }) => handle(data))
      .catch((error: unknown) => onWarning(`Callbacks are not sent by this process: ${error}`))
  }
}

/** A UUID of version 8 that is the same for the same name, so that an attempt is put in once. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
