import type { MikroORM } from '@mikro-orm/postgresql'
import { DatabaseGoneError } from '../error/connection-errors.ts'
import { schemaFingerprint } from '../fleet/schema-fingerprint.ts'
import { DatabaseMover } from '../server/move-database.ts'
import { ServerRegistry } from '../server/server-registry.ts'
import type { ServerAddress, TenantServer } from '../server/tenant-server.ts'
import { DEFAULT_DATABASE_PREFIX } from '../tenant/tenant-id.ts'
import type { DatabaseManagerOptions } from './database-manager-options.ts'
import { DatabaseRegistry, type RegisteredDatabase } from './database-registry.ts'
import { LockSessions } from './lock-sessions.ts'
import { DatabaseMaker } from './make-database.ts'
import { migrateInPlace } from './migrate-in-place.ts'
import { openConnection } from './open-connection.ts'
import { PATIENT_CONNECTION_TIMEOUT, poolOptions } from './pool-options.ts'
import { quietPool } from './quiet-pool.ts'
import type { ReadMigration } from './read-migration.ts'
import { schemaVersion } from './schema-version.ts'
import { SharedRole } from './shared-role.ts'
import { TemplateDatabases } from './template-database.ts'
import { type LocatedDatabase, TenantConnections } from './tenant-connections.ts'
import { type MigrateOptions, openTenantDatabase, typeParsers } from './tenant-driver.ts'
import { WarmPool } from './warm-pool.ts'

/** What a {@link DatabaseManager} is put together of. */
export interface DatabaseParts {
  readonly central: MikroORM
  /** Has the tenants' entities and migrations; never connected. */
  readonly tenants: MikroORM
  readonly centralUrl: string
  readonly centralId: string
  readonly databasePrefix: string
  readonly migrations: readonly ReadMigration[]
  readonly ownRoles: boolean
  readonly version: string
  readonly servers: ServerRegistry
  readonly registry: DatabaseRegistry
  readonly locks: LockSessions
  readonly maker: DatabaseMaker
  readonly mover: DatabaseMover
  readonly warm: WarmPool
  readonly connections: TenantConnections
}

/** The two ORMs of a process and the identity of its central database. */
export interface OpenedOrms {
  readonly central: MikroORM
  readonly tenants: MikroORM
  readonly centralId: string
  readonly migrations: readonly ReadMigration[]
}

const TENANT_LIMITS = { max: 1, queryTimeout: 30_000 }
const MIGRATION_LIMITS = { max: 1, queryTimeout: 600_000, connectionTimeout: PATIENT_CONNECTION_TIMEOUT }
/** A migration that waits for a lock makes everyone behind it wait as well. In ms. */
const MIGRATION_LOCK_TIMEOUT = 3_000
const ROLE_CONNECTIONS = 30
const WARM_DATABASES = 2
const OUTDATED_AFTER = 600_000

/** Joins the parts. */
export function databaseParts(
  options: DatabaseManagerOptions,
  { central, tenants, centralId, migrations }: OpenedOrms,
): DatabaseParts {
  const { centralUrl, poolUrl = centralUrl, roles = 'per-tenant' } = options
  const { databasePrefix = DEFAULT_DATABASE_PREFIX } = options
  const ownRoles = roles === 'per-tenant'
  const version = schemaVersion(migrations)
  const em = () => central.em.fork()
  const registry = new DatabaseRegistry((sql, parameters) => em().execute(sql, [...parameters]))
  const servers = new ServerRegistry(em, { url: centralUrl, poolUrl })
  const sharedRole = new SharedRole({ centralUrl, centralId, servers })
  const adminPool = (server: TenantServer, databaseName: string) => {
    return quietPool({ ...poolOptions(server.url, databaseName, MIGRATION_LIMITS), types: typeParsers(tenants) })
  }
  const migrate = async (server: ServerAddress, databaseName: string, how: MigrateOptions = {}) => {
    const limits = { ...poolOptions(server.url, databaseName, MIGRATION_LIMITS), lock_timeout: MIGRATION_LOCK_TIMEOUT }
    const database = openTenantDatabase(tenants, quietPool({ ...limits, types: typeParsers(tenants) }))
    await database.migrate(how).finally(() => database.close())
  }
  const templates = new TemplateDatabases({ centralUrl, centralId, version, servers, migrate })
  const maker: DatabaseMaker = new DatabaseMaker({
    centralId,
    version,
    registry,
    templates,
    roleConnections: options.roleConnections ?? ROLE_CONNECTIONS,
    migrate,
    migrateInPlace: ({ url }, { name: databaseName, identity: databaseId, tenantId }) =>
      migrateInPlace({
        url,
        databaseName,
        owner: templates.owner,
        identity: { databaseId, centralId, tenantId },
        migrations,
        comment: maker.comment(tenantId),
        limits: { lockTimeout: MIGRATION_LOCK_TIMEOUT, queryTimeout: MIGRATION_LIMITS.queryTimeout },
      }),
    sharedRole: (server, session) => sharedRole.ensure(server, session),
  })
  const warm = new WarmPool({
    centralUrl,
    servers,
    registry,
    templates,
    maker,
    version,
    size: options.warmDatabases ?? WARM_DATABASES,
    ownRoles,
    outdatedAfter: options.outdatedAfter ?? OUTDATED_AFTER,
  })
  const mover = new DatabaseMover({
    centralId,
    servers,
    registry,
    maker,
    async schemaDigest(server, databaseName) {
      const database = openTenantDatabase(tenants, adminPool(server, databaseName))
      return (await schemaFingerprint(database.entityManager()).finally(() => database.close())).digest
    },
  })
  const types = typeParsers(tenants)
  const login = ({ name, password, serverId }: RegisteredDatabase) =>
    password === null ? sharedRole.login(serverId) : { user: name, password }
  const connections = new TenantConnections({
    limits: options.connections ?? {},
    onGone: options.onDatabaseGone ?? (() => undefined),
    async locate(databaseName): Promise<LocatedDatabase> {
      const found = await registry.find(databaseName)
      if (!found) throw new DatabaseGoneError(new Error(`No database ${databaseName} is registered`))
      const { tenantId, serverId, identity: databaseId } = found
      const [{ poolUrl }, { user, password }] = [await servers.address(serverId), await login(found)]
      // Remembered for thousands of databases, so the rest is put together when a connection is opened.
      const openLocated = (timeout: number) => {
        const client = { ...poolOptions(poolUrl, databaseName, TENANT_LIMITS), user, password, types }
        return openConnection({ databaseName, client, identity: { databaseId, centralId, tenantId } }, timeout)
      }
      const version = [poolUrl, databaseId, user, password].join(' ')
      return { serverId, tenantId, version, openConnection: openLocated }
    },
  })
  const identity = { centralUrl, centralId, databasePrefix, ownRoles, version, migrations }
  const locks = new LockSessions(centralUrl)
  return { ...identity, central, tenants, locks, servers, registry, maker, mover, warm, connections }
}
