/** SQLSTATE codes of PostgreSQL that are acted on. */
export const sqlStates = Object.freeze({
  duplicateDatabase: '42P04',
  uniqueViolation: '23505',
  unknownDatabase: '3D000',
})

/** The SQLSTATE of an error of `pg`, of MikroORM or of anything that wraps one. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? sqlState(error.cause) : undefined
}

/**
 * Whether creating a database failed because it exists. Of several sessions creating the same name at once, PostgreSQL
 * tells most of them of its own catalogue's unique index.
 */
export function isDatabaseExists(error: unknown): boolean {
  const state = sqlState(error)
  return state === sqlStates.duplicateDatabase || state === sqlStates.uniqueViolation
}
