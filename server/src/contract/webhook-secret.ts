const PREFIX = 'whsec_'
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/
const MINIMUM_BYTES = 24

/**
 * The bytes of a signing secret. `whsec_…` is base64, as Standard Webhooks writes it; other text stands for its
 * UTF-8 bytes.
 * @throws TypeError for a secret that is not base64 after its prefix, or shorter than 24 bytes
 */
export function webhookSecret(text: string): Uint8Array {
  const encoded = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined
  if (encoded !== undefined && !BASE64.test(encoded)) throw new TypeError('A whsec_ secret must be base64')
  const bytes = encoded === undefined ? new TextEncoder().encode(text) : bytesOf(encoded)
  if (bytes.length < MINIMUM_BYTES) throw new TypeError(`A webhook secret needs at least ${MINIMUM_BYTES} bytes`)
  return bytes
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
