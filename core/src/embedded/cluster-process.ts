import { chown, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClusterDirectory, SETTINGS_FILE } from './cluster-directory.ts'
import { EmbeddedServerError } from './embedded-server-error.ts'
import { freePort, isPortFree } from './port.ts'
import { runProgram } from './postgres-account.ts'
import type { PostgresPrograms } from './postgres-programs.ts'
import { adoptOrphan, type RunningPostmaster, runningPostmaster } from './running-postmaster.ts'
import { serverSettings } from './server-settings.ts'

/** Everything a server is started with. */
export interface ClusterLaunch {
  readonly directory: ClusterDirectory
  readonly programs: PostgresPrograms
  /** Undefined takes a free one. */
  readonly port: number | undefined
  readonly durable: boolean
}

const ATTEMPTS = 20

/** Starts the server and waits until it takes connections. */
export async function startCluster(launch: ClusterLaunch): Promise<RunningPostmaster> {
  const { directory, programs } = launch
  for (let attempt = 1; ; attempt += 1) {
    if (launch.port !== undefined && !(await isPortFree(launch.port))) throw EmbeddedServerError.portTaken(launch.port)
    await configure(launch, launch.port ?? (await freePort()))
    const args = ['start', '-w', '-s', '-t', '120', '-D', directory.cluster, '-l', directory.log]
    const { code } = await runProgram(programs.pgCtl, args, directory.account)
    const running = await runningPostmaster(directory.cluster)
    if (code === 0 && running) return running
    // Another process may have been faster; what we began ourselves must not go on alone.
    await stopOrphan(launch)
    const log = await endOfLog(directory.log)
    if (attempt === ATTEMPTS || !isPassing(log, launch)) throw EmbeddedServerError.failed('start', log)
    await sleep(250)
  }
}

/**
 * Stops a server that no living process owns, if there is one.
 * @param onFound called before it is stopped
 * @throws EmbeddedServerError when a living process owns it
 */
export async function stopOrphan(launch: ClusterLaunch, onFound: () => void = () => undefined): Promise<void> {
  const running = await runningPostmaster(launch.directory.cluster)
  if (!running) return
  onFound()
  const lock = await adoptOrphan(launch.directory, running)
  if (!lock) return
  try {
    await stopCluster(launch)
  } finally {
    await lock.release()
  }
}

/** Ends every session and stops the server. */
export async function stopCluster({ directory, programs }: ClusterLaunch): Promise<void> {
  const args = ['stop', '-w', '-s', '-t', '60', '-m', 'fast', '-D', directory.cluster]
  const { code, output } = await runProgram(programs.pgCtl, args, directory.account)
  if (code !== 0 && (await runningPostmaster(directory.cluster))) throw EmbeddedServerError.failed('stop', output)
}

/** A port can be lost between choosing and using it; children of a killed server need a moment to go. */
function isPassing(log: string, { port }: ClusterLaunch): boolean {
  if (log.includes('pre-existing shared memory block')) return true
  return port === undefined && log.includes('could not bind')
}

async function configure({ directory, durable }: ClusterLaunch, port: number): Promise<void> {
  const { uid, gid } = directory.account
  const file = join(directory.cluster, SETTINGS_FILE)
  await writeFile(file, serverSettings({ port, durable }), { mode: 0o600 })
  if (uid !== undefined && gid !== undefined) await chown(file, uid, gid)
  await rename(directory.log, `${directory.log}.1`).catch(() => undefined)
}

async function endOfLog(file: string): Promise<string> {
  const log = await readFile(file, 'utf8').catch(() => '')
  return log.slice(-2_000)
}
