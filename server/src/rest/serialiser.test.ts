import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { operations } from '../contract/index.ts'
import { anySchema, anyValue, fitting } from './schema-values.test.support.ts'
import { serialiserFor } from './serialiser.ts'

function plainly(schema: z.ZodType, value: unknown): string | undefined {
  try {
    const result = schema.safeParse(value)
    return result.success ? JSON.stringify(result.data) : undefined
  } catch {
    return undefined
  }
}

const recursive: z.ZodType = z.object({
  get children() {
    return z.array(recursive)
  },
})

describe('a serialiser', () => {
  it('writes what the schema would, and never what it refuses', () => {
    const pair = anySchema.chain((schema) => fc.tuple(fc.constant(schema), fc.oneof(fitting(schema), anyValue)))
    let written = 0
    fc.assert(
      fc.property(pair, ([schema, value]) => {
        const text = serialiserFor(schema)?.(value)
        if (text === undefined) return
        written++
        expect(text).toBe(plainly(schema, value))
      }),
      { numRuns: 6_000, seed: 1 },
    )
    expect(written).toBeGreaterThan(2_000)
  })

  it.each(Object.entries(operations))('is there for every answer of the contract: %s', (_name, { output }) => {
    expect(serialiserFor(output)).toBeTypeOf('function')
  })

  it.each([
    ['a transformation', z.string().transform((text) => text.length)],
    ['a check it does not know', z.string().regex(/a/)],
    ['a check that changes the text', z.string().min(1).trim()],
    ['a format', z.email()],
    ['a date', z.date()],
    ['a union', z.union([z.string(), z.number()])],
    ['a refined object', z.object({ a: z.string() }).refine(() => true)],
    ['a schema that holds itself', recursive],
    ['a strict object', z.strictObject({ a: z.string() })],
  ])('leaves %s to the schema', (_kind, schema) => {
    expect(serialiserFor(z.object({ part: schema }))).toBeUndefined()
  })
})
