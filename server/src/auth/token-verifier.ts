import type { JWTPayload, JWTVerifyOptions } from 'jose'
import { UserRole } from '../contract/index.ts'
import { StandardApiError } from '../error/index.ts'
import type { UserCaller } from './caller.ts'
import { jose } from './jose.ts'
import { type TokenKeys, type TokenKeysOptions, tokenKeys } from './token-keys.ts'

/** What a token must say, beside being signed with one of the keys. */
export interface TokenVerifierOptions extends TokenKeysOptions {
  /** The `iss` a token must have, or a list of them. */
  readonly issuer: string | readonly string[]
  /** The `aud` a token must have or include, or a list of which one is enough. */
  readonly audience: string | readonly string[]
  /** Claim with the tenant's id. @default 'tenant_id' */
  readonly tenantClaim?: string | undefined
  /** Claim with the role; a token without it is of a `user`. @default 'role' */
  readonly roleClaim?: string | undefined
  /** Longest time since `iat`, whatever `exp` says: seconds, or a number with a unit as in `'30m'`. @default '12h' */
  readonly maxTokenAge?: number | string | undefined
  /** Seconds by which the clocks of issuer and service may differ. @default 30 */
  readonly clockTolerance?: number | undefined
  /** The time tokens are held against. @default the system's clock */
  readonly currentDate?: (() => Date) | undefined
}

/**
 * Verifies one token.
 * @throws StandardApiError `UNAUTHORIZED`, or `SERVICE_UNAVAILABLE` when the keys cannot be fetched
 */
export type TokenVerifier = (token: string) => Promise<UserCaller>

/** Longer tokens are refused unread, in characters; Node's own limit for all headers is the same. */
const MAX_TOKEN_LENGTH = 16_384
const TOKEN_AGE = /^\d*[1-9]\d* ?(s|seconds?|m|minutes?|h|hours?|d|days?)$/

/**
 * The one place that says when a token is good.
 * @throws TypeError naming the option that does not fit
 */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const keys = tokenKeys(options)
  const rules = verificationRules(options, keys)
  const { tenantClaim = 'tenant_id', roleClaim = 'role', currentDate } = options
  assertOption('tenantClaim', isText(tenantClaim), 'a non-empty string')
  assertOption('roleClaim', isText(roleClaim), 'a non-empty string')
  assertOption('currentDate', currentDate === undefined || typeof currentDate === 'function', 'a function')

  return async function verifyToken(token) {
    if (token.length > MAX_TOKEN_LENGTH || !isCanonical(token)) throw StandardApiError.unauthorized()
    const rulesNow = currentDate ? { ...rules, currentDate: currentDate() } : rules
    try {
      const claims = await verifiedClaims(token, keys, rulesNow)
      return userOf(claims, tenantClaim, roleClaim)
    } catch (error) {
      throw error instanceof StandardApiError ? error : StandardApiError.unauthorized()
    }
  }
}

function verificationRules(options: TokenVerifierOptions, { algorithms }: TokenKeys): JWTVerifyOptions {
  const { issuer, audience, maxTokenAge = '12h', clockTolerance = 30 } = options
  const ageFits =
    typeof maxTokenAge === 'string' ? TOKEN_AGE.test(maxTokenAge) : isAmount(maxTokenAge) && maxTokenAge > 0
  assertOption('issuer', isTextOrList(issuer), 'a non-empty string or a list of them')
  assertOption('audience', isTextOrList(audience), 'a non-empty string or a list of them')
  assertOption('maxTokenAge', ageFits, "a number of seconds above 0, or text such as '12h' or '30m'")
  assertOption('clockTolerance', isAmount(clockTolerance), 'a number of seconds of at least 0')
  return {
    algorithms: [...algorithms],
    issuer: [issuer].flat(),
    audience: [audience].flat(),
    requiredClaims: ['exp', 'iat', 'sub'],
    maxTokenAge,
    clockTolerance,
  }
}

async function verifiedClaims(token: string, { getKey }: TokenKeys, rules: JWTVerifyOptions): Promise<JWTPayload> {
  const { errors, jwtVerify } = jose()
  try {
    return (await jwtVerify(token, getKey, rules)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    // A token without `kid`, while several keys are in use.
    for await (const key of error) {
      const verified = await jwtVerify(token, key, rules).catch(() => undefined)
      if (verified) return verified.payload
    }
    throw error
  }
}

function userOf(claims: JWTPayload, tenantClaim: string, roleClaim: string): UserCaller {
  const tenantId = claims[tenantClaim]
  const role = UserRole.default('user').safeParse(claims[roleClaim])
  if (!isText(claims.sub) || !isText(tenantId) || !role.success) throw StandardApiError.unauthorized()
  return { kind: 'user', userId: claims.sub, tenantId, role: role.data, claims }
}

/** The library reads padding, spaces and stray bits in base64; one token shall have one spelling. */
function isCanonical(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isTextOrList(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isText) : isText(value)
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0
}

function assertOption(option: string, fits: boolean, expected: string): void {
  if (!fits) throw new TypeError(`${option} must be ${expected}`)
}
