import { StandardApiError } from '@mt-paas/server'

/** The tenant already has usage of this id, with other content; 422. Nothing was counted. */
export class UsageConflictError extends StandardApiError {
  constructor(id: string) {
    super('IDEMPOTENCY_KEY_REUSED', `Usage ${id} was recorded with other content`, { details: { id } })
  }
}

/** More items than one call records; 422. None of them was recorded. */
export class UsageBatchTooLargeError extends StandardApiError {
  constructor(most: number) {
    super('INVALID_REQUEST', `At most ${most} items of usage are recorded at once`, { details: { most } })
  }
}

/** A rate or another setting of billing cannot be one; thrown where usage is set up. */
export class BillingOptionsError extends Error {
  private constructor(message: string) {
    super(message)
    this.name = 'BillingOptionsError'
  }

  static rate(index: number, reason: string): BillingOptionsError {
    return new BillingOptionsError(`Rate ${index} of the rate card ${reason}`)
  }

  static setting(name: string, reason: string): BillingOptionsError {
    return new BillingOptionsError(`${name} ${reason}`)
  }
}
