import type { EntityManager } from '@mikro-orm/postgresql'
import { fromKysely, type PgBoss } from 'pg-boss'

/** One job as its worker gets it. */
export interface QueuedJob<TData extends object> {
  /** The same at every attempt. */
  readonly id: string
  readonly data: TData
  /** Seconds until its first attempt. @default none */
  readonly startAfter?: number
}

/** A job whose last attempt failed. */
export interface FailedJob<TData extends object> extends QueuedJob<TData> {
  /** Whether it is tried again by itself. */
  readonly retrying: boolean
  readonly attempts: number
  readonly error: string
}

/** How the jobs of a queue are tried. Times in seconds. */
export const jobRetries = Object.freeze({
  /** Tries after the first; with the delays below they take about a day. */
  retryLimit: 30,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 3_600,
  /** A worker that is silent for so long is dead, and its job is tried again. */
  heartbeatSeconds: 10,
  /** How long a job waits for a process that works the queue. */
  retentionSeconds: 30 * 24 * 3_600,
} as const)

const POLLING_SECONDS = 1
const CONCURRENCY = 2
const SCHEMA = 'mt_jobs'

/** Jobs of one kind: put in by transactions, worked at least once by any process that works the queue. */
export class JobQueue<TData extends object> {
  readonly #boss: PgBoss
  readonly #name: string
  #workerId: string | undefined

  /** @internal `Jobs.queue` makes one. */
  constructor(boss: PgBoss, name: string) {
    this.#boss = boss
    this.#name = name
  }

  /** Puts jobs in within the transaction of `em`: they are there when it commits, and only then. */
  async enqueue(em: EntityManager, jobs: readonly QueuedJob<TData>[]): Promise<void> {
    if (jobs.length === 0) return
    await this.#boss.insert(this.#name, [...jobs], { db: fromKysely(em.getKysely()) })
  }

  /** Looks for jobs now rather than within the next second, in this process. */
  wake(): void {
    if (this.#workerId !== undefined) this.#boss.notifyWorker(this.#workerId)
  }

  /** Works the queue in this process. What `handle` throws is kept with the job, which is tried again. */
  async work(handle: (job: QueuedJob<TData>) => Promise<void>): Promise<void> {
    const options = { pollingIntervalSeconds: POLLING_SECONDS, localConcurrency: CONCURRENCY }
    this.#workerId = await this.#boss.work<TData>(this.#name, options, async (jobs) => {
      for (const { id, data } of jobs) await handle({ id, data })
    })
  }

  /** Jobs that failed and were not done since, oldest first. */
  async failed(em: EntityManager): Promise<FailedJob<TData>[]> {
    const rows = await em.execute<FailedRow<TData>[]>(
      `select id, data, state, retry_count, output from ${SCHEMA}.job
        where name = ? and (state = 'failed' or (state = 'retry' and output is not null)) order by created_on, id`,
      [this.#name],
    )
    return rows.map(({ id, data, state, retry_count: retries, output }) => ({
      id,
      data,
      retrying: state === 'retry',
      attempts: retries + 1,
      error: messageOf(output),
    }))
  }

  /** Tries a job again that was given up. */
  async retry(id: string): Promise<void> {
    await this.#boss.retry(this.#name, id)
    this.wake()
  }
}

interface FailedRow<TData> {
  readonly id: string
  readonly data: TData
  readonly state: 'retry' | 'failed'
  readonly retry_count: number
  readonly output: unknown
}

function messageOf(output: unknown): string {
  const value: unknown = typeof output === 'object' && output !== null && 'value' in output ? output.value : output
  if (typeof value === 'object' && value !== null && 'message' in value) return String(value.message)
  return JSON.stringify(value)
}
