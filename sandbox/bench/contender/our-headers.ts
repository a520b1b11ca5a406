import { randomUUID } from 'node:crypto'

/** What a contender writes beside its bodies. */
export interface HeaderOptions {
  /** Whether it writes the headers that ours puts on every answer. @default false */
  readonly sameHeaders?: boolean
}

/** The headers that ours puts on every answer, for one answer. */
export function ourHeaders(): readonly (readonly [name: string, value: string])[] {
  return [
    ['X-Request-Id', randomUUID()],
    ['X-Content-Type-Options', 'nosniff'],
    ['Cache-Control', 'no-store'],
  ]
}
