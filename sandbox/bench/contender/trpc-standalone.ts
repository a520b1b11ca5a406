import type { Server } from 'node:http'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { createContext, trpcRouter } from './trpc-router.ts'

/** tRPC's own server over its own protocol. */
export function trpcStandalone(): Server {
  return createHTTPServer({ router: trpcRouter, createContext, basePath: '/mt/trpc/', maxBatchSize: 100 })
}
