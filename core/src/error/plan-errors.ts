import { StandardApiError } from '@mt-paas/server'

/** No plan has this name; 422. `details.plans` lists the names there are. */
export class UnknownPlanError extends StandardApiError {
  constructor(plans: readonly string[]) {
    super('INVALID_REQUEST', `No plan has this name; there are ${plans.join(', ')}`, { details: { plans } })
  }
}

/** A subscription was given a value that it cannot have; 422. */
export class InvalidSubscriptionError extends StandardApiError {
  private constructor(member: string, message: string) {
    super('INVALID_REQUEST', `${member} ${message}`, { details: { member } })
  }

  static day(member: string): InvalidSubscriptionError {
    return new InvalidSubscriptionError(member, 'must be a day of the calendar as YYYY-MM-DD, years 0001 to 9999')
  }

  static order(): InvalidSubscriptionError {
    return new InvalidSubscriptionError('endDate', 'must not be before the start date')
  }

  static past(): InvalidSubscriptionError {
    return new InvalidSubscriptionError('endDate', 'must not be in the past')
  }

  static backwards(): InvalidSubscriptionError {
    return new InvalidSubscriptionError('endDate', 'must be after the end that the subscription has')
  }

  static termMonths(): InvalidSubscriptionError {
    return new InvalidSubscriptionError('termMonths', 'must be a whole number from 1 to 1200')
  }

  static limit(name: string): InvalidSubscriptionError {
    return new InvalidSubscriptionError(`limits.${name}`, 'must be a whole number from 0 to 2^53 - 1')
  }

  static unknownLimit(names: readonly string[]): InvalidSubscriptionError {
    return new InvalidSubscriptionError('limits', `knows only ${names.join(', ')}`)
  }

  static feature(): InvalidSubscriptionError {
    return new InvalidSubscriptionError('features', 'must have names and true or false')
  }
}

/** The subscription has no end, so there is nothing to renew; 409. */
export class OpenSubscriptionError extends StandardApiError {
  constructor(tenantId: string) {
    super('TRANSITION_REFUSED', `The subscription of tenant ${tenantId} has no end`)
  }
}

/** The cursor of a list was not made by this list; 400. */
export class InvalidCursorError extends StandardApiError {
  constructor() {
    super('INVALID_REQUEST', 'The cursor is not one that this list gave', { status: 400 })
  }
}

/** A page of a list can have 1 to `most` entries; 422. */
export class InvalidPageSizeError extends StandardApiError {
  constructor(most: number) {
    super('INVALID_REQUEST', `limit must be a whole number from 1 to ${most}`)
  }
}

/** A quantity to consume is none; 422. */
export class InvalidQuantityError extends StandardApiError {
  constructor() {
    super('INVALID_REQUEST', 'quantity must be a decimal from 0, of at most 26 digits and 12 after the point')
  }
}
