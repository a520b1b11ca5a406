import { defineEntity, p } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'
import { Client, type ClientConfig } from 'pg'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import type { DatabaseManager } from './database-manager.ts'
import type { DatabaseManagerOptions } from './database-manager-options.ts'
import type { TenantDatabaseName } from './make-database.ts'
import { openDatabaseManager } from './open-database-manager.ts'

export const note = defineEntity({
  name: 'Note',
  tableName: 'notes',
  properties: { id: p.text().primary(), text: p.text() },
})

export class CreateNotes extends Migration {
  override up(): void {
    this.addSql('create table notes (id text primary key, text text not null)')
    this.addSql(`create type mood as enum ('good', 'bad')`)
    this.addSql('create table moods (id bigint generated always as identity primary key, mood mood not null)')
    this.addSql('create view last_note as select max(id) as id from notes')
    this.addSql(`create function notes_count() returns bigint language sql as 'select count(*) from notes'`)
    this.addSql('create schema extra')
    this.addSql('create table extra.things (id serial primary key)')
  }
}

/** A server of a test file and the managers that it opens. */
export interface TestBed {
  readonly server: TemporaryServer
  open(options?: Partial<DatabaseManagerOptions>): Promise<DatabaseManager>
  /** Provisions tenants of these ids. */
  provision(databases: DatabaseManager, ...ids: readonly string[]): Promise<void>
  /** As the superuser, unless told otherwise. */
  query<TRow extends object>(sql: string, client?: ClientConfig): Promise<TRow[]>
  urlOf(database: string): string
  /** Closes what was opened since the last time. */
  closeAll(): Promise<void>
}

export function nameOf(tenantId: string): TenantDatabaseName {
  return { tenantId, databaseName: `tenant_${tenantId}` }
}

export async function startTestBed(): Promise<TestBed> {
  const server = await startTemporaryServer()
  const opened: DatabaseManager[] = []
  function urlOf(database: string): string {
    const url = new URL(server.url)
    url.pathname = `/${database}`
    return url.href
  }
  return {
    server,
    urlOf,
    async open(options = {}) {
      const databases = await openDatabaseManager({
        centralUrl: urlOf('central'),
        tenantEntities: [note],
        tenantMigrations: [{ name: 'create-notes', class: CreateNotes }],
        ...options,
      })
      opened.push(databases)
      return databases
    },
    async provision(databases, ...ids) {
      for (const id of ids) {
        await databases.locked(`tenant:${id}`, (session) => databases.provision(session, nameOf(id)))
      }
    },
    async query<TRow extends object>(sql: string, client: ClientConfig = {}) {
      const { hostname, port, username, password, pathname } = new URL(server.url)
      const connection = new Client({
        host: hostname,
        port: Number(port),
        user: username,
        password,
        database: pathname.slice(1),
        ...client,
      })
      await connection.connect()
      try {
        return (await connection.query<TRow>(sql)).rows
      } finally {
        await connection.end()
      }
    },
    async closeAll() {
      await Promise.all(opened.splice(0).map((databases) => databases.close()))
    },
  }
}
