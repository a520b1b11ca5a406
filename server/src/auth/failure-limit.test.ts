import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failureLimit } from './failure-limit.ts'

function clock() {
  let time = 5_000
  return { now: () => time, pass: (ms: number) => (time += ms) }
}

describe('failureLimit', () => {
  it('says nothing up to the limit, then the seconds until the window ends', () => {
    const { now, pass } = clock()
    const limit = failureLimit({ max: 3, windowMs: 10_000, now })
    expect([1, 2, 3].map(() => limit.record('a'))).toEqual([undefined, undefined, undefined])
    expect(limit.record('a')).toBe(10)
    pass(1)
    expect(limit.record('a')).toBe(10)
    pass(9_000)
    expect(limit.record('a')).toBe(1)
    pass(998)
    expect(limit.record('a')).toBe(1)
  })

  it('begins anew when the window ends', () => {
    const { now, pass } = clock()
    const limit = failureLimit({ max: 1, windowMs: 1_000, now })
    limit.record('a')
    expect(limit.record('a')).toBe(1)
    pass(1_000)
    expect(limit.record('a')).toBeUndefined()
    expect(limit.record('a')).toBe(1)
  })

  it('counts every address by itself', () => {
    const limit = failureLimit({ max: 1, now: () => 0 })
    limit.record('a')
    expect(limit.record('a')).toBe(60)
    expect(limit.record('b')).toBeUndefined()
    expect(limit.record('')).toBeUndefined()
    expect(limit.record('__proto__')).toBeUndefined()
  })

  it('allows 600 failures a minute by default', () => {
    const limit = failureLimit({ now: () => 0 })
    for (let sent = 0; sent < 600; sent += 1) expect(limit.record('a')).toBeUndefined()
    expect(limit.record('a')).toBe(60)
  })

  it('forgets the address whose window began first when memory is full', () => {
    const { now, pass } = clock()
    const limit = failureLimit({ max: 1, windowMs: 10_000, maxAddresses: 2, now })
    limit.record('a')
    pass(1_000)
    limit.record('b')
    limit.record('c')
    expect(limit.record('b')).toBe(10)
    expect(limit.record('c')).toBe(10)
    expect(limit.record('a')).toBeUndefined()
  })

  it('orders an address by its present window, not by its first', () => {
    const { now, pass } = clock()
    const limit = failureLimit({ max: 1, windowMs: 1_000, maxAddresses: 3, now })
    limit.record('a')
    pass(500)
    limit.record('b')
    pass(500)
    for (const address of ['a', 'c', 'd']) limit.record(address)
    expect(limit.record('a')).toBe(1)
    expect(limit.record('b')).toBeUndefined()
  })

  it('does not add a second for the fractions of a millisecond', () => {
    const time = 1000.13
    expect(time + 1_000 - time).toBeGreaterThan(1_000)
    expect(failureLimit({ max: 0, windowMs: 1_000, now: () => time }).record('a')).toBe(1)
  })

  it('answers whole seconds from 1 to the length of the window, whatever the times', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90_000 }),
        fc.array(fc.double({ min: 0, max: 40_000, noNaN: true })),
        (windowMs, steps) => {
          const { now, pass } = clock()
          const limit = failureLimit({ max: 0, windowMs, now })
          for (const step of steps) {
            pass(step)
            const seconds = limit.record('a')
            expect(Number.isInteger(seconds)).toBe(true)
            expect(seconds).toBeGreaterThanOrEqual(1)
            expect(seconds).toBeLessThanOrEqual(Math.ceil(windowMs / 1000))
          }
        },
      ),
    )
  })

  it.each([
    ['max', { max: -1 }],
    ['max', { max: Number.NaN }],
    ['windowMs', { windowMs: 0 }],
    ['windowMs', { windowMs: Number.POSITIVE_INFINITY }],
    ['maxAddresses', { maxAddresses: 0.5 }],
  ])('refuses a bad %s at once', (name, options) => {
    expect(() => failureLimit({ ...options, now: () => 0 })).toThrow(new RegExp(`^${name} must be`))
  })
})
