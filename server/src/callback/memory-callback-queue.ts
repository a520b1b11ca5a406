import type { CallbackQueue, QueuedCallback } from './callback-queue.ts'

/** Options of {@link memoryCallbackQueue}. */
export interface MemoryCallbackQueueOptions {
  /** Attempts under way at once. @default 8 */
  readonly concurrency?: number
  /** ms until a callback is handled again when handling it failed. @default 5_000 */
  readonly retryDelay?: number
}

/** A queue of this process. */
export interface MemoryCallbackQueue extends CallbackQueue {
  /** Callbacks that wait for an attempt or are under way. */
  readonly size: number
  /** Forgets what waits. */
  close(): void
}

/**
 * Keeps callbacks in timers of this process: what waits when it ends is lost, and the market learns of the tenant from
 * the answer to its webhook only. A service with `@mt-paas/core` takes the queue of its central database instead.
 */
export function memoryCallbackQueue(options: MemoryCallbackQueueOptions = {}): MemoryCallbackQueue {
  const { concurrency = 8, retryDelay = 5_000 } = options
  const waiting = new Map<string, NodeJS.Timeout>()
  const due: QueuedCallback[] = []
  let underWay = 0
  let handle: ((callback: QueuedCallback) => Promise<void>) | undefined

  function wait(callback: QueuedCallback, delay: number): void {
    const name = `${callback.id}/${callback.attempts.length}`
    if (waiting.has(name)) return
    const timer = setTimeout(() => {
      waiting.delete(name)
      due.push(callback)
      next()
    }, delay)
    waiting.set(name, timer.unref())
  }

  function next(): void {
    while (handle && underWay < concurrency) {
      const callback = due.shift()
      if (!callback) return
      underWay++
      handle(callback)
        .catch(() => wait(callback, retryDelay))
        .finally(() => {
          underWay--
          next()
        })
    }
  }

  return {
    get size() {
      return waiting.size + due.length + underWay
    },
    async add(callback, delay) {
      wait(callback, delay)
    },
    work(worker) {
      handle = worker
      next()
    },
    close() {
      for (const timer of waiting.values()) clearTimeout(timer)
      waiting.clear()
      due.length = 0
    },
  }
}
