import { type IncomingHttpHeaders, validateHeaderName } from 'node:http'
import { StandardApiError } from '../error/index.ts'
import type { ApiKeys } from './api-keys.ts'
import type { BearerAuth } from './bearer-auth.ts'
import type { AnonymousCaller, Caller, UserCaller } from './caller.ts'
import type { FailureLimit } from './failure-limit.ts'

/** The parts of a request that can say who sent it. */
export interface CredentialSource {
  /** As Node made them: names in lower case, values as latin1. */
  readonly headers: IncomingHttpHeaders
  /** Where the request came from, asked for only to count a refused credential. */
  readonly address: string
  /** A user whom middleware before this one has verified. @default none */
  readonly presetCaller?: UserCaller | undefined
}

/** Tells who sent a request. */
export interface Authenticator {
  /**
   * A valid key of the market is answered without a promise. It may throw at once or reject.
   * @throws StandardApiError `UNAUTHORIZED`; `TOO_MANY_REQUESTS` after too many of those; `INTERNAL_ERROR` when no
   * key is configured; `SERVICE_UNAVAILABLE` when the keys of tokens cannot be fetched
   */
  authenticate(request: CredentialSource): Promise<Caller> | Caller
}

/** Options of {@link createAuthenticator}. */
export interface AuthenticatorOptions {
  /** Header with the market's key, in any case. */
  readonly header: string
  readonly keys: ApiKeys
  /** Without it nobody is refused; who shows a valid credential is still known by it. */
  readonly requireAuth: boolean
  /** Answer to a request without a valid credential while no key is configured: 500 or 401. */
  readonly whenKeyMissing: 'internal' | 'unauthorized'
  /** Verifies tokens of users. @default tokens are not accepted */
  readonly bearer?: Pick<BearerAuth, 'authenticate'> | undefined
  /** Never consulted for a valid credential. */
  readonly failures: FailureLimit
}

const anonymous: AnonymousCaller = Object.freeze({ kind: 'anonymous' })

/**
 * Accepts the market's key, else a user's token, else the preset user; the first that is valid wins.
 * @throws TypeError when `header` cannot be the name of a header
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { keys, requireAuth, whenKeyMissing, bearer, failures } = options
  validateHeaderName(options.header)
  const header = options.header.toLowerCase()

  function refusal(request: CredentialSource): StandardApiError {
    const seconds = failures.record(request.address)
    return seconds === undefined ? StandardApiError.unauthorized() : StandardApiError.tooManyFailures(seconds)
  }

  function withoutCredential(request: CredentialSource): Caller {
    if (request.presetCaller) return request.presetCaller
    if (!requireAuth) return anonymous
    if (!keys.configured && whenKeyMissing === 'internal') throw StandardApiError.keyNotConfigured()
    throw refusal(request)
  }

  async function byToken(tokens: Pick<BearerAuth, 'authenticate'>, request: CredentialSource): Promise<Caller> {
    try {
      const caller = await tokens.authenticate(request.headers.authorization)
      if (caller) return caller
    } catch (error) {
      if (!(error instanceof StandardApiError)) throw error
      if (requireAuth && !request.presetCaller) throw error.status === 401 ? refusal(request) : error
    }
    return withoutCredential(request)
  }

  return {
    authenticate(request) {
      const keyId = keys.identify(firstValue(request.headers[header]))
      if (keyId !== undefined) return { kind: 'market', keyId }
      return bearer ? byToken(bearer, request) : withoutCredential(request)
    },
  }
}

/**
 * The first value of a header that may have been repeated. Node joins repeated headers with `, ` and keeps no
 * trace of it; a key has no comma, so what stands before the first `, ` is the first value.
 */
function firstValue(value: string | string[] | undefined): string | undefined {
  const text = Array.isArray(value) ? value[0] : value
  const end = text?.indexOf(', ') ?? -1
  return end === -1 ? text : text?.slice(0, end)
}
