import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedServer } from './embedded-server.ts'

/** A PostgreSQL for one test file. */
export interface TemporaryServer {
  /** Connection string of the superuser. */
  readonly url: string
  /** Stops the server and removes its data. */
  stop(): Promise<void>
}

/** Starts an empty PostgreSQL in a folder of its own, on a free port, fast rather than durable: for tests. */
export async function startTemporaryServer(): Promise<TemporaryServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mt-paas-'))
  const server = await startEmbeddedServer({ dataDir, durable: false })
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
