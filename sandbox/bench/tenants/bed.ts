import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type DatabaseManager,
  type DatabaseManagerOptions,
  Fleet,
  openDatabaseManager,
  startEmbeddedServer,
} from '@mt-paas/core'
import { Client } from 'pg'
import { migrations, tenantEntities } from './schema.ts'

/** A PostgreSQL of its own, and what is measured on it. */
export interface TenantBed extends AsyncDisposable {
  urlOf(database: string): string
  open(count: number, options?: Partial<DatabaseManagerOptions>): Promise<DatabaseManager>
  fleet(databases: DatabaseManager): Fleet
  addTenant(databases: DatabaseManager, id: string): Promise<void>
  makeDatabase(databases: DatabaseManager, id: string): Promise<void>
  /** Tenants with rows and databases at the first migration. */
  provision(databases: DatabaseManager, ids: readonly string[]): Promise<void>
  /** Runs `work` with a session of the superuser. */
  session<T>(work: (client: Client) => Promise<T>, database?: string): Promise<T>
}

export const nameOf = (tenantId: string) => ({ tenantId, databaseName: `tenant_${tenantId}` })

export async function openTenantBed(): Promise<TenantBed> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mt-paas-bench-'))
  const server = await startEmbeddedServer({ dataDir })
  const opened: DatabaseManager[] = []
  const urlOf = (database: string) => Object.assign(new URL(server.url), { pathname: `/${database}` }).href
  const centralUrl = urlOf('central')
  async function session<T>(work: (client: Client) => Promise<T>, database = 'postgres'): Promise<T> {
    const client = new Client(urlOf(database))
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  return {
    urlOf,
    session,
    async open(count, options = {}) {
      const tenantMigrations = migrations.slice(0, count)
      const databases = await openDatabaseManager({
        centralUrl,
        tenantEntities,
        tenantMigrations,
        warmDatabases: 0,
        roles: 'per-tenant',
        ...options,
      })
      opened.push(databases)
      return databases
    },
    fleet: (databases) => new Fleet({ databases, url: centralUrl }),
    addTenant,
    makeDatabase,
    async provision(databases, ids) {
      for (const id of ids) {
        await addTenant(databases, id)
        await makeDatabase(databases, id)
      }
    },
    async [Symbol.asyncDispose]() {
      for (const databases of opened) await databases.close()
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function addTenant(databases: DatabaseManager, id: string): Promise<void> {
  await databases.central().execute(INSERT_TENANT, [id, nameOf(id).databaseName])
}

function makeDatabase(databases: DatabaseManager, id: string): Promise<void> {
  return databases.locked(`tenant:${id}`, (lock) => databases.provision(lock, nameOf(id)))
}

/** An active tenant's row. */
const INSERT_TENANT = `
  insert into tenants (id, name, plan, features, status, contact_email, contact_name, config, db_name, created_at, updated_at)
    values (?, '', 'basic', '[]', 'active', '', '', '{}', ?, now(), now())`
