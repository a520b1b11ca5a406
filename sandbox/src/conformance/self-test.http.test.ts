import { describe, it } from 'vitest'
import { httpMutants } from './mutant/http-mutants.ts'
import { expectExactFailures, SELF_TEST_TIMEOUT } from './self-test.test.support.ts'

describe('services broken in HTTP and errors', () => {
  it('fail exactly the checks they are named after', { timeout: SELF_TEST_TIMEOUT }, () =>
    expectExactFailures(httpMutants),
  )
})
