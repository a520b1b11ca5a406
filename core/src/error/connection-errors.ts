import { StandardApiError } from '@mt-paas/server'

/**
 * The tenant's database does not exist or takes no connections; 503 with `Retry-After`. What was known of the tenant
 * may be out of date: look it up again.
 */
export class DatabaseGoneError extends StandardApiError {
  constructor(cause: unknown) {
    super('SERVICE_UNAVAILABLE', 'Service unavailable', { headers: { 'Retry-After': '1' }, cause })
    this.name = 'DatabaseGoneError'
  }
}

/** A connection led to another database than the tenant's own and was cut; 500. The cause names the databases. */
export class IsolationViolationError extends StandardApiError {
  constructor(databaseName: string, found: string) {
    const cause = new Error(`A connection for ${databaseName} led to ${found}`)
    super('ISOLATION_VIOLATION', 'Internal server error', { cause })
    this.name = 'IsolationViolationError'
  }
}

/** An entity manager was used after the work it was lent to had ended. */
export class LeaseEndedError extends Error {
  constructor(databaseName: string) {
    super(`The entity manager of ${databaseName} was used after the work it was lent to had ended`)
    this.name = 'LeaseEndedError'
  }
}

/** No connection became free in time; the cause of a 503. */
export class NoFreeConnectionError extends Error {
  constructor(databaseName: string, waited: number) {
    super(`No connection for ${databaseName} became free within ${waited} ms`)
    this.name = 'NoFreeConnectionError'
  }
}

/** The connections to a database were closed while somebody waited for one; it is looked up again. */
export class PoolClosedError extends Error {
  constructor(databaseName: string) {
    super(`The connections to ${databaseName} were closed`)
    this.name = 'PoolClosedError'
  }
}
