import { randomBytes } from 'node:crypto'
import { scramKeys } from './scram-keys.ts'

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
  const { stored, server } = scramKeys(password, salt, 1)
  return `SCRAM-SHA-256$1:${salt.toString('base64')}$${stored.toString('base64')}:${server.toString('base64')}`
}
