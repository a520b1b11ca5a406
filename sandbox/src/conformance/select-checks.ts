import type { Check } from './check.ts'

/** Which checks are run; a word is an id, the beginning of ids before a dash, an area, a level or a rule. */
export interface Selection {
  /** @default all */
  readonly only?: readonly string[] | undefined
  /** @default none */
  readonly skip?: readonly string[] | undefined
}

/** A word of a selection fits no check. */
export class UnknownCheckError extends Error {
  readonly word: string

  constructor(word: string) {
    super(`No check fits: ${word}`)
    this.name = 'UnknownCheckError'
    this.word = word
  }
}

/**
 * The checks that are asked for, in their order.
 * @throws UnknownCheckError
 */
export function selectChecks(checks: readonly Check[], { only = [], skip = [] }: Selection): readonly Check[] {
  const ids = new Set(checks.map(({ id }) => id))
  /** A whole id means this check only, also where other ids begin with it. */
  const isMeant = (check: Check, word: string) => (ids.has(word) ? check.id === word : belongs(check, word))
  for (const word of [...only, ...skip]) {
    if (!checks.some((check) => isMeant(check, word))) throw new UnknownCheckError(word)
  }
  return checks.filter(
    (check) =>
      (only.length === 0 || only.some((word) => isMeant(check, word))) && !skip.some((word) => isMeant(check, word)),
  )
}

function belongs({ id, area, level, rule }: Check, word: string): boolean {
  return area === word || rule === word || level === word.toUpperCase() || id.startsWith(`${word}-`)
}
