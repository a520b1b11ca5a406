import { createHmac } from 'node:crypto'
import { signingSecrets } from './verify-webhook.ts'

/** What is signed, and with what. */
export interface SignCallbackOptions {
  /** Stays the same over all attempts of one delivery, so that the receiver can drop repetitions. No dots. */
  readonly id: string
  /** When this attempt is made; receivers refuse what is older than 300 s. */
  readonly timestamp: Date
  /** The body exactly as it is sent. */
  readonly body: string | Uint8Array
  /** One secret, or the new and the old one while they are exchanged; `whsec_…` is base64. */
  readonly secrets: readonly string[]
}

/** The headers of Standard Webhooks. */
export interface CallbackSignature {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

const ID = /^[\x21-\x2d\x2f-\x7e]{1,255}$/

/**
 * Signs a callback by Standard Webhooks v1: HMAC-SHA256 over `id.timestamp.body`, one signature per secret.
 * @throws TypeError for an id that cannot be one, no secret at all, or a secret that is too short
 */
export function signCallback({ id, timestamp, body, secrets }: SignCallbackOptions): CallbackSignature {
  if (!ID.test(id)) throw new TypeError('A callback id is 1 to 255 printable ASCII characters without dots')
  const seconds = String(Math.floor(timestamp.getTime() / 1000))
  const signatures = signingSecrets(secrets).map((secret) => {
    const mac = createHmac('sha256', secret).update(`${id}.${seconds}.`).update(body)
    return `v1,${mac.digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') }
}
