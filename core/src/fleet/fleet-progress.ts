/** How far the migration of a fleet is. */
export interface FleetProgress {
  /** Tenants that were behind when it began. */
  readonly total: number
  readonly migrated: number
  readonly failed: number
  /** Since it began, in ms. */
  readonly elapsed: number
  /** How long the rest will take at the speed so far, in ms; undefined before the first tenant. */
  readonly remaining: number | undefined
  /** Whether these are the first few, which must all succeed. */
  readonly canary: boolean
}

/** Counts the tenants of one migration. */
export class FleetProgressCounter {
  readonly #total: number
  readonly #now: () => number
  readonly #began: number
  #migrated = 0
  #failed = 0

  /** @param now a clock in ms */
  constructor(total: number, now: () => number) {
    this.#total = total
    this.#now = now
    this.#began = now()
  }

  add(outcome: 'migrated' | 'failed'): void {
    if (outcome === 'migrated') this.#migrated += 1
    else this.#failed += 1
  }

  progress(canary: boolean): FleetProgress {
    const elapsed = this.#now() - this.#began
    const tried = this.#migrated + this.#failed
    const left = Math.max(this.#total - tried, 0)
    const remaining = tried === 0 ? undefined : Math.round((elapsed / tried) * left)
    return { total: this.#total, migrated: this.#migrated, failed: this.#failed, elapsed, remaining, canary }
  }
}
