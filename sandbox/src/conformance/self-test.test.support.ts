import { expect } from 'vitest'
import type { Mutant } from './mutant/mutant.ts'
import { selfTest } from './self-test.ts'

/** For the mutants of one file, in ms; they take seconds, and many times that on a machine that does much else. */
export const SELF_TEST_TIMEOUT = 240_000

/** Every one of these mutants fails exactly the checks it names. That the good service passes is tested elsewhere. */
export async function expectExactFailures(mutants: readonly Mutant[]): Promise<void> {
  const { mutants: results } = await selfTest({ mutants, good: false })
  expect(results.map(({ id, failed }) => [id, failed.toSorted()])).toEqual(
    mutants.map(({ id, fails }) => [id, fails.toSorted()]),
  )
}
