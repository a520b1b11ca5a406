import { describe, it } from 'vitest'
import { webhookMutants } from './mutant/webhook-mutants.ts'
import { expectExactFailures, SELF_TEST_TIMEOUT } from './self-test.test.support.ts'

describe('services broken in webhooks, keys of idempotency and tRPC', () => {
  it('fail exactly the checks they are named after', { timeout: SELF_TEST_TIMEOUT }, () =>
    expectExactFailures(webhookMutants),
  )
})
