import { createRequire } from 'node:module'
import type * as Jose from 'jose'

/** The library for tokens, loaded with the first verifier: most services have none. */
export function jose(): typeof Jose {
  return createRequire(import.meta.url)('jose')
}
