import { describe, it } from 'vitest'
import { httpMutants } from './mutant/http-mutants.ts'
import { expectExactFailures } from './self-test.test.support.ts'

describe('services broken in HTTP and errors', () => {
  it('fail exactly the checks they are named after', () => expectExactFailures(httpMutants))
})
