import { StandardApiError } from '@mt-paas/server'

/** A server was named with an address that PostgreSQL has not; 422. The address may hold a password and is not told. */
export class InvalidServerError extends StandardApiError {
  constructor(member: 'url' | 'poolUrl') {
    super('INVALID_REQUEST', `${member} must be a connection string such as postgres://user:password@host:5432/`, {
      details: { member },
    })
  }
}
