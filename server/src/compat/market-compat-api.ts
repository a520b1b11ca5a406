import type { Context, Middleware, Next } from 'koa'
import compose from 'koa-compose'
import { type ApiOptions, resolveApiOptions } from '../api/api-options.ts'
import { normaliseError } from '../error/index.ts'
import { type BoundHandler, bindHandler, type HandlerContext, type StandardHandler } from '../handler/index.ts'
import { Exchange } from '../http/exchange.ts'
import { respondError, respondJson } from '../http/respond.ts'
import { restProjection } from '../rest/index.ts'
import { CallContext, createStandardContext } from '../router/standard-context.ts'
import { type ApplicationStore, memoryApplicationStore } from './application-store.ts'
import { compatRouter } from './compat-router.ts'
import { type OnApplicationApproved, provisionApplication } from './provision-application.ts'

/** Options of `marketCompatApi`. */
export interface MarketCompatOptions extends Omit<ApiOptions, 'userTokens'> {
  /** Where applied tenants are remembered. @default in memory, until the process ends */
  readonly applications?: ApplicationStore
}

/** A handler that may treat applications in its own way. */
export type CompatHandler = StandardHandler & {
  /** What to do with an approved application. @default a tenant is activated, or the applicant's is reused */
  readonly onApplicationApproved?: OnApplicationApproved
}

const DEFAULTS = { prefix: '/api/tenant', apiKeyHeader: 'X-API-Key', missingKeyAnswer: 'unauthorized' } as const

/**
 * Serves the predecessors' paths below `/api/tenant` and the root `/health`: webhooks of the market in every shape it
 * sends, and the old reads. Authentication cannot be switched off.
 * @throws Error naming the variable when no key is configured
 */
export function marketCompatApi(handler: CompatHandler, options: MarketCompatOptions = {}): Middleware {
  const { prefix, now, onError, authenticator, maxBodySize } = resolveApiOptions(
    { ...options, requireAuth: true },
    DEFAULTS,
  )
  const store = options.applications ?? memoryApplicationStore()
  const onHookError = (thrown: unknown, { requestId }: HandlerContext) =>
    onError({ error: normaliseError(thrown), requestId, operation: 'hook' })
  const bound = bindHandler(handler, { now, onHookError })
  const onApplicationApproved =
    handler.onApplicationApproved?.bind(handler) ??
    provisionApplication({ handler: bound, baseUrl: handler.baseUrl, store, now })
  const router = compatRouter({ store, onApplicationApproved })
  const createContext = createStandardContext({ handler: bound, authenticator })
  return compose([rootHealth(bound), restProjection(router, { prefix, createContext, maxBodySize, onError })])
}

const ANONYMOUS = Object.freeze({ kind: 'anonymous' } as const)

/** The classic tester looks for health at the root, without a key. */
function rootHealth(handler: BoundHandler): Middleware {
  return async function rootHealthMiddleware(koa: Context, next: Next): Promise<void> {
    const isHealth = koa.url === '/health' || koa.url.startsWith('/health?')
    if (!isHealth || (koa.method !== 'GET' && koa.method !== 'HEAD')) return next()
    const ctx = new CallContext(new Exchange(koa), ANONYMOUS, undefined)
    try {
      respondJson(koa, 200, JSON.stringify(await handler.checkHealth({ input: {}, ctx })))
    } catch (thrown) {
      respondError(koa, normaliseError(thrown))
    }
  }
}
