import { createHash } from 'node:crypto'
import type { MigrationObject } from '@mikro-orm/core'

/**
 * Version of the tenants' schema: a digest of the migrations' names and texts, in order. The text is that of the class
 * as it runs, so another build of the same migrations may have another version; it costs one new template.
 */
export function schemaVersion(migrations: readonly MigrationObject[]): string {
  const hash = createHash('sha256')
  for (const { name, class: migration } of migrations) {
    hash.update(JSON.stringify([name, migration.toString()]))
  }
  return hash.digest('hex').slice(0, 16)
}
