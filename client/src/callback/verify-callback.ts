import { createHmac, timingSafeEqual } from 'node:crypto'
import { isOneOf } from './same-secret.ts'
import { webhookSecret } from './webhook-secret.ts'

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
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The body exactly as it was sent. */
  readonly body: string | Uint8Array
}

/** How {@link verifyCallback} judges. */
export interface VerifyCallbackOptions extends CallbackCredentials {
  /** The moment of arrival. */
  readonly now: Date
  /** How far the timestamp may be from `now`, ms, both ways. @default 300_000 */
  readonly tolerance?: number
}

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
  request: CallbackRequest,
  secrets: readonly string[],
  { now, tolerance = 300_000 }: VerifyCallbackOptions,
): CallbackVerdict {
  const id = header(request, 'webhook-id')
  const seconds = header(request, 'webhook-timestamp')
  const signatures = header(request, 'webhook-signature')
  if (!id || !seconds || !signatures || !/^\d{1,11}$/.test(seconds)) return { valid: false, reason: 'headers' }
  const timestamp = new Date(Number(seconds) * 1000)
  if (Math.abs(now.getTime() - timestamp.getTime()) > tolerance) return { valid: false, reason: 'timestamp' }
  const expected = secrets.map((secret) =>
    createHmac('sha256', webhookSecret(secret)).update(`${id}.${seconds}.`).update(request.body).digest(),
  )
  const presented = signatures.split(' ').flatMap(decoded)
  if (!presented.some((one) => expected.some((other) => timingSafeEqual(one, other)))) {
    return { valid: false, reason: 'signature' }
  }
  return { valid: true, id, timestamp }
}

/** Bytes of a `v1` signature; other versions are not ours to judge. */
function decoded(signature: string): readonly Buffer[] {
  if (!signature.startsWith('v1,')) return []
  const bytes = Buffer.from(signature.slice(3), 'base64')
  return bytes.length === 32 ? [bytes] : []
}

function header({ headers }: CallbackRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'object' ? value[0] : value
}
