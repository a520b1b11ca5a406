import { describe, it } from 'vitest'
import { isolationMutants } from './mutant/isolation-mutants.ts'
import { numberMutants } from './mutant/number-mutants.ts'
import { configurationMutants } from './mutant/settings-mutants.ts'
import { expectExactFailures, SELF_TEST_TIMEOUT } from './self-test.test.support.ts'

describe('services broken in numbers, settings and isolation', () => {
  it('fail exactly the checks they are named after', { timeout: SELF_TEST_TIMEOUT }, () =>
    expectExactFailures([...numberMutants, ...configurationMutants, ...isolationMutants]),
  )
})
