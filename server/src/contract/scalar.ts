import { z } from 'zod'

const TRUE_WORDS = new Set(['true', 't', 'yes', 'y', 'on', '1'])
const FALSE_WORDS = new Set(['false', 'f', 'no', 'n', 'off', '0'])
const INTEGER_TEXT = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/

/** A whole number in an answer. Larger than 2^53 is allowed, as the predecessors allow it. */
export const integer = z.number().refine(Number.isInteger, 'Invalid input: expected integer').meta({ type: 'integer' })

/** A whole number in an answer, 0 when left out. */
export const count = integer.default(0)

/** A number in an answer that may have a fraction, 0 when left out. */
export const amount = z.number().default(0)

/** Bounds of an integer that arrives in a request, both inclusive. */
export interface IntegerBounds {
  readonly min?: number
  readonly max?: number
}

/**
 * An integer in a request. The predecessors also accept `"5"`, `" 5 "`, `"+5"`, `"1_000"`, `"5.0"` and
 * booleans, and callers in the field rely on it; the type offers only numbers.
 */
export function requestInteger({ min, max }: IntegerBounds = {}) {
  let schema = z.number()
  if (min !== undefined) schema = schema.min(min)
  if (max !== undefined) schema = schema.max(max)
  return z.preprocess(
    toInteger,
    schema.refine(Number.isInteger, 'Invalid input: expected integer').meta({ type: 'integer' }),
  )
}

/**
 * A boolean in a request. The predecessors also accept 0 and 1 and the words true/false, t/f, yes/no, y/n,
 * on/off, 1/0 in any case; the type offers only booleans.
 */
export function requestBoolean() {
  return z.preprocess(toBoolean, z.boolean())
}

function toInteger(value: number): unknown {
  const given: unknown = value
  if (typeof given === 'boolean') return given ? 1 : 0
  if (typeof given !== 'string') return given
  const text = given.trim()
  return INTEGER_TEXT.test(text) ? Number(text.replaceAll('_', '')) : given
}

function toBoolean(value: boolean): unknown {
  const given: unknown = value
  if (given === 1) return true
  if (given === 0) return false
  if (typeof given !== 'string') return given
  const word = given.toLowerCase()
  if (TRUE_WORDS.has(word)) return true
  return FALSE_WORDS.has(word) ? false : given
}
