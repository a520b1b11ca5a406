import { performance } from 'node:perf_hooks'
import { answerParent } from '../run/child-messages.ts'

/** Shorter ones come with looking at the clock; ms. */
const SHORTEST = 0.05

/** How long each time lasted, in ms, in which a process that only looks at the clock was kept from doing so. */
function stalls(ms: number): readonly number[] {
  const found: number[] = []
  const endsAt = performance.now() + ms
  for (let last = performance.now(); last < endsAt; ) {
    const now = performance.now()
    if (now - last > SHORTEST) found.push(now - last)
    last = now
  }
  return found
}

answerParent({ stalls })
