import { StandardApiError } from '@mt-paas/server'

/** What the engine refuses, in the words of the wire. */
export class EngineError extends StandardApiError {
  static storeInUse(file: string, cause: unknown): EngineError {
    return new EngineError('CONFLICT', `Another sandbox uses ${file}`, { status: 409, cause })
  }

  static unknown(what: 'application' | 'delivery' | 'attempt' | 'scenario', id: string | number): EngineError {
    return new EngineError('NOT_FOUND', `There is no ${what} ${id}`)
  }

  static unknownService(slug: string, known: readonly string[]): EngineError {
    return new EngineError('INVALID_REQUEST', `There is no service ${slug}`, {
      details: { issues: [{ loc: ['body', 'service'], message: `Known services: ${known.join(', ') || 'none'}` }] },
    })
  }

  static applicationExists(id: number): EngineError {
    return new EngineError('CONFLICT', `Application ${id} exists already`, { status: 409 })
  }

  /** `why` names the rule, never an address. */
  static targetRefused(why: string): EngineError {
    return new EngineError('INVALID_REQUEST', `The target is refused: ${why}`, {
      details: { issues: [{ loc: ['body', 'webhook_url'], message: why }] },
    })
  }

  static badHeader(name: string): EngineError {
    return new EngineError('INVALID_REQUEST', 'A header cannot be sent', {
      details: { issues: [{ loc: ['body', 'headers', name], message: 'Not a valid HTTP header' }] },
    })
  }

  static badSecret(cause: unknown): EngineError {
    const why = cause instanceof Error ? cause.message : 'The secret cannot be used'
    return new EngineError('INVALID_REQUEST', why, { status: 422, cause })
  }

  /** The engine asked a service, and its answer cannot be used; `answer` is a status or a reason. */
  static badAnswer(request: string, answer: string): EngineError {
    return new EngineError('BAD_GATEWAY', `The service answered ${request} with ${answer}`, { status: 502 })
  }

  static stillSending(id: string): EngineError {
    return new EngineError('CONFLICT', `Delivery ${id} is being sent right now`, { status: 409 })
  }

  static badTarget(): EngineError {
    return EngineError.targetRefused('it is not an absolute http or https URL without credentials')
  }

  /** `ms` of real time. */
  static noCallback(ms: number): EngineError {
    return new EngineError('TIMEOUT', `No callback came within ${ms} ms`, { status: 408 })
  }
}
