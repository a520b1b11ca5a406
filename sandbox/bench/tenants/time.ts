/** Time of one piece of work, ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Does work for every item, at most `limit` at a time; ms. */
export function forAll<T>(items: readonly T[], limit: number, work: (item: T) => Promise<unknown>): Promise<number> {
  const waiting = items.values()
  const lane = async () => {
    for (const item of waiting) await work(item)
  }
  return timed(() => Promise.all(Array.from({ length: limit }, lane)))
}

/** Bytes on the heap after a collection, which Node must be told to offer. */
export async function heapUsed(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}
