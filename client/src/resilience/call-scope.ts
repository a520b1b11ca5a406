/** The time a call has, and its caller's right to give up. */
export interface CallScope extends Disposable {
  /** Aborts when either is over. */
  readonly signal: AbortSignal
  readonly timedOut: boolean
  /** ms */
  readonly timeout: number
  /** ms until the deadline. */
  remaining(): number
  /** Settles with `work`, or rejects with what `error` makes as soon as the scope is over. */
  race<T>(work: Promise<T>, error: () => Error): Promise<T>
  /** Waits; rejects with the signal's reason when the scope is over before. */
  sleep(ms: number): Promise<void>
}

/** Opens a scope of `timeout` ms that also ends with `caller`. */
export function openCallScope(timeout: number, caller: AbortSignal | null | undefined): CallScope {
  const stop = new AbortController()
  const { signal } = stop
  const end = performance.now() + timeout
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    stop.abort()
  }, timeout)
  const abort = () => stop.abort(caller?.reason)
  caller?.addEventListener('abort', abort, { once: true })
  if (caller?.aborted) abort()
  return {
    signal,
    timeout,
    get timedOut() {
      return timedOut
    },
    remaining: () => end - performance.now(),
    race(work, error) {
      return new Promise((resolve, reject) => {
        const over = () => reject(error())
        if (signal.aborted) over()
        signal.addEventListener('abort', over, { once: true })
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', over))
      })
    },
    sleep(ms) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const wake = setTimeout(resolve, ms)
        signal.addEventListener(
          'abort',
          () => {
            clearTimeout(wake)
            reject(signal.reason)
          },
          { once: true },
        )
      })
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', abort)
    },
  }
}
