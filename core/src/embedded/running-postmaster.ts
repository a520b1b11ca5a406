import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { ClusterDirectory } from './cluster-directory.ts'
import { EmbeddedServerError } from './embedded-server-error.ts'
import { OWNER_LOCK_SQL } from './owner-lock.ts'

/** A server that an earlier process left running, or that another process uses. */
export interface RunningPostmaster {
  readonly pid: number
  readonly port: number
}

const STARTING_OR_STOPPING = 20_000

/**
 * The server that still runs on this data, if any. A process file left by a crash is removed, even when its number
 * belongs to another program by now.
 */
export async function runningPostmaster(cluster: string): Promise<RunningPostmaster | undefined> {
  const file = join(cluster, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  if (await isPostmasterOf(cluster, pid)) return { pid, port: Number(lines[3]) }
  await rm(file, { force: true })
  return undefined
}

/**
 * Waits until a running server is known to be an orphan: twice in a row nobody owned it, because an owner that has just
 * started its server needs a moment to say so.
 * @throws EmbeddedServerError when a living process owns it
 */
export async function assertOrphan(directory: ClusterDirectory, running: RunningPostmaster): Promise<void> {
  const deadline = Date.now() + STARTING_OR_STOPPING
  for (let unowned = 0; unowned < 2; ) {
    const owned = await isOwned(directory, running.port)
    unowned = owned === false ? unowned + 1 : 0
    if (!(await isPostmasterOf(directory.cluster, running.pid))) return
    if (owned === true || Date.now() > deadline) throw EmbeddedServerError.inUse(directory.dataDir, running.pid)
    await sleep(150)
  }
}

/** Undefined while the server starts, stops or recovers. */
async function isOwned({ password }: ClusterDirectory, port: number): Promise<boolean | undefined> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ free: boolean }>(OWNER_LOCK_SQL)
    return rows[0]?.free !== true
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EPERM') return false
  }
  if (process.platform !== 'linux') return true
  // A postmaster works in its data directory; any other program has taken over the number.
  const [place, own] = await Promise.all([readlink(`/proc/${pid}/cwd`).catch(() => ''), realpath(cluster)])
  return place === own
}
