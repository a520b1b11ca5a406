import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { requestBoolean, requestInteger } from './scalar.ts'

describe('an integer in a request', () => {
  it.each([
    [5, 5],
    [5.0, 5],
    ['5', 5],
    [' 5 ', 5],
    ['+2', 2],
    ['-3', -3],
    ['007', 7],
    ['1_000', 1000],
    ['5.0', 5],
    [true, 1],
    [false, 0],
    ['99999999999999999999', 1e20],
  ])('accepts %j as %d', (given, expected) => {
    expect(requestInteger().parse(given)).toBe(expected)
  })

  it.each([
    '',
    ' ',
    '2.5',
    '1e1',
    '0x10',
    'true',
    'null',
    '1__0',
    '_1',
    'abc',
    1.5,
    Number.NaN,
    Infinity,
    null,
    [],
    {},
  ])('refuses %j', (given) => {
    expect(requestInteger().safeParse(given).success).toBe(false)
  })

  it('keeps to its bounds', () => {
    const limit = requestInteger({ min: 1, max: 50 })
    expect([0, 1, 50, 51].map((value) => limit.safeParse(value).success)).toEqual([false, true, true, false])
  })

  it('offers numbers only to typed callers', () => {
    const schema = requestInteger()
    expectTypeOf<z.input<typeof schema>>().toEqualTypeOf<number>()
    expectTypeOf<z.output<typeof schema>>().toEqualTypeOf<number>()
  })
})

describe('a boolean in a request', () => {
  it.each([true, 1, 1.0, 'true', 'T', 'YES', 'y', 'On', '1'])('takes %j for true', (given) => {
    expect(requestBoolean().parse(given)).toBe(true)
  })

  it.each([false, 0, 'false', 'F', 'no', 'N', 'OFF', '0'])('takes %j for false', (given) => {
    expect(requestBoolean().parse(given)).toBe(false)
  })

  it.each([2, 0.5, '2', '', ' true ', null, [], {}])('refuses %j', (given) => {
    expect(requestBoolean().safeParse(given).success).toBe(false)
  })

  it('offers booleans only to typed callers', () => {
    const schema = requestBoolean()
    expectTypeOf<z.input<typeof schema>>().toEqualTypeOf<boolean>()
  })
})
