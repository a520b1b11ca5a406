/** How an exchange can fail. */
export type HttpFailureKind = 'UNREACHABLE' | 'TIMEOUT' | 'ABORTED' | 'INVALID_RESPONSE'

interface HttpFailureOptions {
  readonly sent: boolean
  readonly status?: number
  readonly cause?: unknown
}

/** An exchange that gave no usable answer; turned into a `ServiceError` where the call is known. */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind
  /** Whether the request may have reached the service. */
  readonly sent: boolean
  readonly status: number | null

  constructor(kind: HttpFailureKind, message: string, { sent, status, cause }: HttpFailureOptions) {
    super(message, { cause })
    this.name = 'HttpFailure'
    this.kind = kind
    this.sent = sent
    this.status = status ?? null
  }

  static notConnected(cause: unknown): HttpFailure {
    return new HttpFailure('UNREACHABLE', 'The service could not be reached', { sent: false, cause })
  }

  static cut(cause: unknown): HttpFailure {
    return new HttpFailure('UNREACHABLE', 'The connection was cut before the answer was complete', {
      sent: true,
      cause,
    })
  }

  /** `limit` in ms; `sent` is false when not even a connection was made. */
  static timeout(phase: 'connection' | 'answer' | 'rest of the answer', limit: number | undefined): HttpFailure {
    const within = limit === undefined ? 'in time' : `within ${limit} ms`
    return new HttpFailure('TIMEOUT', `No ${phase} ${within}`, { sent: phase !== 'connection' })
  }

  static aborted(cause: unknown): HttpFailure {
    return new HttpFailure('ABORTED', 'The call was given up', { sent: true, cause })
  }

  /** `limit` in bytes. */
  static tooLarge(status: number, limit: number): HttpFailure {
    return HttpFailure.#invalid(`The answer is larger than ${limit} bytes`, status)
  }

  static redirected(status: number): HttpFailure {
    return HttpFailure.#invalid('The answer is a redirect, which is not followed', status)
  }

  static compressed(status: number): HttpFailure {
    return HttpFailure.#invalid('The answer is compressed, which was not asked for', status)
  }

  static notText(status: number): HttpFailure {
    return HttpFailure.#invalid('The answer is not UTF-8', status)
  }

  static #invalid(message: string, status: number): HttpFailure {
    return new HttpFailure('INVALID_RESPONSE', message, { sent: true, status })
  }
}
