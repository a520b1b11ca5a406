import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Packages import each other's source, as `node --conditions=mt-paas-source` does; workers get the same conditions.
  ssr: { resolve: { conditions: ['mt-paas-source', 'node'] } },
  test: {
    include: ['{server,client,core,sandbox}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    // Most tests wait for PostgreSQL or the network: one worker more than cores keeps all of them busy.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
