import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery, readPlainQuery } from './query.ts'

describe('parseQuery', () => {
  it.each([
    ['', {}],
    ['&&', {}],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=', { a: '' }],
    ['a', { a: '' }],
    ['=x', { '': 'x' }],
    ['a=b=c', { a: 'b=c' }],
    ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
    ['a=1+2&b+c=3', { a: '1 2', 'b c': '3' }],
    ['a=%2B%26%3D&%61b=%ED%95%9C', { a: '+&=', ab: '한' }],
    ['a=%2541', { a: '%41' }],
    ['a=1?b=2', { a: '1?b=2' }],
  ])('reads %j', (text, expected) => {
    expect({ ...parseQuery(text) }).toEqual(expected)
  })

  it.each(['a=%', 'a=%G1', 'a=%FF', 'a=%C0%80', '%=1', 'a=%E0%A4%A'])(
    'reads %j, although an escape of it is broken',
    (text) => {
      expect(Object.values(parseQuery(text))).toEqual([expect.any(String)])
    },
  )

  it('keeps names of the prototype as plain names', () => {
    const query = parseQuery('constructor=1&__proto__=2&toString=3&hasOwnProperty=4&__proto__=5')
    expect(Object.getPrototypeOf(query)).toBeNull()
    expect(Object.entries(query)).toEqual([
      ['constructor', '1'],
      ['__proto__', ['2', '5']],
      ['toString', '3'],
      ['hasOwnProperty', '4'],
    ])
  })

  it('reads a name that is repeated ten thousand times', () => {
    expect(parseQuery('a=1&'.repeat(10_000)).a).toHaveLength(10_000)
  })
})

describe('readPlainQuery', () => {
  it('reads what parseQuery reads, or leaves it alone', () => {
    const part = fc.constantFrom('a', 'b', '1', '=', '&', '%41', '+', '한', '__proto__', 'toString')
    let read = 0
    fc.assert(
      fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
        const query: Record<string, unknown> = {}
        if (!readPlainQuery(parts.join(''), query, (_name, value) => value)) return
        read++
        expect(query).toEqual({ ...parseQuery(parts.join('')) })
      }),
      { numRuns: 3_000, seed: 1 },
    )
    expect(read).toBeGreaterThan(100)
  })
})
