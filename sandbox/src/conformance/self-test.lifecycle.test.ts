import { describe, it } from 'vitest'
import { lifecycleMutants } from './mutant/lifecycle-mutants.ts'
import { expectExactFailures } from './self-test.test.support.ts'

describe('services broken in health and lifecycle', () => {
  it('fail exactly the checks they are named after', () => expectExactFailures(lifecycleMutants))
})
