import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { operations } from '../contract/index.ts'
import { serialiserFor } from './serialiser.ts'

/** Schemas as answers have them, of all kinds that can be checked without parsing. */
const { schema: anySchema } = fc.letrec<{ schema: z.ZodType; leaf: z.ZodType }>((tie) => ({
  leaf: fc.constantFrom<z.ZodType>(
    z.string(),
    z.number(),
    z.number().refine(Number.isInteger),
    z.boolean(),
    z.enum(['a', 'b"', '한']),
    z.unknown(),
    z.number().default(7),
    z.string().nullable().default(null),
  ),
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    tie('schema').map((inner) => z.array(inner)),
    tie('schema').map((inner) => inner.nullable()),
    tie('schema').map((inner) => inner.optional()),
    tie('schema').map((inner) => z.record(z.string(), inner)),
    fc.dictionary(fc.constantFrom('a', 'b', 'ccc', '한글', '"'), tie('schema')).map((shape) => z.object(shape)),
    fc.dictionary(fc.constantFrom('a', 'b', 'ccc'), tie('schema')).map((shape) => z.looseObject(shape)),
  ),
}))

const anyValue = fc.anything({
  key: fc.constantFrom('a', 'b', 'ccc', '한글', '"', '1', '__proto__', 'toJSON'),
  values: [
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a', 'b"', '한', '\ud800', '\n'),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
  ],
})

/** A value that mostly fits, so that the writing is tried and not only the refusing. */
function fitting(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'string':
      return fc.string({ unit: 'binary' })
    case 'number':
      return def.checks ? fc.integer() : fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries))
    case 'array':
      return fc.array(fitting(def.element), { maxLength: 3 })
    case 'nullable':
      return fc.option(fitting(def.innerType))
    case 'optional':
    case 'default':
      return fc.option(fitting(def.innerType), { nil: undefined })
    case 'record':
      return fc.dictionary(fc.constantFrom('x', 'y z', '한', '10'), fitting(def.valueType), { maxKeys: 3 })
    case 'object': {
      const members = Object.entries(def.shape).map(([name, child]) => [name, fitting(child)])
      return fc
        .tuple(fc.record(Object.fromEntries(members)), fc.dictionary(fc.string(), anyValue, { maxKeys: 1 }))
        .map(([named, extra]) => ({ ...named, ...extra }))
    }
    default:
      return anyValue
  }
}

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
    ['a check it does not know', z.string().min(3)],
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
