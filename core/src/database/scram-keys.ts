import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

/** What follows from a password (RFC 5802, RFC 7677). */
export interface ScramKeys {
  readonly client: Buffer
  /** What a server keeps to know the client. */
  readonly stored: Buffer
  /** What a server keeps to be known. */
  readonly server: Buffer
}

/** @param password ASCII */
export function scramKeys(password: string, salt: Buffer, rounds: number): ScramKeys {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const client = hmac(salted, 'Client Key')
  return { client, stored: createHash('sha256').update(client).digest(), server: hmac(salted, 'Server Key') }
}

/** HMAC with SHA-256. */
export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
