import type { EntityManager } from '@mikro-orm/postgresql'
import { Client } from 'pg'
import { startTemporaryServer } from '../embedded/temporary-server.ts'
import { openCentralDatabase } from './central-database.ts'

/** A central database of a test's own, with a language's order of texts, and days of 23 and 25 hours. */
export interface TemporaryCentral {
  central(): EntityManager
  /** Inserts tenants that are active. */
  addTenants(...ids: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** Starts a PostgreSQL with nothing but a migrated central database. */
export async function startTemporaryCentral(timeZone = 'America/New_York'): Promise<TemporaryCentral> {
  const server = await startTemporaryServer()
  const url = new URL(server.url)
  url.pathname = '/central'
  const client = new Client({ connectionString: server.url })
  await client.connect()
  await client.query(
    "create database central template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US'",
  )
  await client.query(`alter database central set timezone = '${timeZone}'`)
  await client.end()
  const orm = await openCentralDatabase({ url: url.href, onWarning: () => undefined })
  return {
    central: () => orm.em.fork(),
    async addTenants(...ids) {
      for (const id of ids) {
        await orm.em.fork().execute(
          `insert into tenants (id, name, plan, features, status, contact_email, contact_name, config, db_name, created_at, updated_at)
            values (?, ?, 'standard', '[]', 'active', '', '', '{}', ?, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')`,
          [id, id, `tenant_${id}`],
        )
      }
    },
    async close() {
      await orm.close(true)
      await server.stop()
    },
  }
}
