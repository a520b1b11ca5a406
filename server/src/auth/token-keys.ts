import { createPublicKey, createSecretKey } from 'node:crypto'
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose'
import { StandardApiError } from '../error/index.ts'
import { jose } from './jose.ts'

/** Where the keys of tokens come from: exactly one of `secret`, `jwksUrl` and `jwks`. */
export interface TokenKeysOptions {
  /** Shared secret of at least 32 bytes in UTF-8. @default none */
  readonly secret?: string | undefined
  /** Address of a JSON Web Key Set, fetched when a token needs it and kept for 10 minutes. @default none */
  readonly jwksUrl?: string | undefined
  /** A JSON Web Key Set of public keys. @default none */
  readonly jwks?: JSONWebKeySet | undefined
  /** Signature algorithms accepted. @default `HS256` with a secret, else `RS256`, `ES256` and `EdDSA` */
  readonly algorithms?: readonly string[] | undefined
}

/** How signatures of tokens are checked. */
export interface TokenKeys {
  readonly getKey: JWTVerifyGetKey
  readonly algorithms: readonly string[]
}

const SECRET_BYTES = 32
const RSA_BITS = 2048
const RETRY_AFTER_SECONDS = 5
const secretAlgorithms = ['HS256', 'HS384', 'HS512']
const publicAlgorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
  ...['EdDSA', 'Ed25519', 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'],
]

/**
 * Chooses keys and algorithms; a secret never goes with public keys, so no public key can serve as a secret.
 * @throws TypeError naming the option that does not fit
 */
export function tokenKeys({ secret, jwksUrl, jwks, algorithms }: TokenKeysOptions): TokenKeys {
  const given = [secret, jwksUrl, jwks].filter((source) => source !== undefined)
  if (given.length !== 1) throw new TypeError('exactly one of secret, jwksUrl and jwks must be given')
  if (secret !== undefined) {
    return { getKey: secretKey(secret), algorithms: allowed(algorithms ?? ['HS256'], secretAlgorithms) }
  }
  return {
    getKey: jwksUrl === undefined ? localKeys(jwks) : remoteKeys(jwksUrl),
    algorithms: allowed(algorithms ?? ['RS256', 'ES256', 'EdDSA'], publicAlgorithms),
  }
}

function allowed(algorithms: readonly string[], possible: readonly string[]): readonly string[] {
  const fits = Array.isArray(algorithms) && algorithms.length > 0 && algorithms.every((name) => possible.includes(name))
  if (!fits) throw new TypeError(`algorithms must be a list out of ${possible.join(', ')} for these keys`)
  return [...algorithms]
}

function secretKey(secret: string): JWTVerifyGetKey {
  if (typeof secret !== 'string' || Buffer.byteLength(secret, 'utf8') < SECRET_BYTES) {
    throw new TypeError(`secret must be a string of at least ${SECRET_BYTES} bytes`)
  }
  const key = createSecretKey(secret, 'utf8')
  return async () => key
}

function localKeys(jwks: JSONWebKeySet | undefined): JWTVerifyGetKey {
  try {
    if (!jwks || jwks.keys.length === 0) throw new TypeError('there is no key in it')
    const resolve = jose().createLocalJWKSet(jwks)
    for (const key of jwks.keys) assertPublic(key)
    return resolve
  } catch (cause) {
    throw new TypeError('jwks must be a JSON Web Key Set of usable public keys', { cause })
  }
}

function assertPublic(key: JSONWebKeySet['keys'][number]): void {
  if (key.kty === 'oct' || 'd' in key || 'priv' in key) throw new TypeError('a key is not public')
  if (key.kty !== 'RSA') return
  const bits = createPublicKey({ key, format: 'jwk' }).asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < RSA_BITS) throw new TypeError(`an RSA key is shorter than ${RSA_BITS} bits`)
}

function remoteKeys(jwksUrl: string): JWTVerifyGetKey {
  const url = URL.canParse(jwksUrl) ? new URL(jwksUrl) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw new TypeError('jwksUrl must be an http or https URL without user name and password')
  }
  const resolve = jose().createRemoteJWKSet(url)
  return async (header, token) => {
    try {
      return await resolve(header, token)
    } catch (error) {
      // What is left is the endpoint's fault, not the token's.
      throw isAboutToken(error) ? error : StandardApiError.unavailable(RETRY_AFTER_SECONDS, error)
    }
  }
}

function isAboutToken(error: unknown): boolean {
  const { JOSENotSupported, JWKSMultipleMatchingKeys, JWKSNoMatchingKey } = jose().errors
  return [JOSENotSupported, JWKSMultipleMatchingKeys, JWKSNoMatchingKey].some((type) => error instanceof type)
}
