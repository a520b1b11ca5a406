import { once } from 'node:events'
import { migrations, note } from '../fleet/note-fleet.test.support.ts'
import { setupMultiTenant } from '../setup-multi-tenant.ts'

// A process of its own, configured by its environment: renames the tenant of its first argument once it is told to.
const [id = ''] = process.argv.slice(2)
const app = { use: () => app }
const mt = setupMultiTenant(app, { tenantEntities: [note], tenantMigrations: migrations(1), warmDatabases: 0 })
await mt.init()
process.stdout.write('ready\n')
const [name] = await once(process.stdin, 'data')
await mt.tenants.update(id, { name: String(name).trim() })
await once(process.stdin, 'end')
await mt.close()
