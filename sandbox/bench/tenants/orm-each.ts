import { MikroORM } from '@mikro-orm/postgresql'
import { tenantEntities } from './schema.ts'

/** What one does without us: a MikroORM for every tenant. */
export function ormEach(clientUrl: string): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl,
    entities: tenantEntities,
    ensureDatabase: false,
    pool: { min: 0, max: 3 },
    debug: false,
  })
}
