import { bytesOf } from '../../ui/bytes.ts'
import type { AttemptView } from './delivery.ts'

/** What came of checking a signature. */
export type SignatureVerdict = 'right' | 'wrong' | 'no-secret'

const PREFIX = 'whsec_'

/** Checks a Standard Webhooks signature in the browser; age does not matter here. */
export async function verifySignature(request: AttemptView['request'], secret: string): Promise<SignatureVerdict> {
  const key = keyOf(secret.trim())
  if (!key) return 'no-secret'
  const { headers, body_base64 } = request
  const head = new TextEncoder().encode(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`)
  const body = bytesOf(body_base64)
  const signed = new Uint8Array(head.length + body.length)
  signed.set(head)
  signed.set(body, head.length)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
  const made = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign(algorithm, imported, signed))))
  const given = (headers['webhook-signature'] ?? '').split(' ')
  return given.includes(`v1,${made}`) ? 'right' : 'wrong'
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> | null {
  if (secret === '') return null
  if (!secret.startsWith(PREFIX)) return new TextEncoder().encode(secret)
  try {
    return bytesOf(secret.slice(PREFIX.length))
  } catch {
    return null
  }
}
