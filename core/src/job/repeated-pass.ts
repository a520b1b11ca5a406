/** What is done again and again, one pass at a time. */
export interface RepeatedPassOptions {
  /** From the end of a pass to the next, in ms. */
  readonly interval: number
  /** From the start to the first pass, in ms. @default 0 */
  readonly firstAfter?: number
  /** Never rejects. */
  readonly pass: () => Promise<void>
}

/** Does something soon and then after each interval, until it is stopped. */
export class RepeatedPass {
  readonly #options: RepeatedPassOptions
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: RepeatedPassOptions) {
    this.#options = options
  }

  get stopped(): boolean {
    return this.#stopped
  }

  start(): void {
    if (this.#timer || this.#stopped) return
    this.#schedule(this.#options.firstAfter ?? 0)
  }

  /** One pass; when one is under way, that one. */
  run(): Promise<void> {
    this.#running ??= this.#options.pass().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** Lets the pass under way end. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  #schedule(wait: number): void {
    this.#timer = setTimeout(async () => {
      await this.run()
      if (!this.#stopped) this.#schedule(this.#options.interval)
    }, wait)
    this.#timer.unref()
  }
}
