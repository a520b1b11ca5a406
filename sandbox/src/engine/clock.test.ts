import { describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'

const HOUR = 3_600_000

describe('the clock', () => {
  it('runs what falls due on the way in order, each at its own time, and what that makes due as well', async () => {
    const start = Date.UTC(2026, 0, 31, 9)
    const clock = createClock({ base: () => start })
    const seen: string[] = []
    const note = (name: string) => async () => void seen.push(`${name} ${clock.now().toISOString().slice(11, 16)}`)
    const at = (hours: number) => new Date(start + hours * HOUR)
    clock.at(at(2), note('second'))
    clock.at(at(1), async () => {
      await note('first')()
      clock.at(at(1.5), note('made on the way'))
    })
    clock.at(at(4), note('too late'))
    clock.at(at(1.2), note('taken back'))()
    await clock.advance(3 * HOUR)
    expect(seen).toEqual(['first 10:00', 'made on the way 10:30', 'second 11:00'])
    expect(clock.now().toISOString()).toBe('2026-01-31T12:00:00.000Z')
    expect(clock.offset).toBe(3 * HOUR)
    clock.close()
  })

  it('waits for the end of what it runs, and moves one after another', async () => {
    const clock = createClock({ base: () => 0 })
    const seen: string[] = []
    clock.at(new Date(10), async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      seen.push('ten')
    })
    clock.at(new Date(20), async () => void seen.push('twenty'))
    await Promise.all([clock.advance(15), clock.advance(15)])
    expect([seen, clock.offset]).toEqual([['ten', 'twenty'], 30])
    clock.close()
  })

  it('runs timers by itself when their time comes', async () => {
    const clock = createClock()
    await new Promise<void>((resolve) => clock.at(new Date(clock.now().getTime() + 5), async () => resolve()))
    clock.close()
  })

  it('moves ahead only', () => {
    const clock = createClock()
    for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => clock.advance(ms)).toThrow(RangeError)
    clock.close()
  })
})
