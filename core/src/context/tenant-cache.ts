/** How a {@link TenantCache} remembers. */
export interface TenantCacheOptions<TValue> {
  /** Finds the value of a key; undefined says there is none. */
  readonly find: (key: string) => Promise<TValue | undefined>
  /** How long a value is known, in ms. */
  readonly ttl: number
  /** How long it is known that there is none, in ms. */
  readonly negativeTtl: number
  /** Most values, and most keys without one, that are known at a time. */
  readonly maxEntries: number
  /** The clock, in ms; only differences count. */
  readonly now: () => number
}

interface Entry<TValue> {
  readonly value: TValue | undefined
  readonly until: number
}

interface Flight<TValue> {
  readonly generation: number
  readonly found: Promise<TValue | undefined>
}

/**
 * Values by key. A key is looked for once at a time; what was looked for while it changed is given to those who asked
 * before, and is not kept.
 */
export class TenantCache<TValue> {
  readonly #options: TenantCacheOptions<TValue>
  readonly #entries = new Map<string, Entry<TValue>>()
  /** Apart, so that made-up keys never push out values. */
  readonly #absent = new Map<string, Entry<TValue>>()
  readonly #flights = new Map<string, Flight<TValue>>()
  #generation = 0
  #kept = false

  constructor(options: TenantCacheOptions<TValue>) {
    this.#options = options
  }

  /** What is known of a key without looking; undefined when nothing is. */
  known(key: string): Entry<TValue> | undefined {
    const entry = this.#entries.get(key) ?? this.#absent.get(key)
    return entry && entry.until > this.#options.now() ? entry : undefined
  }

  /** Looks for a key, or joins who is looking already. */
  async load(key: string): Promise<TValue | undefined> {
    const flying = this.#flights.get(key)
    if (flying) return flying.found
    const flight = { generation: this.#generation, found: this.#options.find(key) }
    this.#flights.set(key, flight)
    try {
      const value = await flight.found
      this.#keep(key, value, flight)
      return value
    } finally {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    }
  }

  /** Forgets a key, also in what is being looked for at this moment. */
  invalidate(key: string): void {
    this.#generation += 1
    this.#entries.delete(key)
    this.#absent.delete(key)
    this.#flights.delete(key)
  }

  /** Forgets everything, also what is being looked for at this moment. */
  clear(): void {
    this.#generation += 1
    this.#entries.clear()
    this.#absent.clear()
    this.#flights.clear()
  }

  /** Whether changes are heard of: while they are not, every call looks, and nothing is kept. */
  keep(kept: boolean): void {
    this.#kept = kept
    this.clear()
  }

  /** How many values are kept. */
  get size(): number {
    return this.#entries.size
  }

  #keep(key: string, value: TValue | undefined, { generation }: Flight<TValue>): void {
    if (!this.#kept || generation !== this.#generation) return
    const { ttl, negativeTtl, maxEntries, now } = this.#options
    const entries = value === undefined ? this.#absent : this.#entries
    entries.delete(key)
    entries.set(key, { value, until: now() + (value === undefined ? negativeTtl : ttl) })
    const [oldest] = entries.keys()
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
  }
}
