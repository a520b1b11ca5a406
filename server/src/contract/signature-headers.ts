/** Headers as Node gives them: names in lower case. */
export type ReceivedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** The names of the headers that Standard Webhooks signs with. */
export const SIGNATURE_HEADERS = Object.freeze(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)

/** How long a signed request is good, before and after its timestamp, ms. */
export const SIGNATURE_TOLERANCE = 300_000

/** When a signed request is held to have been made. */
export interface SignatureTime {
  /** The moment of arrival. */
  readonly now: Date
  /** How far the timestamp may be from `now`, ms, both ways. @default 300_000 */
  readonly tolerance?: number
}

/** What the signature headers of a request say, before anything is known of who made them. */
export type SignatureClaim =
  | {
      readonly readable: true
      /** Stays the same over all attempts of one delivery. */
      readonly id: string
      readonly timestamp: Date
      /** What stands before the body in the signed text. */
      readonly signedPrefix: string
      /** Signatures of version 1, in base64; other versions are not ours to judge. */
      readonly signatures: readonly string[]
    }
  | { readonly readable: false; readonly reason: 'headers' | 'timestamp' }

const ID = /^[\x21-\x2d\x2f-\x7e]{1,255}$/
const SECONDS = /^\d{1,11}$/
/** A rotation has two; a sender has no reason for more than these, and each costs a comparison. */
const MOST_SIGNATURES = 16

/** Reads the headers of Standard Webhooks. A header that came twice is none. */
export function readSignatureHeaders(headers: ReceivedHeaders, time: SignatureTime): SignatureClaim {
  const [id, seconds, signatures] = SIGNATURE_HEADERS.map((name) => single(headers[name]))
  const isWhole = id !== undefined && ID.test(id) && seconds !== undefined && SECONDS.test(seconds)
  if (!isWhole || !signatures) return { readable: false, reason: 'headers' }
  const { now, tolerance = SIGNATURE_TOLERANCE } = time
  const timestamp = new Date(Number(seconds) * 1000)
  // Written so that a clock that gives no time lets nothing pass.
  if (!(Math.abs(now.getTime() - timestamp.getTime()) <= tolerance)) return { readable: false, reason: 'timestamp' }
  return {
    readable: true,
    id,
    timestamp,
    signedPrefix: `${id}.${seconds}.`,
    signatures: signatures
      .split(' ', MOST_SIGNATURES)
      .filter((one) => one.startsWith('v1,'))
      .map((one) => one.slice('v1,'.length)),
  }
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? (value.length === 1 ? value[0] : undefined) : value
}
