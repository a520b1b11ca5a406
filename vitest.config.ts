import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

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
    // Far beyond what a test takes: a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
