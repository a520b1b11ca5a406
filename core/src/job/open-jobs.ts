import { type DatabaseOptions, PgBoss } from 'pg-boss'
import { PATIENT_CONNECTION_TIMEOUT, poolOptions } from '../database/pool-options.ts'
import { JobQueue, jobRetries } from './job-queue.ts'

/** How {@link openJobs} connects. */
export interface JobsOptions {
  /** Connection string of the central database, in which the jobs are kept. */
  readonly url: string
  /** Gets what goes wrong behind the scenes. */
  readonly onWarning: (message: string) => void
}

/** The jobs of this process, in the schema `mt_jobs` of the central database. */
export interface Jobs {
  /** The queue of a name, made when missing. */
  queue<TData extends object>(name: string): Promise<JobQueue<TData>>
  /** Lets jobs under way end, for at most 10 s, and closes the connections; a job that is cut off is tried again. */
  close(): Promise<void>
}

const LIMITS = { max: 3, queryTimeout: 30_000, connectionTimeout: PATIENT_CONNECTION_TIMEOUT }
/** In seconds: how soon the job of a dead worker is noticed after its heartbeat has ended. */
const SUPERVISION_SECONDS = 5
const CLOSE_TIMEOUT = 10_000

/** Starts pg-boss; the process needs one only. */
export async function openJobs({ url, onWarning }: JobsOptions): Promise<Jobs> {
  const boss = new PgBoss({
    ...connectionOf(url),
    schema: 'mt_jobs',
    schedule: false,
    superviseIntervalSeconds: SUPERVISION_SECONDS,
    monitorIntervalSeconds: SUPERVISION_SECONDS,
  })
  boss.on('error', (error) => onWarning(`Jobs: ${error.message}`))
  await boss.start()
  return {
    async queue<TData extends object>(name: string) {
      await boss.createQueue(name, jobRetries)
      return new JobQueue<TData>(boss, name)
    },
    close: () => boss.stop({ graceful: true, timeout: CLOSE_TIMEOUT }),
  }
}

/** The options of a pool that pg-boss knows; it hands them to the pool. */
function connectionOf(url: string): DatabaseOptions & { readonly query_timeout: number } {
  const pool = poolOptions(url, undefined, LIMITS)
  const { host, port, user, password, database, ssl, options, connectionTimeoutMillis } = pool
  return {
    application_name: 'mt-paas-jobs',
    max: LIMITS.max,
    query_timeout: LIMITS.queryTimeout,
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ...(ssl !== undefined && { ssl }),
    ...(options !== undefined && { options }),
    ...(connectionTimeoutMillis !== undefined && { connectionTimeoutMillis }),
  }
}
