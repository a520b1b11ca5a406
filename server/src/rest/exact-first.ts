import type { z } from 'zod'
import { type ExactCheck, exactCheckFor } from './exact-check.ts'
import type { Parse } from './parser.ts'

/**
 * Spares a value that is already what parsing would make of it the parsing, which copies it part by part. The check is
 * made when the first value comes: not every start is followed by a call of everything.
 */
export function exactFirst(schema: z.core.$ZodType, parse: Parse): Parse {
  let isExact: ExactCheck | undefined
  return function parseUnlessExact(value) {
    isExact ??= exactCheckFor(schema) ?? leaveToSchema
    return holds(isExact, value) ? value : parse(value)
  }
}

const leaveToSchema: ExactCheck = () => false

/** A value that cannot even be looked at is for the schema to refuse. */
function holds(isExact: ExactCheck, value: unknown): boolean {
  try {
    return isExact(value)
  } catch {
    return false
  }
}
