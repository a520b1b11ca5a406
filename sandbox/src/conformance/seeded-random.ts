import { createHash } from 'node:crypto'

/** Numbers and names that look random and are the same for the same seed. */
export interface SeededRandom {
  /** A whole number from 0 to `below` - 1. */
  integer(below: number): number
  /** Small letters and digits, beginning with a letter. */
  word(length: number): string
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const ALPHABET = `${LETTERS}0123456789`

/** Randomness from SHA-256 over a counter: the same on every platform, and unrelated for seeds that differ a little. */
export function seededRandom(seed: string): SeededRandom {
  let counter = 0
  function integer(below: number): number {
    const digest = createHash('sha256').update(`${seed}:${counter++}`).digest()
    return digest.readUIntBE(0, 6) % below
  }
  const pick = (from: string) => from.charAt(integer(from.length))
  return {
    integer,
    word: (length) => pick(LETTERS) + Array.from({ length: length - 1 }, () => pick(ALPHABET)).join(''),
  }
}
