import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseApiKeys } from './api-keys.ts'

const idOf = (key: string) => createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 12)
/** What Node makes of a header whose bytes are UTF-8. */
const asHeader = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

describe('parseApiKeys', () => {
  it.each([undefined, '', '   ', ',', ' , ,'])('has no keys in %j', (text) => {
    const keys = parseApiKeys(text)
    expect(keys.configured).toBe(false)
    for (const presented of [undefined, '', ' ', ',', 'key']) expect(keys.identify(presented)).toBeUndefined()
  })

  it('knows every one of several keys by the start of its digest', () => {
    const keys = parseApiKeys(' old-key ,, new key,third\n')
    expect(keys.configured).toBe(true)
    for (const key of ['old-key', 'new key', 'third']) {
      expect(keys.identify(key)).toBe(idOf(key))
      expect(keys.identify(key)).toMatch(/^[0-9a-f]{12}$/)
    }
  })

  it.each([undefined, '', 'KEY', 'key ', ' key', 'ke', 'keyy', 'key,other', idOf('key')])('refuses %j', (presented) => {
    expect(parseApiKeys('key,other').identify(presented)).toBeUndefined()
  })

  it('tells keys apart whichever came before', () => {
    const keys = parseApiKeys('one,two')
    for (const key of ['one', 'one', 'two', 'onf', 'two', 'twoo', 'one']) {
      expect(keys.identify(key)).toBe(key === 'one' || key === 'two' ? idOf(key) : undefined)
    }
  })

  it('gives the same id at every start and for a key named twice', () => {
    expect(parseApiKeys('a,b').identify('b')).toBe(parseApiKeys('b,b').identify('b'))
  })

  it.each(['열쇠-한림', 'clé-é', 'ключ', '🔑', 'ł'])('accepts %s when its UTF-8 bytes come in a header', (key) => {
    expect(parseApiKeys(key).identify(asHeader(key))).toBe(idOf(key))
  })

  it('does not take a character for the byte it would be cut to', () => {
    expect('ł'.charCodeAt(0) & 0xff).toBe('B'.charCodeAt(0))
    const keys = parseApiKeys('B')
    expect(keys.identify('ł')).toBeUndefined()
    expect(keys.identify('B')).toBe(idOf('B'))
    expect(keys.identify('ł')).toBeUndefined()
  })

  it('does not reveal keys when it is printed', () => {
    const keys = parseApiKeys('very-secret-key')
    expect(JSON.stringify(keys) + Object.values(keys).map(String).join()).not.toContain('very-secret-key')
  })
})
