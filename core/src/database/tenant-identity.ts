import type { ClientBase } from 'pg'
import { IsolationViolationError } from '../error/connection-errors.ts'
import { sqlState, sqlStates } from './sql-state.ts'

/** Who a database is. Of two databases, restored copies aside, no two have the same id. */
export interface DatabaseIdentity {
  readonly databaseId: string
  readonly centralId: string
  /** Null in a database that was made ahead of its tenant and has not been told yet. */
  readonly tenantId: string | null
}

/** The table of the identity row, which tenants may read and never change. */
export const IDENTITY_TABLE_SQL = `
  create table if not exists public.mt_identity (
    single boolean primary key default true check (single),
    database_id uuid not null,
    central_id uuid not null,
    tenant_id text null,
    created_at timestamptz not null default now()
  );
  revoke all on public.mt_identity from public;
  grant select on public.mt_identity to public`

/** Reads the identity row; no row when the database has none yet. */
export const READ_IDENTITY_SQL = `
  select database_id as "databaseId", central_id as "centralId", tenant_id as "tenantId" from public.mt_identity`

const WITHOUT_IDENTITY = 'a database without identity'
/** What a database is whose identity row cannot be read, by SQLSTATE. */
const UNREADABLE: ReadonlyMap<string | undefined, string> = new Map([
  [sqlStates.undefinedTable, WITHOUT_IDENTITY],
  [sqlStates.insufficientPrivilege, "another role's database"],
])

/**
 * Makes sure that a new connection leads to the database it was opened for.
 * @throws IsolationViolationError
 */
export async function assertIdentity(client: ClientBase, databaseName: string, own: DatabaseIdentity): Promise<void> {
  const found = await client.query<DatabaseIdentity>(READ_IDENTITY_SQL).catch((error: unknown) => {
    const stranger = UNREADABLE.get(sqlState(error))
    throw stranger === undefined ? error : new IsolationViolationError(databaseName, stranger)
  })
  const [identity] = found.rows
  if (!identity) throw new IsolationViolationError(databaseName, WITHOUT_IDENTITY)
  if (!isSame(identity, own)) {
    throw new IsolationViolationError(databaseName, `the database ${identity.databaseId} of ${identity.tenantId}`)
  }
}

function isSame(found: DatabaseIdentity, own: DatabaseIdentity): boolean {
  if (found.databaseId !== own.databaseId || found.centralId !== own.centralId) return false
  return found.tenantId === null || found.tenantId === own.tenantId
}
