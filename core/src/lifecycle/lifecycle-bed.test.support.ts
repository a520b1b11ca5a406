import { defineEntity, p } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'
import { Client } from 'pg'
import { startTemporaryServer } from '../embedded/temporary-server.ts'
import { type MultiTenant, type MultiTenantOptions, openMultiTenant } from '../multi-tenant.ts'
import type { TenantProfile } from './tenant-profile.ts'

/** The one entity of the tenants' databases of tests. */
export const note = defineEntity({
  name: 'Note',
  tableName: 'notes',
  properties: { id: p.text().primary(), text: p.text() },
})

class CreateNotes extends Migration {
  override up(): void {
    this.addSql('create table notes (id text primary key, text text not null)')
  }
}

/** Entities and migrations of the tenants' databases of tests. */
export const tenantSchema = {
  tenantEntities: [note],
  tenantMigrations: [{ name: 'create-notes', class: CreateNotes }],
} as const

/** A profile to activate a tenant with. */
export function profile(id: string, more: Partial<TenantProfile> = {}): TenantProfile {
  const contact = { email: `admin@${id}.ac.kr`, name: '홍길동' }
  return { id, name: '한림대학교', plan: 'premium', features: ['ai_chat'], contact, ...more }
}

/** A PostgreSQL of a test file. */
export interface LifecycleBed {
  urlOf(database: string): string
  query<TRow extends object>(sql: string, database?: string): Promise<TRow[]>
  /** Opens the central database of a name, closed with the bed. */
  open(options?: Partial<MultiTenantOptions> & { readonly central?: string }): Promise<MultiTenant>
  /** Closes what was opened: its reconcilers would go on with what later tests leave undone. */
  closeOpened(): Promise<void>
  stop(): Promise<void>
}

/** Starts a PostgreSQL for a test file. */
export async function startLifecycleBed(): Promise<LifecycleBed> {
  const server = await startTemporaryServer()
  const opened: MultiTenant[] = []

  function urlOf(database: string): string {
    const url = new URL(server.url)
    url.pathname = `/${database}`
    return url.href
  }

  async function closeOpened(): Promise<void> {
    await Promise.all(opened.splice(0).map((one) => one.close()))
  }

  return {
    urlOf,
    async query<TRow extends object>(sql: string, database = 'postgres') {
      const client = new Client({ connectionString: urlOf(database) })
      // The query under way rejects as well; a server that crashes is what some tests are about.
      client.on('error', () => undefined)
      await client.connect()
      try {
        return (await client.query<TRow>(sql)).rows
      } finally {
        await client.end()
      }
    },
    async open({ central = 'central', ...options } = {}) {
      const one = await openMultiTenant({ ...tenantSchema, centralUrl: urlOf(central), warmDatabases: 0, ...options })
      opened.push(one)
      return one
    },
    closeOpened,
    async stop() {
      await closeOpened()
      await server.stop()
    },
  }
}
