import { createHmac, timingSafeEqual } from 'node:crypto'
import { type ReceivedHeaders, readSignatureHeaders, type SignatureTime, webhookSecret } from '../contract/index.ts'

/** A signed webhook as it arrived. */
export interface SignedRequest {
  /** Names in lower case, as Node gives them. */
  readonly headers: ReceivedHeaders
  /** The body exactly as it was sent; JSON that was parsed and written again has another signature. */
  readonly body: string | Uint8Array
}

/** How {@link verifyWebhook} judges. */
export interface VerifyWebhookOptions extends SignatureTime {
  /** Secrets shared with the sender, several while they are exchanged; `whsec_…` is base64. */
  readonly secrets: readonly string[]
}

/** The judgement. `reason` is for the log: a sender that is refused should not learn it. */
export type WebhookVerdict =
  | { readonly valid: true; readonly id: string; readonly timestamp: Date }
  | { readonly valid: false; readonly reason: 'headers' | 'timestamp' | 'signature' }

/**
 * Verifies a webhook that was signed by Standard Webhooks v1. It says who sent it and when, not that it is new: keep
 * `id` for seven days and drop what comes again.
 * @throws TypeError for no secret at all, or one that is none
 */
export function verifyWebhook({ headers, body }: SignedRequest, options: VerifyWebhookOptions): WebhookVerdict {
  const secrets = signingSecrets(options.secrets)
  const claim = readSignatureHeaders(headers, options)
  if (!claim.readable) return { valid: false, reason: claim.reason }
  const { id, timestamp, signedPrefix, signatures } = claim
  const presented = signatures.map((one) => Buffer.from(one, 'base64')).filter(({ length }) => length === MAC_BYTES)
  let valid = false
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(signedPrefix).update(body).digest()
    for (const one of presented) if (timingSafeEqual(one, expected)) valid = true
  }
  return valid ? { valid, id, timestamp } : { valid, reason: 'signature' }
}

const MAC_BYTES = 32

/**
 * The bytes of the secrets that sign or verify.
 * @throws TypeError for no secret at all, or one that is none
 */
export function signingSecrets(secrets: readonly string[]): readonly Uint8Array[] {
  if (secrets.length === 0) throw new TypeError('Signing needs at least one secret')
  return secrets.map(webhookSecret)
}
