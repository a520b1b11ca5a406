import { Migration } from '@mikro-orm/migrations'
import { expect, it } from 'vitest'
import { readMigrations } from './read-migration.ts'
import { schemaVersion } from './schema-version.ts'

const of = (name: string, up: (migration: Migration) => void | Promise<void>, isTransactional = true) => ({
  name,
  class: class extends Migration {
    override up() {
      return up(this)
    }
    override isTransactional() {
      return isTransactional
    }
  },
})

const first = of('first', (migration) => migration.addSql('create table notes (id text)'))
const second = of('second', async (migration) => {
  await null
  migration.addSql('create table tags (id text)')
})

const versionOf = async (...migrations: Parameters<typeof readMigrations>[0]) =>
  schemaVersion(await readMigrations(migrations))

it('the version of a schema follows names, SQL and order of the migrations', async () => {
  const versions = await Promise.all([
    versionOf(),
    versionOf(first),
    versionOf(first, second),
    versionOf(second, first),
    versionOf({ ...first, name: 'other' }),
    versionOf(of('first', (migration) => migration.addSql('create table notes (id int)'))),
  ])
  expect(new Set(versions).size).toBe(versions.length)
  expect(await versionOf(first, second)).toBe(await versionOf(first, second))
})

it('another build of the same migration is the same version', async () => {
  class Written extends Migration {
    override up(): void {
      const table = 'notes'
      this.addSql(`create table ${table} (id text)`)
    }
  }
  expect(await versionOf({ name: 'first', class: Written })).toBe(await versionOf(first))
})

it('only what is SQL alone, and the same each time, is known as SQL', async () => {
  let count = 0
  const known = await readMigrations([
    second,
    of('looks', async (migration) => {
      await migration.execute('select 1')
    }),
    of('looks secretly', async (migration) => {
      migration.addSql('select 1')
      await migration.execute('select 1').catch(() => undefined)
    }),
    of('counts', (migration) => {
      count += 1
      migration.addSql(`select ${count}`)
    }),
    of('without transaction', (migration) => migration.addSql('create index concurrently'), false),
    of('throws', () => {
      throw new Error('not today')
    }),
  ])
  expect(known.map(({ name, statements }) => [name, statements])).toEqual([
    ['second', ['create table tags (id text)']],
    ['looks', undefined],
    ['looks secretly', undefined],
    ['counts', undefined],
    ['without transaction', undefined],
    ['throws', undefined],
  ])
})
