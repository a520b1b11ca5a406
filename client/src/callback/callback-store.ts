/** What was answered to a callback. */
export interface StoredAnswer {
  readonly status: number
  readonly body: unknown
}

/** Remembers the callbacks that were dealt with, so that one that comes again has no second effect. */
export interface CallbackStore {
  get(id: string): Promise<StoredAnswer | undefined> | StoredAnswer | undefined
  set(id: string, answer: StoredAnswer): Promise<void> | void
}

/** Options of {@link memoryCallbackStore}. */
export interface MemoryCallbackStoreOptions {
  /** How long an id is kept, ms. @default seven days */
  readonly keepFor?: number
  /** Ids kept at most; the oldest go first. @default 100_000 */
  readonly capacity?: number
  /** The clock. @default the system's */
  readonly now?: () => Date
}

const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000

/** A store in memory, for a market of one process. */
export function memoryCallbackStore(options: MemoryCallbackStoreOptions = {}): CallbackStore {
  const { keepFor = SEVEN_DAYS, capacity = 100_000, now = () => new Date() } = options
  const kept = new Map<string, { readonly answer: StoredAnswer; readonly until: number }>()
  return {
    get(id) {
      const entry = kept.get(id)
      return entry && entry.until > now().getTime() ? entry.answer : undefined
    },
    set(id, answer) {
      kept.delete(id)
      kept.set(id, { answer, until: now().getTime() + keepFor })
      for (const [oldest, { until }] of kept) {
        if (until > now().getTime() && kept.size <= capacity) break
        kept.delete(oldest)
      }
    },
  }
}
