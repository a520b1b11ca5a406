import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

/** A password for a role: 256 random bits as text. */
export function randomPassword(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What PostgreSQL keeps of a password (RFC 5802, RFC 7677). One round instead of 4096: rounds make guessing slow, and
 * 256 random bits cannot be guessed, while every new connection pays for them.
 * @param password ASCII
 */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, 1, 32, 'sha256')
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$1:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`
}
