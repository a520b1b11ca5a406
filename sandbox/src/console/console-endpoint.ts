import type { RequestFailure } from '@mt-paas/server'
import { normaliseError } from '@mt-paas/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import type { Context, Middleware } from 'koa'
import type { ConsoleContext } from './console-procedure.ts'
import { consoleRouter } from './console-router.ts'
import { isSameOrigin } from './same-origin-only.ts'

/** How {@link consoleEndpoint} serves. */
export interface ConsoleEndpointOptions {
  readonly createContext: (koa: Context) => ConsoleContext
  /** Gets every failure that is answered with a 5xx. */
  readonly onError: (failure: RequestFailure) => void
}

/** Path of the console's router over the tRPC protocol. */
export const CONSOLE_PATH = '/console/trpc'

const METHODS = ['GET', 'POST']
const MAX_BODY_SIZE = 1_048_576
const MAX_BATCH_SIZE = 50

/** Serves the console's router over the tRPC protocol, streams included, to pages of its own origin. */
export function consoleEndpoint({ createContext, onError }: ConsoleEndpointOptions): Middleware {
  return async function consoleEndpointMiddleware(koa, next) {
    if (!koa.path.startsWith(`${CONSOLE_PATH}/`)) return next()
    if (!METHODS.includes(koa.method)) return refuse(koa, 405, 'METHOD_NOT_ALLOWED')
    if (!isSameOrigin(koa)) return refuse(koa, 403, 'FORBIDDEN')
    koa.respond = false
    koa.res.statusCode = 200
    koa.res.setHeader('Cache-Control', 'no-store')
    koa.res.setHeader('X-Content-Type-Options', 'nosniff')
    await nodeHTTPRequestHandler({
      router: consoleRouter,
      req: koa.req,
      res: koa.res,
      path: koa.path.slice(CONSOLE_PATH.length + 1),
      maxBodySize: MAX_BODY_SIZE,
      maxBatchSize: MAX_BATCH_SIZE,
      createContext: async () => createContext(koa),
      onError({ error, path: operation }) {
        const failure = normaliseError(error)
        if (failure.status >= 500) onError({ error: failure, requestId: '', operation })
      },
    })
  }
}

const WORDS = {
  METHOD_NOT_ALLOWED: 'Method Not Allowed',
  FORBIDDEN: 'The console answers its own pages only',
} as const

function refuse(koa: Context, status: number, error: keyof typeof WORDS): void {
  const message = WORDS[error]
  koa.status = status
  if (status === 405) koa.set('Allow', METHODS.join(', '))
  koa.set('Content-Type', 'application/json')
  koa.body = JSON.stringify({ success: false, error, message, detail: message, details: null })
}
