import { CENTRAL_SERVER } from '../server/tenant-server.ts'
import type { CentralRow } from './central-rows.ts'
import type { Finding, FindingKind } from './finding.ts'
import type { CatalogueDatabase, ServerCatalogue } from './server-catalogue.ts'

/** States in which a tenant has a database. */
const WITH_DATABASE: ReadonlySet<string | null> = new Set(['active', 'suspended', 'deleted'])

/** Compares what servers have with what the central database knows. */
export function examine(
  rows: readonly CentralRow[],
  servers: readonly ServerCatalogue[],
  centralId: string,
): readonly Finding[] {
  const known = new Map(rows.map((row) => [row.name, row]))
  const byServer = new Map(servers.map((server) => [server.serverId, server]))
  return [
    ...rows.flatMap((row) => rowFindings(row, byServer.get(row.serverId ?? CENTRAL_SERVER), centralId)),
    ...servers.flatMap((server) => [
      ...[...server.databases.values()].flatMap((database) =>
        databaseFindings(database, known.get(database.name), { serverId: server.serverId, centralId }),
      ),
      ...[...server.roles]
        .filter((role) => !server.databases.has(role) && !known.has(role))
        .map((name) => finding('role-without-tenant', { serverId: server.serverId, name, tenantId: null })),
    ]),
  ]
}

/** What is wrong with a row, or with the database it should have. */
function rowFindings(row: CentralRow, server: ServerCatalogue | undefined, centralId: string): Finding[] {
  const { name, tenantId, status, lastError, migrationError } = row
  const place = { serverId: row.serverId, name, tenantId }
  const database = server?.databases.get(name)
  const found: Finding[] = []
  if (row.needsAttention) found.push(finding('needs-attention', place, lastError))
  if (migrationError !== null) found.push(finding('migration-failed', place, migrationError))
  if (!server || row.underWay) return found
  if (tenantId === null) {
    // One that is being made, or whose making was cut off, is the business of the pool.
    if (!database && row.databaseState === 'warm') found.push(finding('warm-row-without-database', place))
    return found
  }
  if (!WITH_DATABASE.has(status)) return found
  if (!database) return [...found, finding('row-without-database', place)]
  if (!isOwn(database, centralId)) return [...found, finding('foreign-database', place)]
  if (row.serverId === null) found.push(finding('unregistered-database', { ...place, serverId: server.serverId }))
  if (database.invalid) return found
  if (status === 'suspended' && database.open) found.push(finding('suspended-open', place))
  if (status === 'active' && !database.open) found.push(finding('active-closed', place))
  return found
}

/** What is wrong with a database of ours; those of others are left alone. */
function databaseFindings(
  database: CatalogueDatabase,
  row: CentralRow | undefined,
  { serverId, centralId }: { readonly serverId: string; readonly centralId: string },
): Finding[] {
  const { name, note, invalid, publicConnect } = database
  if (!isOwn(database, centralId)) return []
  const place = { serverId, name, tenantId: note?.tenantId ?? null }
  if (invalid) return [finding('invalid-database', place)]
  const found = publicConnect ? [finding('public-connect', place)] : []
  const needsRow = database.fresh || note?.kind === 'tenant' || note?.kind === 'warm'
  const isElsewhere = row !== undefined && row.serverId !== null && row.serverId !== serverId
  return needsRow && (!row || isElsewhere) ? [...found, finding('database-without-row', place)] : found
}

/** A comment of an earlier version names no central database; then the row has to. */
function isOwn({ note, fresh }: CatalogueDatabase, centralId: string): boolean {
  return fresh || (note !== undefined && note.centralId === centralId)
}

function finding(
  kind: FindingKind,
  place: Pick<Finding, 'serverId' | 'name' | 'tenantId'>,
  detail: string | null = null,
) {
  return { kind, ...place, detail }
}
