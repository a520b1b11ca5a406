import { describe, it } from 'vitest'
import { callbackMutants } from './mutant/callback-mutants.ts'
import { signatureMutants } from './mutant/signature-mutants.ts'
import { expectExactFailures } from './self-test.test.support.ts'

describe('services broken in signatures and callbacks', () => {
  it('fail exactly the checks they are named after', () =>
    expectExactFailures([...signatureMutants, ...callbackMutants]))
})
