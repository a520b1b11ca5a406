/** The time of the sandbox: it runs like the system's and can be moved ahead. */
export interface Clock {
  now(): Date
  /** The time of everyone else, which is what signatures are dated by: no service's clock moves with the sandbox's. */
  real(): Date
  /** How far it is ahead of the system's clock, ms. */
  readonly offset: number
  /** Runs `work` once when `time` has come; the function it gives takes that back. */
  at(time: Date, work: () => Promise<void>): () => void
  /**
   * Moves ahead by `ms`. What falls due on the way runs in order, each at its own time and to its end.
   * @throws RangeError when `ms` is negative or not finite
   */
  advance(ms: number): Promise<void>
  /** Goes back to the system's time. */
  reset(): void
  /** Runs nothing any more. */
  close(): void
}

/** Options of {@link createClock}. */
export interface ClockOptions {
  /** The clock below, ms since 1970. @default the system's */
  readonly base?: () => number
  /** How far ahead it begins, ms. @default 0 */
  readonly offset?: number
}

interface Timer {
  readonly due: number
  readonly work: () => Promise<void>
}

/** Node fires longer timeouts at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1

/** A clock whose timers go with it. */
export function createClock({ base = Date.now, offset: ahead = 0 }: ClockOptions = {}): Clock {
  const timers = new Set<Timer>()
  let offset = ahead
  let armed: NodeJS.Timeout | undefined
  let advances: Promise<void> = Promise.resolve()
  let advancing = 0
  let closed = false

  const now = () => base() + offset

  function earliest(until: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of timers) if (timer.due <= until && (!first || timer.due < first.due)) first = timer
    return first
  }

  function arm(): void {
    clearTimeout(armed)
    const first = advancing > 0 || closed ? undefined : earliest(Number.POSITIVE_INFINITY)
    if (!first) return
    armed = setTimeout(fire, Math.min(Math.max(first.due - now(), 0), LONGEST_TIMEOUT))
    armed.unref()
  }

  function fire(): void {
    for (let timer = earliest(now()); timer; timer = earliest(now())) {
      timers.delete(timer)
      void timer.work()
    }
    arm()
  }

  async function move(ms: number): Promise<void> {
    const target = now() + ms
    for (let timer = earliest(target); timer && !closed; timer = earliest(target)) {
      timers.delete(timer)
      offset += Math.max(0, timer.due - now())
      await timer.work()
    }
    offset += Math.max(0, target - now())
  }

  return {
    now: () => new Date(now()),
    real: () => new Date(base()),
    get offset() {
      return offset
    },
    at(time, work) {
      const timer = { due: time.getTime(), work }
      timers.add(timer)
      arm()
      return () => void timers.delete(timer)
    },
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError('A clock moves ahead only, by a number of ms')
      advancing += 1
      const moved = advances.then(() => move(ms))
      advances = moved
        .catch(() => undefined)
        .finally(() => {
          advancing -= 1
          arm()
        })
      return moved
    },
    reset() {
      offset = 0
      arm()
    },
    close() {
      closed = true
      clearTimeout(armed)
      timers.clear()
    },
  }
}
