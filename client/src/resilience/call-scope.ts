import type { EndSignal } from '../http/end-signal.ts'

/** The time a call has, and its caller's right to give up: it aborts when either is over. */
export class CallScope implements EndSignal, Disposable {
  /** ms */
  readonly timeout: number
  readonly #endsAt: number
  readonly #timer: NodeJS.Timeout
  readonly #caller: EndSignal | null | undefined
  readonly #abort: (() => void) | undefined
  #listeners: readonly (() => void)[] = []
  #aborted = false
  #timedOut = false

  /** Opens a scope of `timeout` ms that also ends with `caller`. */
  constructor(timeout: number, caller: EndSignal | null | undefined) {
    this.timeout = timeout
    this.#endsAt = performance.now() + timeout
    this.#timer = setTimeout(expire, timeout, this)
    this.#caller = caller
    if (!caller) return
    this.#abort = () => this.#end()
    if (caller.aborted) this.#end()
    else caller.addEventListener('abort', this.#abort)
  }

  get aborted(): boolean {
    return this.#aborted
  }

  get timedOut(): boolean {
    return this.#timedOut
  }

  /** The caller's; undefined for a deadline. */
  get reason(): unknown {
    return this.#timedOut ? undefined : this.#caller?.reason
  }

  /** The time is over. */
  expire(): void {
    if (this.#aborted) return
    this.#timedOut = true
    this.#end()
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = [...this.#listeners, listener]
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = this.#listeners.filter((one) => one !== listener)
  }

  /** ms until the deadline. */
  remaining(): number {
    return this.#endsAt - performance.now()
  }

  /** A real signal that aborts with the scope, for those who ask for one. */
  toAbortSignal(): AbortSignal {
    const stop = new AbortController()
    if (this.#aborted) stop.abort(this.reason)
    else this.addEventListener('abort', () => stop.abort(this.reason))
    return stop.signal
  }

  /** Settles with `work`, or rejects with what `error` makes as soon as the scope is over. */
  race<T>(work: Promise<T>, error: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#aborted) reject(error())
      else this.addEventListener('abort', () => reject(error()))
      work.then(resolve, reject)
    })
  }

  /** Waits; rejects with the reason when the scope is over before. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#aborted) return reject(this.reason)
      const over = () => {
        clearTimeout(wake)
        reject(this.reason)
      }
      const wake = setTimeout(() => {
        this.removeEventListener('abort', over)
        resolve()
      }, ms)
      this.addEventListener('abort', over)
    })
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    if (this.#abort) this.#caller?.removeEventListener('abort', this.#abort)
  }

  #end(): void {
    this.#aborted = true
    for (const listener of this.#listeners) listener()
    this.#listeners = []
  }
}

function expire(scope: CallScope): void {
  scope.expire()
}
