import { defineEntity, p } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'

/** Twenty tables, as a service of some size has them. */
const tables = Array.from({ length: 20 }, (_, at) => `things_${at}`)

export const entities = tables.map((tableName) =>
  defineEntity({
    name: tableName,
    tableName,
    properties: { id: p.integer().primary(), name: p.text(), amount: p.integer(), made: p.datetime() },
  }),
)

/** The one that is asked. */
export const thing = defineEntity({
  name: 'asked_things',
  tableName: 'asked_things',
  properties: { id: p.integer().primary(), name: p.text() },
})

class CreateThings extends Migration {
  override up(): void {
    for (const table of tables) {
      this.addSql(
        `create table ${table} (id int primary key, name text not null, amount int not null, made timestamptz not null)`,
      )
    }
    this.addSql('create table asked_things (id int primary key, name text not null)')
    this.addSql(`insert into asked_things select at, 'thing ' || at from generate_series(1, 100) at`)
  }
}

class AddLabels extends Migration {
  override up(): void {
    for (const sql of labels('labels')) this.addSql(sql)
  }
}

/** What the migration that is measured does, also for those that do it without us. */
export function labels(table: string): readonly string[] {
  return [
    `create table ${table} (id bigint generated always as identity primary key, name text not null)`,
    `create index ${table}_name on ${table} (name)`,
  ]
}

export const migrations = [
  { name: 'create-things', class: CreateThings },
  { name: 'add-labels', class: AddLabels },
] as const

export const tenantEntities = [...entities, thing]
