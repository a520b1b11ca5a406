import { defineEntity, type MigrationObject, p } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'

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

class AddTags extends Migration {
  override up(): void {
    this.addSql('create table tags (id bigint generated always as identity primary key, name text not null)')
    this.addSql('create index tags_name on tags (name)')
  }
}

class UniqueTexts extends Migration {
  override up(): void {
    this.addSql('create unique index notes_text on notes (text)')
    // Long enough for a process to be killed in the middle of a fleet.
    this.addSql('select pg_sleep(0.05)')
  }
}

const all: readonly MigrationObject[] = [
  { name: 'create-notes', class: CreateNotes },
  { name: 'add-tags', class: AddTags },
  { name: 'unique-texts', class: UniqueTexts },
]

/** The first migrations; the last one fails for a tenant with the same text twice. */
export function migrations(count: number): readonly MigrationObject[] {
  return all.slice(0, count)
}
