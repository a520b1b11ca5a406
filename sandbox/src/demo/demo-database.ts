import { join } from 'node:path'
import { type EmbeddedServerStep, startEmbeddedServer } from '@mt-paas/core'
import type { Dictionary } from '../text/index.ts'
import { DemoError } from './demo-error.ts'
import type { Progress } from './progress.ts'

/** The PostgreSQL that the demo works on. */
export interface DemoDatabase {
  /** Connection string of the central database. */
  readonly centralUrl: string
  /** Whether it is a server of someone else. */
  readonly external: boolean
  /** Stops the embedded server; another one is left alone. */
  stop(): Promise<void>
}

/** Where the demo's PostgreSQL is. */
export interface DemoDatabaseOptions {
  readonly dataDir: string
  /** A server to use in place of the embedded one. */
  readonly centralUrl: string | undefined
  readonly text: Dictionary
  readonly progress: Progress
}

const CENTRAL_DATABASE = 'mt_paas'

/** Starts the embedded PostgreSQL, unless there is another to use. */
export async function demoDatabase(options: DemoDatabaseOptions): Promise<DemoDatabase> {
  const { dataDir, centralUrl, text, progress } = options
  if (centralUrl) return { centralUrl, external: true, stop: async () => undefined }
  try {
    const server = await startEmbeddedServer({
      dataDir: join(dataDir, 'postgres'),
      onProgress: (step) => announce(step, text, progress),
    })
    progress.done(text.demo.databaseReady(server.port))
    const central = new URL(server.url)
    central.pathname = `/${CENTRAL_DATABASE}`
    return { centralUrl: central.href, external: false, stop: () => server.stop() }
  } catch (error) {
    throw DemoError.ofDatabase(text, error)
  }
}

function announce(step: EmbeddedServerStep, { demo }: Dictionary, progress: Progress): void {
  if (step === 'initialising') progress.begin(demo.initialisingDatabase)
  if (step === 'recovering') progress.begin(demo.recoveringDatabase)
  if (step === 'starting') progress.begin(demo.startingDatabase)
}
