import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterDirectory } from './cluster-directory.ts'
import { EmbeddedServerError } from './embedded-server-error.ts'
import { hasOwner, type OwnerLock, takeOwnerLock } from './owner-lock.ts'

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
 * started its server needs a moment to say so. Then it has an owner again, the caller, so that nobody takes it over
 * while it is stopped.
 * @returns undefined when the server has gone by itself
 * @throws EmbeddedServerError when a living process owns it
 */
export async function adoptOrphan(
  directory: ClusterDirectory,
  running: RunningPostmaster,
): Promise<OwnerLock | undefined> {
  const url = ownerUrl(directory, running.port)
  const deadline = Date.now() + STARTING_OR_STOPPING
  for (let unowned = 0; ; ) {
    // It does not answer while it starts, stops or recovers.
    const owned = await hasOwner(url).catch(() => undefined)
    const lock = owned === false && unowned > 0 ? await takeOwnerLock(url).catch(() => undefined) : undefined
    if (lock) return lock
    if (!(await isPostmasterOf(directory.cluster, running.pid))) return undefined
    if (owned || Date.now() > deadline) throw EmbeddedServerError.inUse(directory.dataDir, running.pid)
    unowned = owned === false ? unowned + 1 : 0
    await sleep(150)
  }
}

/** Connection string of the superuser; holds the password. */
export function ownerUrl({ password }: ClusterDirectory, port: number): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
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
