import { setTimeout as delay } from 'node:timers/promises'
import type { RegisteredDatabase } from '../database/database-registry.ts'
import { isConnectionLoss, sqlState } from '../database/sql-state.ts'

/** How {@link migrateTenant} works. */
export interface MigrateTenantOptions {
  /** Runs the migrations that a tenant's database lacks, each in a transaction of its own. */
  readonly migrate: (database: RegisteredDatabase) => Promise<void>
  /** How often it is tried when something stands in its way that passes. */
  readonly tries: number
  /** Waits between two tries, in ms; each is twice the one before. */
  readonly pause: number
}

/** Locks that were not given in time, deadlocks, and transactions that met another. */
const PASSING: ReadonlySet<string | undefined> = new Set(['55P03', '40P01', '40001', '55006'])

/** Migrates a tenant whose lock is held; resolves with why it failed, or null. */
export async function migrateTenant(
  database: RegisteredDatabase,
  { migrate, tries, pause }: MigrateTenantOptions,
): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await migrate(database)
      return null
    } catch (error) {
      if (attempt >= tries || !mayPass(error)) return error instanceof Error ? error.message : String(error)
    }
    await delay(pause * 2 ** (attempt - 1))
  }
}

function mayPass(error: unknown): boolean {
  return PASSING.has(sqlState(error)) || isConnectionLoss(error)
}
