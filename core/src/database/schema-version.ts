import { createHash } from 'node:crypto'
import type { ReadMigration } from './read-migration.ts'

/**
 * Version of the tenants' schema: a digest of the migrations' names and SQL, in order, whatever built them. Where one
 * needs a database to say its SQL, the text of its class stands for it, so that another build of it may be another
 * version, at the cost of a new template.
 */
export function schemaVersion(migrations: readonly ReadMigration[]): string {
  const hash = createHash('sha256')
  for (const { name, statements, text } of migrations) hash.update(JSON.stringify([name, statements ?? text]))
  return hash.digest('hex').slice(0, 16)
}
