import { expect } from 'vitest'
import type { Mutant } from './mutant/mutant.ts'
import { selfTest } from './self-test.ts'

/** Every one of these mutants fails exactly the checks it names. */
export async function expectExactFailures(mutants: readonly Mutant[]): Promise<void> {
  const { mutants: results } = await selfTest({ mutants })
  expect(results.map(({ id, failed }) => [id, failed.toSorted()])).toEqual(
    mutants.map(({ id, fails }) => [id, fails.toSorted()]),
  )
}
