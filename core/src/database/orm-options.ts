import type { MigrationObject } from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import { defineConfig, type Options } from '@mikro-orm/postgresql'
import { NoResultCache } from './no-result-cache.ts'

/** What the central ORM and the tenants' ORM have each for themselves. */
export interface OrmOptions {
  /** Tells the ORMs of a process apart where a request has a context. */
  readonly contextName: string
  readonly entities: NonNullable<Options['entities']>
  readonly migrations: readonly MigrationObject[]
  /** Gets warnings, such as a connection that the server closed. */
  readonly onWarning: (message: string) => void
}

/** Options that every ORM of this package has. */
export function ormOptions({ contextName, entities, migrations, onWarning }: OrmOptions) {
  return defineConfig({
    contextName,
    entities,
    extensions: [Migrator],
    // The default creates a missing database at the first query.
    ensureDatabase: false,
    resultCache: { adapter: NoResultCache },
    discovery: { warnWhenNoEntities: false },
    migrations: { migrationsList: [...migrations], snapshot: false, silent: true },
    logger: onWarning,
    colors: false,
  })
}
