/** Runs work, but only so much of it at once; the rest waits for its turn. */
export type AtMost = <TResult>(work: () => Promise<TResult>) => Promise<TResult>

/** Makes a queue for work of which `count` may run at once. */
export function atMost(count: number): AtMost {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
