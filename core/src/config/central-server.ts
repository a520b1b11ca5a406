import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedServerStep, startEmbeddedServer } from '../embedded/embedded-server.ts'
import { EmbeddedServerError } from '../embedded/embedded-server-error.ts'
import { runningPostmaster } from '../embedded/running-postmaster.ts'
import type { Configuration } from './read-configuration.ts'

/** The PostgreSQL with the central database. */
export interface CentralServer {
  /** Connection string of the central database, which may not be there yet; holds the password. */
  readonly url: string
  /** Stops the embedded server; one of someone else is left alone. */
  stop(): Promise<void>
}

const EMBEDDED_DATABASE = 'mt_paas'

/** How the server is reached. */
export interface CentralServerOptions {
  /** Gets the steps of the embedded server's start. @default none */
  readonly onProgress?: (step: EmbeddedServerStep) => void
  /**
   * Whether an embedded server that another process runs is used for as long as that does, as a command does.
   * @default false
   */
  readonly attach?: boolean
}

/**
 * The configured server, or the embedded one, started in its folder of the data directory.
 * @throws EmbeddedServerError
 */
export async function centralServer(
  { centralUrl, dataDir }: Pick<Configuration, 'centralUrl' | 'dataDir'>,
  { onProgress = () => undefined, attach = false }: CentralServerOptions = {},
): Promise<CentralServer> {
  if (centralUrl) return { url: centralUrl.reveal(), stop: async () => undefined }
  const folder = join(dataDir, 'postgres')
  try {
    const server = await startEmbeddedServer({ dataDir: folder, onProgress })
    return { url: centralUrlOf(server.url), stop: () => server.stop() }
  } catch (error) {
    const inUse = error instanceof EmbeddedServerError && error.problem === 'in-use'
    const url = attach && inUse ? await runningServer(folder) : undefined
    if (url === undefined) throw error
    return { url: centralUrlOf(url), stop: async () => undefined }
  }
}

async function runningServer(folder: string): Promise<string | undefined> {
  const running = await runningPostmaster(join(folder, 'cluster'))
  const password = (await readFile(join(folder, 'password'), 'utf8')).trim()
  return running && `postgres://postgres:${password}@127.0.0.1:${running.port}/postgres`
}

function centralUrlOf(serverUrl: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${EMBEDDED_DATABASE}`
  return url.href
}
