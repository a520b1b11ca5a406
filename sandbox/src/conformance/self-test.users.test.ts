import { describe, it } from 'vitest'
import { userMutants } from './mutant/user-mutants.ts'
import { expectExactFailures } from './self-test.test.support.ts'

describe('services broken in users', () => {
  it('fail exactly the checks they are named after', () => expectExactFailures(userMutants))
})
