import { describe, it } from 'vitest'
import { lifecycleMutants } from './mutant/lifecycle-mutants.ts'
import { expectExactFailures, SELF_TEST_TIMEOUT } from './self-test.test.support.ts'

describe('services broken in health and lifecycle', () => {
  it('fail exactly the checks they are named after', { timeout: SELF_TEST_TIMEOUT }, () =>
    expectExactFailures(lifecycleMutants),
  )
})
