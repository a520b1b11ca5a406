/** What has to be stopped, in order. */
export interface Closers {
  /** Stops before everything else. */
  first(close: () => Promise<void>): void
  /** Stops with others of its kind, after the first. */
  middle(close: () => Promise<void>): void
  /** Stops after everything else. */
  last(close: () => Promise<void>): void
  /** @throws the first error, after everything was tried */
  close(): Promise<void>
}

type Stage = 'first' | 'middle' | 'last'

/** Collects what was started. */
export function createClosers(): Closers {
  const stages: Record<Stage, (() => Promise<void>)[]> = { first: [], middle: [], last: [] }
  return {
    first: (close) => void stages.first.push(close),
    middle: (close) => void stages.middle.push(close),
    last: (close) => void stages.last.push(close),
    async close() {
      const failures: unknown[] = []
      for (const stage of Object.values(stages)) {
        const results = await Promise.allSettled(stage.map((close) => close()))
        for (const result of results) if (result.status === 'rejected') failures.push(result.reason)
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}
