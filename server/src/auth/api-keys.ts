import { hash, timingSafeEqual } from 'node:crypto'

/** The active keys of the market, known by their digests only. */
export interface ApiKeys {
  /** Whether there is any key at all. */
  readonly configured: boolean
  /** The id of the presented key, safe to log: the start of its SHA-256; undefined when no active key equals it. */
  identify(presented: string | undefined): string | undefined
}

interface KnownKey {
  readonly id: string
  readonly digest: Buffer
}

const ID_LENGTH = 12

/**
 * Reads the value of an environment variable: keys separated by commas, so that an old and a new key work side
 * by side while they are exchanged. Spaces around a key do not count, empty keys are dropped.
 */
export function parseApiKeys(text: string | undefined): ApiKeys {
  const known = (text ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
    .map((key) => knownKey(Buffer.from(key, 'utf8')))

  /** The last text that was a key: a market sends the same one every time, and it need not be hashed again. */
  let last: RememberedKey | undefined

  return {
    configured: known.length > 0,
    identify(presented) {
      if (!presented || known.length === 0) return undefined
      if (last && isRemembered(last, presented)) return last.id
      const bytes = bytesOf(presented)
      const digest = digestOf(bytes)
      let id: string | undefined
      // No early exit: the time taken must not tell which key was met.
      for (const key of known) if (timingSafeEqual(key.digest, digest)) id = key.id
      if (id !== undefined) last = { id, bytes, presented: Buffer.alloc(bytes.length) }
      return id
    },
  }
}

interface RememberedKey {
  readonly id: string
  readonly bytes: Buffer
  /** Takes the bytes that are compared. */
  readonly presented: Buffer
}

/** Compares in a time that says nothing of where the two differ. */
function isRemembered({ bytes, presented }: RememberedKey, text: string): boolean {
  if (text.length !== bytes.length || WIDE.test(text)) return false
  presented.write(text, 'latin1')
  return timingSafeEqual(presented, bytes)
}

function knownKey(key: Buffer): KnownKey {
  const digest = digestOf(key)
  return { id: digest.toString('latin1', 0, ID_LENGTH), digest }
}

/** SHA-256 as the bytes of its hexadecimal text, which Node makes in a third of the time that a buffer takes. */
function digestOf(bytes: Buffer): Buffer {
  return Buffer.from(hash('sha256', bytes, 'hex'), 'latin1')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is all that latin1 has
const WIDE = /[^\u0000-\u00ff]/

/** Node reads header bytes as latin1, so that gives back what was sent; wider text never was a header. */
function bytesOf(presented: string): Buffer {
  return WIDE.test(presented) ? Buffer.from(presented, 'utf8') : Buffer.from(presented, 'latin1')
}
