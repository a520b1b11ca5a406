import type { MigrationObject } from '@mikro-orm/core'
import type { Migration } from '@mikro-orm/migrations'

/** A migration and what it is known to do. */
export interface ReadMigration {
  readonly name: string
  /** What it runs in its transaction, where that is SQL alone and the same each time; else undefined. */
  readonly statements: readonly string[] | undefined
  /** Text of its class. */
  readonly text: string
}

/**
 * Reads what migrations do by asking each for its SQL. One that needs a database to say, such as one that looks at rows
 * first, is known by its text alone.
 */
export async function readMigrations(migrations: readonly MigrationObject[]): Promise<readonly ReadMigration[]> {
  return Promise.all(
    migrations.map(async ({ name, class: MigrationClass }) => ({
      name,
      statements: await statementsOf(MigrationClass as MigrationConstructor),
      text: MigrationClass.toString(),
    })),
  )
}

type MigrationConstructor = new (...parts: ConstructorParameters<typeof Migration>) => Migration

/** Asked twice, because what differs is not known. */
async function statementsOf(MigrationClass: MigrationConstructor): Promise<readonly string[] | undefined> {
  const first = await ask(MigrationClass)
  const second = first && (await ask(MigrationClass))
  return first && JSON.stringify(first) === JSON.stringify(second) ? first : undefined
}

async function ask(MigrationClass: MigrationConstructor): Promise<readonly string[] | undefined> {
  let needed = false
  // Also when the migration catches what is thrown.
  const get = (): never => {
    needed = true
    throw new Error('A migration that is read has no database')
  }
  const nothing = new Proxy({}, { get }) as never
  try {
    const migration = new MigrationClass(nothing, nothing)
    if (!migration.isTransactional()) return undefined
    await migration.up()
    const queries = migration.getQueries()
    return !needed && queries.every((query) => typeof query === 'string') ? [...queries] : undefined
  } catch {
    return undefined
  }
}
