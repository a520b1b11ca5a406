import { type AdminSession, withAdminSession } from '../database/admin-session.ts'
import { parseDatabaseComment } from '../database/database-comment.ts'
import type { DatabaseManager } from '../database/database-manager.ts'
import { type DatabaseIdentity, READ_IDENTITY_SQL } from '../database/tenant-identity.ts'
import { dropRole } from '../database/tenant-role.ts'
import { ForeignDatabaseError } from '../error/foreign-database-error.ts'
import { OperationInProgressError } from '../error/tenant-errors.ts'
import { freshComment } from '../fleet/fresh-schema.ts'
import type { Finding } from './finding.ts'
import { isOurName } from './server-catalogue.ts'

/**
 * Fixes one finding, under the lock of its tenant. Nothing is removed whose name or identity is not ours.
 * @throws ForeignDatabaseError, OperationInProgressError
 */
export async function fixFinding(finding: Finding, databases: DatabaseManager): Promise<void> {
  const { name, tenantId, serverId } = finding
  const { databasePrefix } = databases
  const known = new Set((await hasRow(name, null, { databases })) ? [name] : [])
  if (!isOurName(name, { databasePrefix, known })) throw new ForeignDatabaseError(name)
  const lock = tenantId === null ? name : `tenant:${tenantId}`
  const whenLocked = () => new OperationInProgressError(tenantId ?? name)
  await databases.locked(
    lock,
    async (central) => {
      const tenant = tenantId === null ? undefined : { tenantId, databaseName: name }
      if (finding.kind === 'unregistered-database' && tenant) return databases.provision(central, tenant)
      if (finding.kind === 'suspended-open' && tenant) return databases.suspend(tenant)
      if (finding.kind === 'active-closed' && tenant) return databases.resume(tenant)
      const { url } = await databases.servers.get(serverId ?? '')
      await withAdminSession({ url }, (session) => fixOnServer(finding, session, { databases, url }))
    },
    whenLocked,
  )
}

interface ServerContext {
  readonly databases: DatabaseManager
  readonly url: string
}

async function fixOnServer(finding: Finding, session: AdminSession, context: ServerContext): Promise<void> {
  const { kind, name } = finding
  const { databases } = context
  if (kind === 'role-without-tenant') return removeRole(name, session, context)
  if (kind === 'warm-row-without-database') return removeRow(name, session, context)
  await assertOurs(name, session, context)
  const database = session.identifier(name)
  if (kind === 'public-connect') {
    await session.query(`revoke connect on database ${database} from public`)
  } else if (kind === 'invalid-database') {
    await session.query(`drop database if exists ${database}`)
  } else if (kind === 'database-without-row') {
    if (await hasRow(name, finding.serverId, context)) return
    await assertIdentity(finding, session, context)
    await session.query(`drop database if exists ${database} with (force)`)
    if (!(await hasRow(name, null, context))) await dropRole(session, { name, centralId: databases.centralId })
  }
}

/** @throws ForeignDatabaseError unless the comment says that it belongs to this central database */
async function assertOurs(
  name: string,
  session: AdminSession,
  { databases: { centralId } }: ServerContext,
): Promise<void> {
  const [found] = await session.query<{ comment: string | null }>(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
    [name],
  )
  const comment = found?.comment ?? null
  if (comment !== freshComment(centralId) && parseDatabaseComment(comment)?.centralId !== centralId) {
    throw new ForeignDatabaseError(name)
  }
}

/** What can be connected to is asked as well. A database that was not filled yet has no identity, and no data. */
async function assertIdentity(
  { name, tenantId }: Finding,
  session: AdminSession,
  context: ServerContext,
): Promise<void> {
  const [state] = await session.query<{ open: boolean }>(
    'select datallowconn as open from pg_database where datname = $1',
    [name],
  )
  if (!state?.open || tenantId === null) return
  const rows = await withAdminSession({ url: context.url, database: name }, async (inside) => {
    const [table] = await inside.query<{ there: boolean }>(
      `select to_regclass('public.mt_identity') is not null as there`,
    )
    return table?.there ? inside.query<DatabaseIdentity>(READ_IDENTITY_SQL) : []
  })
  const [identity] = rows
  const foreign =
    identity && (identity.centralId !== context.databases.centralId || (identity.tenantId ?? tenantId) !== tenantId)
  if (foreign) throw new ForeignDatabaseError(name)
}

async function removeRole(name: string, session: AdminSession, context: ServerContext): Promise<void> {
  const used = await session.query('select 1 from pg_database where datname = $1', [name])
  if (used.length > 0 || (await hasRow(name, null, context))) return
  await dropRole(session, { name, centralId: context.databases.centralId })
}

/** Whether the central database knows a database, on this server or, for null, on any. */
async function hasRow(
  name: string,
  serverId: string | null,
  { databases }: Pick<ServerContext, 'databases'>,
): Promise<boolean> {
  const rows = await databases.central().execute<object[]>(
    `select 1 from tenant_databases where name = ? and server_id = coalesce(?, server_id)
        union all select 1 from tenants t where t.db_name = ? and not exists
          (select from tenant_databases d where d.name = t.db_name) and t.status not in ('purged', 'pending')`,
    [name, serverId, name],
  )
  return rows.length > 0
}

async function removeRow(name: string, session: AdminSession, { databases }: ServerContext): Promise<void> {
  const used = await session.query('select 1 from pg_database where datname = $1', [name])
  if (used.length > 0) return
  await databases
    .central()
    .execute(`delete from tenant_databases where name = ? and tenant_id is null and state = 'warm'`, [name])
}
