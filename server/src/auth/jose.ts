import { createRequire } from 'node:module'

/** The library for tokens, loaded with the first verifier: most services have none. */
export function jose(): typeof import('jose') {
  return createRequire(import.meta.url)('jose')
}
