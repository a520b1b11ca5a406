import { StandardApiError } from '@mt-paas/server'

/** What the market refuses, in the words of the wire. */
export class MarketError extends StandardApiError {
  static samePassword(): MarketError {
    return new MarketError('INVALID_REQUEST', 'The new password must differ from the present one', {
      details: { issues: [{ loc: ['body', 'new_password'], message: 'Same as the present one' }] },
    })
  }

  /** `retryAfter` in seconds. */
  static tooManyLogins(retryAfter: number): MarketError {
    return new MarketError('TOO_MANY_REQUESTS', 'Too many wrong passwords, try again later', {
      status: 429,
      details: { retry_after: retryAfter },
      headers: { 'Retry-After': String(retryAfter) },
    })
  }

  static unknown(
    what: 'subscription' | 'mail' | 'conformance run' | 'service' | 'account',
    id: string | number,
  ): MarketError {
    return new MarketError('NOT_FOUND', `There is no ${what} ${id}`)
  }
}
