import { describe, it } from 'vitest'
import { webhookMutants } from './mutant/webhook-mutants.ts'
import { expectExactFailures } from './self-test.test.support.ts'

describe('services broken in webhooks, keys of idempotency and tRPC', () => {
  it('fail exactly the checks they are named after', () => expectExactFailures(webhookMutants))
})
