import type { z } from 'zod'
import { exactCheckFor } from './exact-check.ts'

/**
 * Writes a value as JSON when it is just what the schema would make of it. Undefined for every other value; then the
 * schema itself has the say.
 */
export type Serialise = (value: unknown) => string | undefined

/**
 * The serialiser of a schema, made once. Its text is what parsing and `JSON.stringify` would give, without the copy
 * that parsing makes. Undefined when the schema has a part that is not known here, such as a transformation.
 */
export function serialiserFor(schema: z.core.$ZodType): Serialise | undefined {
  const isExact = exactCheckFor(schema)
  if (!isExact) return undefined
  return function serialise(value) {
    try {
      return isExact(value) ? JSON.stringify(value) : undefined
    } catch {
      return undefined
    }
  }
}

/** As {@link serialiserFor}, but made when the first value comes: not every start is followed by a call of everything. */
export function serialiserOnUse(schema: z.core.$ZodType): Serialise {
  let made: Serialise | undefined
  return function serialiseOnUse(value) {
    made ??= serialiserFor(schema) ?? leaveToSchema
    return made(value)
  }
}

const leaveToSchema: Serialise = () => undefined
