import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { coercionFor } from './coercion.ts'

describe('coercionFor', () => {
  it.each([
    ['5', 5],
    ['-2.50', -2.5],
    ['+7', 7],
    ['007', 7],
    ['1e3', 1000],
    ['.5', 0.5],
    ['5.', 5],
  ])('makes a number of %j', (text, expected) => {
    for (const schema of [z.number(), z.int(), z.number().optional(), z.number().nullable().default(1)]) {
      expect(coercionFor(schema)(text)).toBe(expected)
    }
  })

  it.each(['', ' ', ' 5', '0x10', 'abc', '1_000', 'NaN', 'Infinity', '5 apples', 'true', '１'])(
    'leaves %j for a number schema to refuse',
    (text) => {
      expect(coercionFor(z.number())(text)).toBe(text)
      expect(z.number().safeParse(coercionFor(z.number())(text)).success).toBe(false)
    },
  )

  it('gives no number that JSON cannot carry to a schema that accepts it', () => {
    expect(z.number().safeParse(coercionFor(z.number())('1e999')).success).toBe(false)
  })

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['yes', 'yes'],
    ['TRUE', 'TRUE'],
    ['', ''],
    ['null', 'null'],
  ])('reads %j as boolean', (text, expected) => {
    expect(coercionFor(z.boolean())(text)).toBe(expected)
    expect(coercionFor(z.boolean().nullish())(text)).toBe(expected)
  })

  it('makes a date of what is one', () => {
    expect(coercionFor(z.date())('2026-01-31T09:00:00Z')).toEqual(new Date('2026-01-31T09:00:00Z'))
    expect(coercionFor(z.date().optional())('not a date')).toBe('not a date')
    expect(coercionFor(z.date())('')).toBe('')
  })

  it('makes a bigint of digits only', () => {
    expect(coercionFor(z.bigint())('12345678901234567890')).toBe(12345678901234567890n)
    expect(coercionFor(z.bigint())('1.5')).toBe('1.5')
    expect(coercionFor(z.bigint())('')).toBe('')
  })

  it('makes a list of one value and coerces every entry', () => {
    expect(coercionFor(z.array(z.number()))('5')).toEqual([5])
    expect(coercionFor(z.array(z.number()).optional())(['5', 'x', '7'])).toEqual([5, 'x', 7])
    expect(coercionFor(z.array(z.string()))('5')).toEqual(['5'])
    expect(coercionFor(z.array(z.boolean().nullable()))(['1', 'false'])).toEqual([true, false])
  })

  it.each([z.string(), z.enum(['5', '6']), z.literal('6'), z.unknown()])(
    'takes the last of repeated values',
    (schema) => {
      expect(coercionFor(schema)(['5', '6'])).toBe('6')
    },
  )

  it('leaves text to a preprocess, which reads it by itself', () => {
    const schema = z.preprocess((value) => Number(value) * 2, z.number())
    expect(coercionFor(schema)('21')).toBe('21')
    expect(schema.parse(coercionFor(schema)('21'))).toBe(42)
  })

  it('changes no schema', () => {
    const schema = z.number()
    coercionFor(schema)('5')
    expect(schema.safeParse('5').success).toBe(false)
  })
})
