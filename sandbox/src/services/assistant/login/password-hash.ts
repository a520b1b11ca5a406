import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** What it takes to try a password, of time and of memory. */
export interface PasswordCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** What it takes unless another is asked for. */
export const PASSWORD_COST: PasswordCost = Object.freeze({ N: 16_384, r: 8, p: 5 })
const KEY_LENGTH = 32
const SALT_LENGTH = 16

/** Hashes a password with scrypt; the text holds its own parameters and salt. */
export async function hashPassword(password: string, cost = PASSWORD_COST): Promise<string> {
  const salt = randomBytes(SALT_LENGTH)
  return written(cost, salt, await derive(password, salt, cost))
}

/** A hash that no password has, made in no time; to try one takes as long as with any other. */
export function hashOfNobody(cost = PASSWORD_COST): string {
  return written(cost, randomBytes(SALT_LENGTH), randomBytes(KEY_LENGTH))
}

/** Whether `hash`, made by {@link hashPassword}, is of this password. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = hash.split('$')
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false
  const expected = Buffer.from(key, 'base64url')
  const parameters = { N: Number(N), r: Number(r), p: Number(p) }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), parameters), expected)
}

function written({ N, r, p }: PasswordCost, salt: Buffer, key: Buffer): string {
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Composed first, so that the same Korean password from any keyboard is the same bytes. */
function derive(password: string, salt: Buffer, parameters: PasswordCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...parameters, maxmem: 256 * parameters.N * parameters.r }
    scrypt(password.normalize('NFKC'), salt, KEY_LENGTH, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
