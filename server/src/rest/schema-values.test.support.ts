import fc from 'fast-check'
import { z } from 'zod'

/** Schemas as answers have them, of all kinds that can be checked without parsing. */
export const { schema: anySchema } = fc.letrec<{ schema: z.ZodType; leaf: z.ZodType }>((tie) => ({
  leaf: fc.constantFrom<z.ZodType>(
    z.string(),
    z.string().min(1).max(4),
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

export const anyValue = fc.anything({
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
export function fitting(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
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
