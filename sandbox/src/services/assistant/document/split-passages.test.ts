import { describe, expect, it } from 'vitest'
import { splitPassages } from './split-passages.ts'

describe('passages', () => {
  it('are paragraphs, small ones together', () => {
    expect(splitPassages(' 하나\r\n\r\n둘\n \n')).toEqual(['하나\n\n둘'])
    expect(splitPassages(`${'가'.repeat(500)}\n\n${'나'.repeat(500)}`)).toHaveLength(2)
    expect(splitPassages('')).toEqual([])
  })

  it('are cut at sentences where a paragraph is long, and nothing is lost', () => {
    const sentence = `${'ab '.repeat(60).trim()}.`
    const text = Array.from({ length: 12 }, () => sentence).join(' ')
    const passages = splitPassages(text)
    expect(passages.join(' ')).toBe(text)
    for (const passage of passages) expect(passage.length).toBeLessThanOrEqual(700)
    const endless = '😀'.repeat(5_000)
    expect(splitPassages(endless).join('')).toBe(endless.match(/😀+/u)?.[0])
  })
})
