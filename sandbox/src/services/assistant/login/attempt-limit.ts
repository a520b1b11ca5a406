/** How {@link attemptLimit} counts. */
export interface AttemptLimitOptions {
  /** Attempts in a window. */
  readonly max: number
  /** Length of a window in ms, from its first attempt. */
  readonly windowMs: number
  readonly now: () => Date
  /** Keys remembered at once; the one whose window began first is forgotten. @default 10_000 */
  readonly maxKeys?: number
}

/** Counts attempts by key when they begin, so that many at once are not more than one after the other. */
export interface AttemptLimit {
  /** Counts an attempt. Undefined when it may go on, else the seconds, at least 1, until the window ends. */
  begin(key: string): number | undefined
  /** Takes the attempt back: it was none of those that are limited. */
  undo(key: string): void
}

interface Window {
  readonly endsAt: number
  count: number
}

/** Makes a limit with a fixed window per key and bounded memory. */
export function attemptLimit({ max, windowMs, now, maxKeys = 10_000 }: AttemptLimitOptions): AttemptLimit {
  // In the order in which the windows began.
  const windows = new Map<string, Window>()

  function open(key: string, time: number): Window {
    windows.delete(key)
    const [oldest] = windows.keys()
    if (oldest !== undefined && windows.size >= maxKeys) windows.delete(oldest)
    const window = { endsAt: time + windowMs, count: 0 }
    windows.set(key, window)
    return window
  }

  return {
    begin(key) {
      const time = now().getTime()
      const found = windows.get(key)
      const window = found && time < found.endsAt ? found : open(key, time)
      if (window.count >= max) return Math.max(1, Math.ceil((window.endsAt - time) / 1_000))
      window.count += 1
      return undefined
    },
    undo(key) {
      const window = windows.get(key)
      if (window && window.count > 0) window.count -= 1
    },
  }
}
