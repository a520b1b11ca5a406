import { createHmac, timingSafeEqual } from 'node:crypto'
import { type ReceivedHeaders, readSignatureHeaders, type SignatureTime, webhookSecret } from '@mt-paas/server/contract'
import { isOneOf } from './same-secret.ts'

/** What a service proves itself with; several of a kind are active while they are exchanged. */
export interface CallbackCredentials {
  /** Keys accepted in `X-Service-API-Key`. @default the key is not looked at */
  readonly apiKeys?: readonly string[]
  /** Secrets of Standard Webhooks signatures; `whsec_…` is base64. @default the signature is not looked at */
  readonly secrets?: readonly string[]
}

/** A callback as it arrived. */
export interface CallbackRequest {
  /** Names in lower case, as Node gives them. */
  readonly headers: ReceivedHeaders
  /** The body exactly as it was sent. */
  readonly body: string | Uint8Array
}

/** How {@link verifyCallback} judges. */
export interface VerifyCallbackOptions extends CallbackCredentials, SignatureTime {}

/** The judgement. `id` is the same over all attempts of a delivery; null when signatures are not looked at. */
export type CallbackVerdict =
  | { readonly valid: true; readonly id: string | null; readonly timestamp: Date | null }
  | { readonly valid: false; readonly reason: 'key' | 'headers' | 'timestamp' | 'signature' }

/**
 * Verifies a callback of a service: every kind of credential that is configured must hold.
 * @throws TypeError when none is configured, or a secret is none
 */
export function verifyCallback(request: CallbackRequest, options: VerifyCallbackOptions): CallbackVerdict {
  const { apiKeys = [], secrets = [] } = options
  if (apiKeys.length + secrets.length === 0) throw new TypeError('A callback needs keys or secrets to be verified with')
  const key = header(request, 'x-service-api-key')
  if (apiKeys.length > 0 && (key === undefined || !isOneOf(apiKeys, key))) return { valid: false, reason: 'key' }
  if (secrets.length === 0) return { valid: true, id: null, timestamp: null }
  return verifySignature(request, secrets, options)
}

function verifySignature(
  { headers, body }: CallbackRequest,
  secrets: readonly string[],
  time: SignatureTime,
): CallbackVerdict {
  const claim = readSignatureHeaders(headers, time)
  if (!claim.readable) return { valid: false, reason: claim.reason }
  const { id, timestamp, signedPrefix, signatures } = claim
  const presented = signatures.map((one) => Buffer.from(one, 'base64')).filter(({ length }) => length === MAC_BYTES)
  let valid = false
  for (const secret of secrets) {
    const expected = createHmac('sha256', webhookSecret(secret)).update(signedPrefix).update(body).digest()
    for (const one of presented) if (timingSafeEqual(one, expected)) valid = true
  }
  return valid ? { valid, id, timestamp } : { valid, reason: 'signature' }
}

const MAC_BYTES = 32

function header({ headers }: CallbackRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'object' ? value[0] : value
}
