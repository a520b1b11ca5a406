import { parseApiKeys } from '../auth/api-keys.ts'
import { type Authenticator, createAuthenticator } from '../auth/authenticator.ts'
import type { BearerAuth } from '../auth/bearer-auth.ts'
import { failureLimit } from '../auth/failure-limit.ts'
import type { IdempotencyStore } from '../idempotency/index.ts'
import type { RequestFailure } from '../rest/index.ts'
import { logFailure } from './default-log.ts'

/** Options of the APIs that a service mounts. */
export interface ApiOptions {
  /** Header that carries the market's key. @default 'X-Market-API-Key', compat 'X-API-Key' */
  readonly apiKeyHeader?: string
  /** Variable that holds the key; several active keys are separated by commas. @default 'MARKET_API_KEY' */
  readonly apiKeyEnv?: string
  /** Where variables are looked up, once, at start. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What a missing key does: stop the start, or answer every request with an error. @default 'throw' */
  readonly whenKeyMissing?: 'throw' | 'respond'
  /** Lets users of a tenant in with tokens, beside the market with its key. @default none */
  readonly userTokens?: BearerAuth
  /** How many refused credentials an address may send in a window (ms) before 429. @default 600 in 60_000 */
  readonly failureLimit?: { readonly max: number; readonly windowMs: number }
  /** Largest body in bytes. @default 1_048_576 */
  readonly maxBodySize?: number
  /** Gets every failure that is answered with a 5xx. @default one JSON line on standard error */
  readonly onError?: (failure: RequestFailure) => void
  /** The clock. @default the system's */
  readonly now?: () => Date
}

/** Options of `standardApi` and `lifecycleApi`. */
export interface StandardApiOptions extends ApiOptions {
  /** Path in front of every endpoint. @default '/mt' */
  readonly prefix?: string
  /** Whether callers must authenticate. @default true */
  readonly requireAuth?: boolean
  /** Where mutations with an `Idempotency-Key` are remembered; without it the header means nothing. @default none */
  readonly idempotency?: IdempotencyStore | undefined
  /** Title of the OpenAPI document. @default 'Standard API v2', for lifecycleApi 'Standard API v1' */
  readonly title?: string
}

/** The options with every default filled in and every check made. */
export interface ResolvedApiOptions {
  readonly prefix: string
  readonly apiKeyHeader: string
  readonly title: string
  readonly authenticator: Authenticator
  readonly idempotency: IdempotencyStore | undefined
  readonly maxBodySize: number
  readonly onError: (failure: RequestFailure) => void
  readonly now: () => Date
}

interface Defaults {
  readonly prefix: string
  readonly apiKeyHeader: string
  /** What a caller sees when no key is configured and the service runs all the same. */
  readonly missingKeyAnswer: 'internal' | 'unauthorized'
}

/**
 * @throws TypeError for a prefix that is no path
 * @throws Error naming the variable when authentication is required and no key is configured
 */
export function resolveApiOptions(options: StandardApiOptions, defaults: Defaults): ResolvedApiOptions {
  const { now = () => new Date(), apiKeyEnv = 'MARKET_API_KEY', env = process.env, requireAuth = true } = options
  const keys = parseApiKeys(env[apiKeyEnv])
  if (requireAuth && !keys.configured && options.whenKeyMissing !== 'respond') throw keyMissing(apiKeyEnv)
  const apiKeyHeader = options.apiKeyHeader ?? defaults.apiKeyHeader
  return {
    prefix: checkedPrefix(options.prefix ?? defaults.prefix),
    apiKeyHeader,
    title: options.title ?? 'Standard API v2',
    idempotency: options.idempotency,
    maxBodySize: options.maxBodySize ?? 1_048_576,
    onError: options.onError ?? logFailure,
    now,
    authenticator: createAuthenticator({
      header: apiKeyHeader,
      keys,
      requireAuth,
      whenKeyMissing: defaults.missingKeyAnswer,
      failures: failureLimit({ ...options.failureLimit, now: () => now().getTime() }),
      ...(options.userTokens && { bearer: options.userTokens }),
    }),
  }
}

function checkedPrefix(prefix: string): string {
  const isPath = /^(?:\/[\w.~-]+)+$/.test(prefix) && !/\/\.{1,2}(?:\/|$)/.test(prefix)
  if (prefix === '' || isPath) return prefix
  throw new TypeError(`prefix must be a path like '/mt', without a slash at its end: '${prefix}'`)
}

function keyMissing(variable: string): Error {
  return new Error(
    `${variable} is not set. Set it to the market's API key (several keys separated by commas), ` +
      `or pass requireAuth: false or whenKeyMissing: 'respond'.`,
  )
}
