import { Client, type QueryResult } from 'pg'
import { UnknownMigrationsError } from '../error/unknown-migrations-error.ts'
import { PATIENT_CONNECTION_TIMEOUT, poolOptions } from './pool-options.ts'
import type { ReadMigration } from './read-migration.ts'
import { sqlState, sqlStates } from './sql-state.ts'
import { type DatabaseIdentity, READ_IDENTITY_SQL } from './tenant-identity.ts'

/** What {@link migrateInPlace} works with. */
export interface InPlaceMigration {
  /** Connection string of the server's administrator. */
  readonly url: string
  readonly databaseName: string
  /** Role that owns what migrations make; they run as it. */
  readonly owner: string
  readonly identity: DatabaseIdentity
  readonly migrations: readonly ReadMigration[]
  /** What the comment of the database says afterwards. */
  readonly comment: string
  /** Longest wait for a lock and for a statement, in ms. */
  readonly limits: { readonly lockTimeout: number; readonly queryTimeout: number }
}

/** Any number that no migration uses; whoever migrates a database holds this lock in it. */
export const MIGRATION_LOCK = 7_166_214_503

/** What the owner may not do, or what is not there yet: the long way is for that. */
const NEEDS_LONG_WAY: ReadonlySet<string | undefined> = new Set([
  sqlStates.undefinedTable,
  sqlStates.insufficientPrivilege,
  sqlStates.undefinedObject,
  sqlStates.invalidParameterValue,
])

/**
 * Brings a database that is whole to the newest schema in two round trips on one connection; the tenant's role may use
 * what migrations make at once. False when that cannot be done so, with nothing half done: a migration needs more than
 * SQL, the owner must not do it, or the database is not whole.
 * @throws UnknownMigrationsError when a newer version, or another service, has migrated it
 */
export async function migrateInPlace(options: InPlaceMigration): Promise<boolean> {
  const { url, databaseName, limits } = options
  if (options.migrations.every(({ statements }) => !statements)) return false
  const client = new Client({
    ...poolOptions(url, databaseName, {
      max: 1,
      queryTimeout: limits.queryTimeout,
      connectionTimeout: PATIENT_CONNECTION_TIMEOUT,
    }),
    lock_timeout: limits.lockTimeout,
  })
  // The query under way rejects as well; without a listener the event would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await look(client)
    if (!found || !isSame(found.identity, options.identity)) return false
    const statements = statementsOf(options, found.executed, client)
    if (!statements) return false
    await client.query(statements)
    return true
  } catch (error) {
    if (NEEDS_LONG_WAY.has(sqlState(error))) return false
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

interface FoundSchema {
  readonly executed: ReadonlySet<string>
  readonly identity: DatabaseIdentity | undefined
}

/** The lock first: what a killed process began may still run on the server. It goes with the connection. */
async function look(client: Client): Promise<FoundSchema | undefined> {
  const results: unknown = await client.query(
    `select pg_advisory_lock(${MIGRATION_LOCK}); select name from public.mikro_orm_migrations; ${READ_IDENTITY_SQL}`,
  )
  const [, migrations, identities] = results as [
    QueryResult,
    QueryResult<{ name: string }>,
    QueryResult<DatabaseIdentity>,
  ]
  return { executed: new Set(migrations.rows.map(({ name }) => name)), identity: identities.rows[0] }
}

function isSame(found: DatabaseIdentity | undefined, expected: DatabaseIdentity): boolean {
  return (
    found !== undefined &&
    found.databaseId === expected.databaseId &&
    found.centralId === expected.centralId &&
    found.tenantId === expected.tenantId
  )
}

/** Each migration in a transaction of its own, all in one message; undefined when one needs more than SQL. */
function statementsOf(
  { migrations, owner, databaseName, comment }: InPlaceMigration,
  executed: ReadonlySet<string>,
  client: Client,
): string | undefined {
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = [...executed].filter((name) => !known.has(name))
  if (unknown.length > 0) throw new UnknownMigrationsError(unknown)
  const note = `comment on database ${client.escapeIdentifier(databaseName)} is ${client.escapeLiteral(comment)}`
  const transactions: (readonly string[])[] = []
  for (const { name, statements } of migrations.filter(({ name }) => !executed.has(name))) {
    if (!statements) return undefined
    transactions.push([
      'begin',
      `set local role ${client.escapeIdentifier(owner)}`,
      ...statements,
      `insert into public.mikro_orm_migrations (name) values (${client.escapeLiteral(name)})`,
      'reset role',
    ])
  }
  if (transactions.length === 0) return note
  // A line of its own ends what a statement's last comment would swallow.
  return `${transactions.map((steps) => steps.join('\n;\n')).join('\n;\ncommit\n;\n')}\n;\n${note}\n;\ncommit`
}
