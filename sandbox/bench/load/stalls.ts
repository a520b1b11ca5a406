import { startChild } from '../run/child-process.ts'

/** What the machine takes from two processes that could run all the time, one on each side. */
export interface Stalls {
  readonly ms: number
  readonly server: readonly number[]
  readonly load: readonly number[]
}

/** Measures on both sides at once for `ms`. */
export async function measureStalls(ms: number): Promise<Stalls> {
  const module = new URL('./stall-process.ts', import.meta.url)
  const children = await Promise.all([startChild(module, { side: 'server' }), startChild(module, { side: 'load' })])
  const [server = [], load = []] = await Promise.all(
    children.map((child) => child.ask<readonly number[]>('stalls', ms)),
  )
  await Promise.all(children.map((child) => child.stop()))
  return { ms, server, load }
}

/** The part (0 to 1) of the time in which one of the two sides stands still for longer than `limit` ms. */
export function stalledPart({ ms, server, load }: Stalls, limit: number): number {
  const within = [...server, ...load].filter((stall) => stall > limit)
  return within.reduce((sum, stall) => sum + stall, 0) / ms
}
