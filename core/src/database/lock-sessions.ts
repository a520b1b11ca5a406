import type { Client } from 'pg'
import { type AdminSession, adminClient, adminSession } from './admin-session.ts'
import { releaseLock, takeLock, tryLock } from './session-lock.ts'
import { isConnectionLoss } from './sql-state.ts'

/** How long a session waits for its next use, in ms. */
const IDLE_TIMEOUT = 5_000
const MAX_IDLE = 4
/** A session that waited may lead to a server that fell silent since; in ms. */
const PATIENCE = 500

interface IdleSession {
  readonly client: Client
  readonly timer: NodeJS.Timeout
}

/** What a lock is taken for. */
export interface LockedWork<TResult> {
  readonly lock: string
  readonly work: (session: AdminSession) => Promise<TResult>
  /** Makes the error thrown when the lock is held; without it the lock is waited for. */
  readonly whenLocked?: (() => Error) | undefined
}

/**
 * Sessions that hold locks of the central database while work runs. One whose work went well is kept for a moment for
 * the next, since connecting takes longer than most work; a lock still goes with its process.
 */
export class LockSessions {
  readonly #url: string
  /** Latest first. */
  readonly #idle: IdleSession[] = []
  #closed = false

  constructor(url: string) {
    this.#url = url
  }

  /** Holds a lock while `work` runs. */
  async hold<TResult>({ lock, work, whenLocked }: LockedWork<TResult>): Promise<TResult> {
    const { client, taken } = await this.#lock(lock)
    let reusable = false
    try {
      if (!taken && whenLocked) {
        reusable = true
        throw whenLocked()
      }
      if (!taken) await takeLock(client, lock)
      const result = await work(adminSession(client))
      await releaseLock(client, lock)
      reusable = true
      return result
    } finally {
      if (reusable) this.#keep(client)
      else await client.end().catch(() => undefined)
    }
  }

  /** Ends what is idle, and keeps nothing from now on. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#idle.splice(0).map((one) => this.#end(one)))
  }

  async #lock(name: string): Promise<{ readonly client: Client; readonly taken: boolean }> {
    const kept = this.#idle.shift()
    if (kept) {
      clearTimeout(kept.timer)
      try {
        return { client: kept.client, taken: await tryLock(kept.client, name, PATIENCE) }
      } catch (error) {
        void kept.client.end().catch(() => undefined)
        // A silent server would be silent again; one that ended the session may take another.
        if (!isConnectionLoss(error) || (error instanceof Error && error.message === 'Query read timeout')) throw error
      }
    }
    const client = adminClient(this.#url)
    try {
      await client.connect()
      return { client, taken: await tryLock(client, name) }
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
  }

  #keep(client: Client): void {
    const last = this.#idle.length >= MAX_IDLE ? this.#idle.pop() : undefined
    if (last) void this.#end(last)
    const timer = setTimeout(() => {
      this.#idle.splice(this.#idle.indexOf(one), 1)
      void this.#end(one)
    }, IDLE_TIMEOUT)
    timer.unref()
    const one: IdleSession = { client, timer }
    if (this.#closed) void this.#end(one)
    else this.#idle.unshift(one)
  }

  async #end({ client, timer }: IdleSession): Promise<void> {
    clearTimeout(timer)
    await client.end().catch(() => undefined)
  }
}
