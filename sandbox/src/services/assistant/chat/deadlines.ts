/** When work that goes on piece by piece is given up; times in ms. */
export interface DeadlinesOptions {
  /** Longest pause between two pieces, and before the first. */
  readonly pause: number
  readonly total: number
  /** Gives the work up as well. */
  readonly signal: AbortSignal
}

/** Deadlines that run. */
export interface Deadlines {
  /** Aborts at the first of them. */
  readonly signal: AbortSignal
  /** A piece has come. */
  extend(): void
  end(): void
}

/** Starts deadlines; they have to be ended. */
export function deadlines({ pause, total, signal }: DeadlinesOptions): Deadlines {
  const controller = new AbortController()
  const giveUp = (what: string) => controller.abort(new Error(`No ${what} in time`))
  const whole = setTimeout(() => giveUp('end'), total)
  const next = setTimeout(() => giveUp('answer'), pause)
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    extend: () => void next.refresh(),
    end() {
      clearTimeout(whole)
      clearTimeout(next)
    },
  }
}
