import { MikroORM } from '@mikro-orm/postgresql'
import { openCentralDatabase } from '../central/central-database.ts'
import { InvalidDatabasePrefixError } from '../error/invalid-database-prefix-error.ts'
import { secureServer } from '../server/secure-server.ts'
import { DEFAULT_DATABASE_PREFIX, isDatabasePrefix } from '../tenant/tenant-id.ts'
import { withAdminSession } from './admin-session.ts'
import { DatabaseManager } from './database-manager.ts'
import type { DatabaseManagerOptions } from './database-manager-options.ts'
import { databaseParts } from './database-parts.ts'
import { ormOptions } from './orm-options.ts'
import { readMigrations } from './read-migration.ts'

/**
 * Opens a {@link DatabaseManager}; connects to the central database and migrates it.
 * @throws InvalidDatabasePrefixError
 */
export async function openDatabaseManager(options: DatabaseManagerOptions): Promise<DatabaseManager> {
  const { databasePrefix = DEFAULT_DATABASE_PREFIX } = options
  if (!isDatabasePrefix(databasePrefix)) throw new InvalidDatabasePrefixError(databasePrefix)
  const { centralUrl, tenantEntities, tenantMigrations, onWarning = () => undefined } = options
  const tenants = await MikroORM.init({
    ...ormOptions({
      contextName: 'mt-paas-tenant',
      entities: [...tenantEntities],
      migrations: tenantMigrations,
      onWarning,
    }),
    // Never connected; were it, this name would fail and not reach anyone's data.
    dbName: 'mt-paas-no-tenant',
  })
  const central = await openCentralDatabase({ url: centralUrl, onWarning })
  try {
    await withAdminSession({ url: centralUrl, lock: 'secure-server' }, secureServer)
    const [identity] = await central.em.fork().execute<{ id: string }[]>('select id from central_identity')
    if (!identity) throw new Error('The central database has no identity')
    const migrations = await readMigrations(tenantMigrations)
    const opened = { central, tenants, migrations, centralId: identity.id }
    return new DatabaseManager(databaseParts(options, opened), onWarning)
  } catch (error) {
    await central.close(true)
    throw error
  }
}
