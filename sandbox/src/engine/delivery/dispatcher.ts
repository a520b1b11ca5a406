import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../clock.ts'

/** What a {@link Dispatcher} sends, and how. */
export interface DispatcherOptions<TClaim> {
  readonly clock: Clock
  /** How many are sent at once. */
  readonly concurrency: number
  /** Takes what is due, at most `limit`. */
  readonly claim: (limit: number) => Promise<readonly TClaim[]>
  /** Sends one. */
  readonly send: (claim: TClaim) => Promise<void>
  /** When the next one is due; null when none waits. */
  readonly nextDue: () => Promise<Date | null>
  /** Gets failures of the store. */
  readonly onError: (error: unknown) => void
}

/** Sends what is due when it is due. */
export interface Dispatcher {
  /** Looks for what is due now. */
  wake(): void
  /** Nothing is due and nothing on its way. */
  idle(): Promise<void>
  /** Takes nothing more and waits for what is on its way. */
  close(): Promise<void>
}

/** After a failure of the store it is asked again after this time, ms. */
const AFTER_FAILURE = 1_000

/** Makes a dispatcher, asleep. */
export function createDispatcher<TClaim>(options: DispatcherOptions<TClaim>): Dispatcher {
  const { clock, concurrency, claim, send, nextDue, onError } = options
  let running = 0
  let pumping: Promise<void> | undefined
  let isDirty = false
  let closed = false
  let nudge: () => void = () => undefined
  let cancelTimer: () => void = () => undefined

  function start(claimed: TClaim): void {
    running += 1
    send(claimed)
      .catch(onError)
      .finally(() => {
        running -= 1
        look()
      })
  }

  function look(): void {
    isDirty = true
    nudge()
  }

  function wakeAt(time: Date): void {
    cancelTimer()
    cancelTimer = clock.at(time, () => {
      wake()
      return idle()
    })
  }

  async function takeDue(): Promise<void> {
    const free = concurrency - running
    if (free <= 0 || closed) return
    const next = await nextDue()
    if (!next || closed) return
    if (next > clock.now()) return wakeAt(next)
    for (const claimed of await claim(free)) start(claimed)
    isDirty = true
  }

  async function pump(): Promise<void> {
    while (isDirty || running > 0) {
      if (!isDirty) {
        await new Promise<void>((resolve) => {
          nudge = resolve
        })
      }
      // Many may call at once; they are looked after together.
      await turn()
      isDirty = false
      await takeDue().catch((error: unknown) => {
        onError(error)
        if (!closed) wakeAt(new Date(clock.now().getTime() + AFTER_FAILURE))
      })
    }
  }

  function wake(): void {
    if (closed) return
    look()
    pumping ??= pump().finally(() => {
      pumping = undefined
      // Someone may have called between its last look and its end.
      if (isDirty) wake()
    })
  }

  async function idle(): Promise<void> {
    while (pumping) await pumping
  }

  return {
    wake,
    idle,
    async close() {
      closed = true
      cancelTimer()
      await idle()
    },
  }
}
