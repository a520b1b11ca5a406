import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { exactFirst } from './exact-first.ts'
import { anySchema, anyValue, fitting } from './schema-values.test.support.ts'

describe('a check that comes before parsing', () => {
  it('gives what parsing would, and spares it for values that are so already', () => {
    const pair = anySchema.chain((schema) => fc.tuple(fc.constant(schema), fc.oneof(fitting(schema), anyValue)))
    let spared = 0
    fc.assert(
      fc.property(pair, ([schema, value]) => {
        let isParsed = false
        const parse = exactFirst(schema, (given) => {
          isParsed = true
          return schema.parse(given)
        })
        const expected = schema.safeParse(value)
        if (expected.success) expect(parse(value)).toEqual(expected.data)
        else expect(() => parse(value)).toThrow(z.ZodError)
        if (!isParsed) spared++
      }),
      { numRuns: 3_000, seed: 2 },
    )
    expect(spared).toBeGreaterThan(1_000)
  })

  it('leaves what cannot be looked at to the schema', () => {
    const hostile = new Proxy({}, { ownKeys: () => expect.fail('looked at') })
    const refuse = () => 'refused'
    expect(exactFirst(z.object({ a: z.string() }), refuse)(hostile)).toBe('refused')
  })
})
