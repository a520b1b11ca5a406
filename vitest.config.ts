import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { temporaryFolder } from './vitest.memory-folder.ts'

/** Files that take longest: begun first, they end beside the others and not after them. */
const LONG = [
  'page-screens',
  'packages',
  'kill',
  'step-faults',
  'sandbox-command',
  'fuzz',
  'admin-command',
  'page-deliveries',
  'fleet',
  'tenant-isolation',
  'setup-multi-tenant',
  'lifecycle-model',
].map((name) => `/${name}.test.ts`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONG.findIndex((name) => moduleId.endsWith(name))
      return index < 0 ? LONG.length : index
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

const folder = temporaryFolder(process.env)

export default defineConfig({
  // Packages import each other's source, as `node --conditions=mt-paas-source` does; workers get the same conditions.
  ssr: { resolve: { conditions: ['mt-paas-source', 'node'] } },
  test: {
    include: ['{server,client,core,sandbox}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    // Modules are loaded once a worker: nothing in them changes.
    isolate: false,
    // Most tests wait for PostgreSQL or the network: one worker more than cores keeps all of them busy.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // Programs that tests start again and again are compiled once.
    env: {
      TMPDIR: folder,
      // Removed with the folder; one that outlives the run would be of another version some day.
      ...(folder !== tmpdir() && { MT_TEMPORARY_SERVER_TEMPLATE: join(folder, 'postgres-template') }),
      NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/mt-paas/compiled/', import.meta.url)),
    },
    globalSetup: './vitest.memory-folder.ts',
    // Far beyond what a test takes: a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
