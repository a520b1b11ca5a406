import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './parse-json.ts'

const MAX_DEPTH = 64

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depth))
}

function reaches(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, member]) =>
      key === '__proto__' ||
      (key === 'constructor' && typeof member === 'object' && member !== null) ||
      reaches(member),
  )
}

const text = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[[\]{}"\\]*$/),
  fc.constantFrom('__proto__', 'constructor', '\\u'),
)
const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))
const { json } = fc.letrec<{ json: unknown; list: unknown; record: unknown }>((tie) => ({
  json: fc.oneof({ depthSize: 'small' }, leaf, tie('list'), tie('record')),
  list: fc.array(tie('json'), { maxLength: 4 }),
  record: fc.array(fc.tuple(text, tie('json')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
}))

/** A value within so many lists and objects, and beside text of so many characters, so that brackets are rare or dense. */
const nested = fc
  .record({ json, levels: fc.oneof(fc.constant(0), fc.integer({ min: 58, max: 66 })), padding: fc.nat(3_000) })
  .map(({ json: inner, levels, padding }) => {
    let value = inner
    for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { ['x'.repeat(level)]: value }
    return padding < 1_500 ? value : ['x'.repeat(padding), value]
  })

/** As services write it that keep to ASCII, or not. */
function escaped(json: string): string {
  return json.replaceAll('_', '\\u005F').replaceAll('c', '\\u0063')
}

describe('JSON of an answer', () => {
  it('is what JSON.parse makes of it, unless it nests deep or reaches for a prototype', () => {
    const seen = { taken: 0, deep: 0, reaching: 0 }
    fc.assert(
      fc.property(nested, fc.boolean(), (value, isEscaped) => {
        const plain = JSON.stringify(value)
        const written = isEscaped ? escaped(plain) : plain
        if (depth(value) > MAX_DEPTH) {
          seen.deep++
          expect(() => parseJson(written)).toThrow(SyntaxError)
        } else if (reaches(JSON.parse(written))) {
          seen.reaching++
          expect(() => parseJson(written)).toThrow(SyntaxError)
        } else {
          seen.taken++
          expect(parseJson(written)).toEqual(JSON.parse(written))
        }
      }),
      { numRuns: 2_000, seed: 7 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(100)
  })

  it('may be a long list of objects', () => {
    const users = Array.from({ length: 2_000 }, (_, at) => ({ user_id: `user_${at}`, usage: { tokens: at } }))
    expect(parseJson(JSON.stringify({ users }))).toEqual({ users })
  })
})
