/** SQLSTATE codes of PostgreSQL that are acted on. */
export const sqlStates = Object.freeze({
  duplicateDatabase: '42P04',
  uniqueViolation: '23505',
  unknownDatabase: '3D000',
  /** The database takes no connections. */
  notInPrerequisiteState: '55000',
  objectInUse: '55006',
  undefinedTable: '42P01',
  duplicateObject: '42710',
  undefinedObject: '42704',
  insufficientPrivilege: '42501',
  invalidParameterValue: '22023',
})

/** Codes of Node for sockets that could not be opened or broke. */
const socketErrors: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** What `pg` says, without a code, of connections that end or do not answer. */
const lostConnection =
  /^(?:Connection terminated|Query read timeout|timeout expired|Client (?:has encountered|was closed))/

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

/** Whether a database is missing or closed, so that what is known of its tenant may be out of date. */
export function isDatabaseGone(error: unknown): boolean {
  const state = sqlState(error)
  return state === sqlStates.unknownDatabase || state === sqlStates.notInPrerequisiteState
}

/** Whether a server refused who connects: a password or right that was changed since it was looked up. */
export function isLoginRefused(error: unknown): boolean {
  return /^(?:28000|28P01|42501)$/.test(sqlState(error) ?? '')
}

/** Whether the server, not the statement, is why it failed: gone, starting, full, silent, or the session was ended. */
export function isConnectionLoss(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== undefined) return /^(?:08...|57P0[1-5]|53300)$/.test(state) || socketErrors.has(state)
  return error instanceof Error && lostConnection.test(error.message)
}
