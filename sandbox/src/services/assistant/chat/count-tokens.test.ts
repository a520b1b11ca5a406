import { expect, it } from 'vitest'
import { countTokens } from './count-tokens.ts'

it('tokens are syllables, signs, and letters by fours', () => {
  expect(countTokens('')).toBe(0)
  expect(countTokens(' \n ')).toBe(0)
  expect(countTokens('안녕')).toBe(2)
  expect(countTokens('library')).toBe(2)
  expect(countTokens('GPA가 3.5?')).toBe(6)
  expect(countTokens('x'.repeat(400_000))).toBe(100_000)
})
