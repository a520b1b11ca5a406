import { StandardApiError } from '@mt-paas/server'

/** What an action meets. */
export interface Standing {
  readonly what: 'application' | 'subscription' | 'conformance run' | 'sample'
  readonly state: string
  /** What can be done instead. */
  readonly allowed: readonly string[]
}

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
    what: 'subscription' | 'mail' | 'conformance run' | 'service' | 'account' | 'sample',
    id: string | number,
  ): MarketError {
    return new MarketError('NOT_FOUND', `There is no ${what} ${id}`)
  }

  static serviceInUse(slug: string, subscriptions: number): MarketError {
    return new MarketError('CONFLICT', `${slug} has ${subscriptions} subscriptions that are not over`, {
      status: 409,
      details: { subscriptions },
    })
  }

  static noNextKey(slug: string): MarketError {
    return new MarketError('CONFLICT', `${slug} has no next key`, { status: 409 })
  }

  static unknownPlan(id: string, known: readonly string[]): MarketError {
    return new MarketError('INVALID_REQUEST', `There is no plan ${id}`, {
      details: { issues: [{ loc: ['body', 'plan'], message: `Known plans: ${known.join(', ')}` }] },
    })
  }

  static badDates(why: string): MarketError {
    return new MarketError('INVALID_REQUEST', why, {
      details: { issues: [{ loc: ['body', 'end_date'], message: why }] },
    })
  }

  static refused(action: string, { what, state, allowed }: Standing): MarketError {
    return new MarketError('TRANSITION_REFUSED', `${action} is not possible while the ${what} is ${state}`, {
      status: 409,
      details: { state, allowed },
    })
  }

  static portTaken(port: number): MarketError {
    return new MarketError('CONFLICT', `Port ${port} is taken by another program`, { status: 409, details: { port } })
  }

  static busy(): MarketError {
    return new MarketError('OPERATION_IN_PROGRESS', 'Something else is being done with it right now', {
      headers: { 'Retry-After': '1' },
    })
  }

  static over(endDate: string): MarketError {
    return new MarketError('TRANSITION_REFUSED', `The subscription ended on ${endDate}; renew it`, {
      status: 409,
      details: { state: 'ended', allowed: ['renew', 'cancel'] },
    })
  }

  static tenantGone(tenantId: string): MarketError {
    return new MarketError('TENANT_NOT_FOUND', `The service has no tenant ${tenantId}`)
  }

  static conformanceRuns(service: string): MarketError {
    return new MarketError('CONFLICT', `${service} is being tested already`, { status: 409 })
  }

  static noReport(id: number, state: string): MarketError {
    return new MarketError('CONFLICT', `Conformance run ${id} has no report: it is ${state}`, { status: 409 })
  }
}
