/** Why a guarded fetch gave no answer. The first three are refusals: no connection was made. */
export type GuardedFetchReason =
  | 'url_refused'
  | 'address_refused'
  | 'not_resolved'
  | 'unreachable'
  | 'timeout'
  | 'answer_too_large'

/** A request to an outside URL that was refused, or got no answer. */
export class GuardedFetchError extends Error {
  readonly reason: GuardedFetchReason

  constructor(reason: GuardedFetchReason, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'GuardedFetchError'
    this.reason = reason
  }

  static url(why: string): GuardedFetchError {
    return new GuardedFetchError('url_refused', `The URL is refused: ${why}`)
  }

  /** Says nothing of the addresses: the URL came from outside, and so may the reader of this text. */
  static address(): GuardedFetchError {
    return new GuardedFetchError('address_refused', 'The host is not on the public internet')
  }

  static notResolved(cause: unknown): GuardedFetchError {
    return new GuardedFetchError('not_resolved', 'The host has no address', { cause })
  }

  static unreachable(cause: unknown): GuardedFetchError {
    return new GuardedFetchError('unreachable', 'The host did not answer', { cause })
  }

  /** `limit` in ms. */
  static timeout(limit: number): GuardedFetchError {
    return new GuardedFetchError('timeout', `No whole answer within ${limit} ms`)
  }

  /** `limit` in bytes. */
  static tooLarge(limit: number): GuardedFetchError {
    return new GuardedFetchError('answer_too_large', `The answer is larger than ${limit} bytes`)
  }
}
