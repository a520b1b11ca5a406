import { expect, it } from 'vitest'
import { waitAfter } from './backoff.ts'

it('the wait between attempts doubles from 1 s to 5 minutes', () => {
  expect([1, 2, 3, 9, 10, 50].map(waitAfter)).toEqual([1_000, 2_000, 4_000, 256_000, 300_000, 300_000])
})
