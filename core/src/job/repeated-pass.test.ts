import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { RepeatedPass } from './repeated-pass.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

it('passes first when it was told to, then an interval after each pass has ended', async () => {
  const begun: number[] = []
  const passes = new RepeatedPass({
    interval: 1_000,
    firstAfter: 250,
    async pass() {
      begun.push(Date.now())
      await new Promise((resolve) => setTimeout(resolve, 100))
    },
  })
  const start = Date.now()
  passes.start()
  await vi.advanceTimersByTimeAsync(249)
  expect(begun).toEqual([])
  await vi.advanceTimersByTimeAsync(2_300)
  expect(begun.map((at) => at - start)).toEqual([250, 1_350, 2_450])
  const stopped = passes.stop()
  await vi.advanceTimersByTimeAsync(5_000)
  await stopped
  expect(begun).toHaveLength(3)
})

it('passes at once when it was told nothing', async () => {
  const pass = vi.fn(async () => undefined)
  const passes = new RepeatedPass({ interval: 1_000, pass })
  passes.start()
  await vi.advanceTimersByTimeAsync(0)
  expect(pass).toHaveBeenCalledTimes(1)
  await passes.stop()
})

it('is not begun after its stop', async () => {
  const pass = vi.fn(async () => undefined)
  const passes = new RepeatedPass({ interval: 1_000, pass })
  await passes.stop()
  passes.start()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(pass).not.toHaveBeenCalled()
})
