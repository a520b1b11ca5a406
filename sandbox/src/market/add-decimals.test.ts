import { expect, it } from 'vitest'
import { addDecimals } from './add-decimals.ts'

it.each([
  [[], '0'],
  [['0.1', '0.2'], '0.3'],
  [['12.50', '7.5'], '20'],
  [['-1', '0.001'], '-0.999'],
  [['99999999999999999999.99', '0.01'], '100000000000000000000'],
])('%j is exactly %s', (values, sum) => {
  expect(addDecimals(values)).toBe(sum)
})

it('refuses what is no decimal', () => {
  for (const text of ['', '1e3', 'x', '1.', '.5']) expect(() => addDecimals([text])).toThrow(TypeError)
})
