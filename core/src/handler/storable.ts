import { StandardApiError } from '@mt-paas/server'

/**
 * PostgreSQL has no place for the character U+0000, nor for half of a surrogate pair, which JSON text may hold.
 * @throws StandardApiError 422 that says where it is
 */
export function assertStorable(input: object): void {
  const place = unstorable(input)
  if (!place) return
  const message = 'Holds the character U+0000 or half of a surrogate pair'
  throw StandardApiError.invalidRequest([{ loc: ['body', ...place], message }])
}

function unstorable(value: unknown): string[] | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : []
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, member] of Object.entries(value)) {
    if (!isStorable(key)) return []
    const place = unstorable(member)
    if (place) return [key, ...place]
  }
  return undefined
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
