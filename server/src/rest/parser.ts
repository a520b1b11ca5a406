import type { z } from 'zod'

/** Parses a value, in the same turn unless the schema needs a promise; throws what the schema throws. */
export type Parse = (value: unknown) => unknown

/** The parser of a schema, as tRPC would use it; undefined when the schema has no methods to parse with. */
export function parserOf(schema: z.core.$ZodType): Parse | undefined {
  if (!canParse(schema)) return undefined
  let needsPromise = false
  return function parse(value) {
    if (!needsPromise) {
      try {
        return schema.parse(value)
      } catch (cause) {
        if (hasIssues(cause)) throw cause
        needsPromise = true
      }
    }
    return schema.parseAsync(value)
  }
}

function canParse(schema: z.core.$ZodType): schema is z.ZodType {
  return 'parse' in schema && 'parseAsync' in schema
}

function hasIssues(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'issues' in cause && Array.isArray(cause.issues)
}
