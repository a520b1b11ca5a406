import { describe, expect, it } from 'vitest'
import { parseJsonBody } from './json-body.ts'

const TEXT = '{"name":"한림대학교 🎓","n":[1,2]}'
const VALUE = { name: '한림대학교 🎓', n: [1, 2] }

const badRequest = expect.objectContaining({ status: 400, error: 'INVALID_REQUEST' })
const notJson = expect.objectContaining({
  status: 422,
  details: { issues: [{ loc: ['body'], message: 'The body is not JSON' }] },
})

const utf16le = (text: string) => Buffer.from(text, 'utf16le')
const utf16be = (text: string) => utf16le(text).swap16()
const utf32 = (text: string, write: 'writeUInt32LE' | 'writeUInt32BE') => {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  const bytes = Buffer.alloc(points.length * 4)
  points.forEach((point, index) => {
    bytes[write](point, index * 4)
  })
  return bytes
}
const nested = (depth: number, open = '[', close = ']') => Buffer.from(open.repeat(depth) + close.repeat(depth))

describe('parseJsonBody', () => {
  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-16LE', utf16le],
    ['UTF-16BE', utf16be],
    ['UTF-32LE', (text: string) => utf32(text, 'writeUInt32LE')],
    ['UTF-32BE', (text: string) => utf32(text, 'writeUInt32BE')],
  ] as const)('reads %s with and without a byte order mark', (_name, encode) => {
    expect(parseJsonBody(encode(TEXT))).toEqual(VALUE)
    expect(parseJsonBody(encode(`\ufeff${TEXT}`))).toEqual(VALUE)
    expect(parseJsonBody(encode('5'))).toBe(5)
    expect(parseJsonBody(encode('{}'))).toEqual({})
  })

  it.each([
    ['stray bytes', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0x80, 0x22])],
    ['half a character', Buffer.from('"한"').subarray(0, 3)],
    ['half a UTF-16 unit', Buffer.from([0x7b, 0x00, 0x7d])],
    ['a lone surrogate in UTF-16', Buffer.from([0x22, 0x00, 0x00, 0xd8, 0x22, 0x00])],
    ['a UTF-32 body of 6 bytes', Buffer.concat([utf32('5', 'writeUInt32LE'), Buffer.from([0x20, 0])])],
    ['a code point beyond Unicode', Buffer.concat([utf32('\ufeff', 'writeUInt32BE'), Buffer.from([0, 0x11, 0, 0])])],
    ['a single zero', Buffer.from([0])],
  ])('answers 400 to %s', (_name, bytes) => {
    expect(() => parseJsonBody(bytes)).toThrow(badRequest)
  })

  it.each([
    '{',
    '{"a":}',
    "{'a':1}",
    '[1,]',
    'undefined',
    '{"a":1}}',
    ' ',
    'nan',
    '-',
    '"',
    '{"a":"\n"}',
    'NaNa',
    '// x',
  ])('answers 422 to %j', (text) => {
    expect(() => parseJsonBody(Buffer.from(text))).toThrow(notJson)
  })

  it.each(['{"a":NaN}', '{"a":Infinity}', '{"a":-Infinity}', '[NaN, -Infinity]', 'NaN'])(
    'reads %s, which the predecessors accept, as numbers without bounds',
    (text) => {
      const value = parseJsonBody(Buffer.from(text))
      const [first] = Object.values(typeof value === 'number' ? [value] : Object(value))
      expect(Number.isFinite(first)).toBe(false)
      expect(typeof first).toBe('number')
    },
  )

  it('leaves such words alone inside of strings', () => {
    expect(parseJsonBody(Buffer.from('{"NaN":"-Infinity \\" NaN","a":NaN}'))).toMatchObject({ NaN: '-Infinity " NaN' })
  })

  it('accepts 32 levels and refuses 33', () => {
    expect(parseJsonBody(nested(32))).toBeInstanceOf(Array)
    expect(() => parseJsonBody(nested(33))).toThrow(badRequest)
    expect(parseJsonBody(nested(16, '{"a":[', ']}'))).toBeDefined()
    expect(() => parseJsonBody(nested(17, '{"a":[', ']}'))).toThrow(badRequest)
  })

  it('does not count brackets inside of strings', () => {
    expect(parseJsonBody(Buffer.from(JSON.stringify(`${'['.repeat(100)}"\\${'{'.repeat(100)}`)))).toBeTypeOf('string')
    expect(parseJsonBody(Buffer.from(JSON.stringify(Array(100).fill([]))))).toHaveLength(100)
  })

  it('refuses 45,000 nested arrays', () => {
    expect(() => parseJsonBody(nested(45_000))).toThrow(badRequest)
    expect(() => parseJsonBody(Buffer.from('['.repeat(90_000)))).toThrow(badRequest)
  })

  it.each([
    ['escaped quotes', `"${'\\"'.repeat(500_000)}`],
    ['backslashes', `NaN"${'\\'.repeat(1_000_001)}`],
    ['quotes', `NaN${'"'.repeat(1_000_001)}`],
    ['minus signs', '-'.repeat(1_000_000)],
    ['words', 'NaN '.repeat(250_000)],
  ])('refuses a megabyte of %s without delay', (_name, text) => {
    const bytes = Buffer.from(text)
    const started = performance.now()
    expect(() => parseJsonBody(bytes)).toThrow(notJson)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('reads a string of a megabyte beside a NaN', () => {
    const long = '\\"x'.repeat(300_000)
    expect(parseJsonBody(Buffer.from(`{"a":"${long}","b":NaN}`))).toMatchObject({ a: '"x'.repeat(300_000) })
  })

  it('makes no prototype of a member', () => {
    const value = parseJsonBody(Buffer.from('{"__proto__":{"admin":true}}'))
    expect(Reflect.get(Object(value), 'admin')).toBeUndefined()
  })
})
