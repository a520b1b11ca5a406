import { join } from 'node:path'
import { type EmbeddedServerStep, startEmbeddedServer } from '@mt-paas/core'
import type { Dictionary } from '../text/index.ts'
import { LocalMarketError } from './local-market-error.ts'
import type { Progress } from './progress.ts'

/** The PostgreSQL server that services work on. */
export interface Postgres {
  /** Connection string of one of its databases. */
  readonly urlOf: (database: string) => string
  /** Whether it is a server of someone else. */
  readonly isExternal: boolean
  /** Stops the embedded server; another one is left alone. */
  stop(): Promise<void>
}

/** Where the server is. */
export interface PostgresOptions {
  readonly dataDir: string
  /** A server to use in place of the embedded one. */
  readonly centralUrl: string | undefined
  readonly text: Dictionary
  readonly progress: Progress
  /** Port of the embedded server. @default a free one */
  readonly port?: number
}

/**
 * Starts the embedded PostgreSQL, unless there is another to use.
 * @throws LocalMarketError
 */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, centralUrl, text, progress, port = 0 } = options
  if (centralUrl) return { urlOf: databasesOf(centralUrl), isExternal: true, stop: async () => undefined }
  try {
    const server = await startEmbeddedServer({
      dataDir: join(dataDir, 'postgres'),
      port,
      onProgress: (step) => announce(step, text, progress),
    })
    progress.done(text.sandbox.databaseReady(server.port))
    return { urlOf: databasesOf(server.url), isExternal: false, stop: () => server.stop() }
  } catch (error) {
    throw LocalMarketError.ofDatabase(text, error)
  }
}

function databasesOf(serverUrl: string) {
  return (database: string) => {
    const url = new URL(serverUrl)
    url.pathname = `/${database}`
    return url.href
  }
}

function announce(step: EmbeddedServerStep, { sandbox }: Dictionary, progress: Progress): void {
  if (step === 'initialising') progress.begin(sandbox.initialisingDatabase)
  if (step === 'recovering') progress.begin(sandbox.recoveringDatabase)
  if (step === 'starting') progress.begin(sandbox.startingDatabase)
}
