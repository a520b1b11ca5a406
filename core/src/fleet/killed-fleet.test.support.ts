import { openDatabaseManager } from '../database/open-database-manager.ts'
import { Fleet } from './fleet.ts'
import { migrations, note } from './note-fleet.test.support.ts'

// A process of its own, to be killed: migrates the fleet of the central database in its first argument and prints the report.
const [url = ''] = process.argv.slice(2)
const databases = await openDatabaseManager({
  centralUrl: url,
  tenantEntities: [note],
  tenantMigrations: migrations(3),
  warmDatabases: 0,
})
const report = await new Fleet({ databases, url }).migrate({
  concurrency: 4,
  onProgress: () => void process.stdout.write('migrated\n'),
})
process.stdout.write(JSON.stringify(report))
await databases.close()
