import type { ProvisionCallback } from '../contract/index.ts'

/** One attempt to deliver a callback, as it is kept. */
export interface KeptAttempt {
  /** UTC. */
  readonly at: string
  readonly outcome: 'delivered' | 'failed' | 'stopped'
  /** Status of the answer; null when there was none. */
  readonly status: number | null
  /** Why there was no answer, in a word; null when there was one. */
  readonly error: string | null
  readonly durationMs: number
}

/** A callback on its way, as plain data that a queue can keep. */
export interface QueuedCallback {
  /** The same at every attempt: the `webhook-id` that the receiver knows it by. */
  readonly id: string
  readonly url: string
  readonly payload: ProvisionCallback
  /** Those made so far, oldest first. */
  readonly attempts: readonly KeptAttempt[]
}

/** Keeps callbacks until it is time for their next attempt. */
export interface CallbackQueue {
  /**
   * Takes a callback over; when it resolves, the callback is as safe as the queue is. The same `id` with as many
   * attempts is the same entry.
   * @param delay ms until it is due
   */
  add(callback: QueuedCallback, delay: number): Promise<void>
  /**
   * Has callbacks that are due worked from now on. `handle` makes an attempt and puts in the next one; when it rejects,
   * the callback stays in the queue.
   */
  work(handle: (callback: QueuedCallback) => Promise<void>): void
}
