import { describe, it } from 'vitest'
import { callbackMutants } from './mutant/callback-mutants.ts'
import { signatureMutants } from './mutant/signature-mutants.ts'
import { expectExactFailures, SELF_TEST_TIMEOUT } from './self-test.test.support.ts'

describe('services broken in signatures and callbacks', () => {
  it('fail exactly the checks they are named after', { timeout: SELF_TEST_TIMEOUT }, () =>
    expectExactFailures([...signatureMutants, ...callbackMutants]),
  )
})
