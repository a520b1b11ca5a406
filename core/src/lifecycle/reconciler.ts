import type { DatabaseManager } from '../database/database-manager.ts'
import { RepeatedPass } from '../job/repeated-pass.ts'

/** What a {@link Reconciler} works with. */
export interface ReconcilerOptions {
  readonly databases: DatabaseManager
  readonly now: () => Date
  /** Time between two passes, in ms. */
  readonly interval: number
  /** Goes on with what is to be done for a tenant, unless another process does. */
  readonly goOn: (tenantId: string) => Promise<void>
  readonly onWarning: (message: string) => void
}

/** From the start to the first pass, in ms: a process that dies at its start takes nobody's operation along. */
const FIRST_AFTER = 250
const AT_ONCE = 4
const MOST = 100

/** Looks for operations that no process ends, and for data whose time has passed, and sees to them. */
export class Reconciler {
  readonly #options: ReconcilerOptions
  readonly #pass: RepeatedPass

  constructor(options: ReconcilerOptions) {
    this.#options = options
    this.#pass = new RepeatedPass({ interval: options.interval, firstAfter: FIRST_AFTER, pass: () => this.#look() })
  }

  /** Begins with a pass soon, then one after each interval. */
  start(): void {
    this.#pass.start()
  }

  /** One pass; when one is under way, that one. Never rejects. */
  pass(): Promise<void> {
    return this.#pass.run()
  }

  /** Lets the pass under way end. */
  stop(): Promise<void> {
    return this.#pass.stop()
  }

  async #look(): Promise<void> {
    const { goOn, onWarning } = this.#options
    try {
      const due = (await this.#due()).values()
      const worker = async () => {
        for (const id of due) {
          if (this.#pass.stopped) return
          await goOn(id).catch((error: unknown) => onWarning(`Tenant ${id}: ${messageOf(error)}`))
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
    } catch (error) {
      onWarning(`Unfinished tenants could not be looked for: ${messageOf(error)}`)
    }
  }

  async #due(): Promise<string[]> {
    const { databases, now } = this.#options
    const at = now()
    const rows = await databases.central().execute<{ id: string }[]>(
      `(select id from tenants where operation is not null and not needs_attention and next_attempt_at <= ?
          order by next_attempt_at limit ${MOST})
        union all
        (select id from tenants where status = 'deleted' and operation is null and data_retention_until <= ?
          order by data_retention_until limit ${MOST})`,
      [at, at],
    )
    return rows.map(({ id }) => id)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
