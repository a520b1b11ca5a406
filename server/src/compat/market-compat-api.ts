import type { Context, Middleware, Next } from 'koa'
import compose from 'koa-compose'
import { type ApiOptions, resolveApiOptions } from '../api/api-options.ts'
import { normaliseError } from '../error/index.ts'
import { type BoundHandler, bindHandler, type HandlerContext, type StandardHandler } from '../handler/index.ts'
import { Arrival } from '../http/arrival.ts'
import { Exchange } from '../http/exchange.ts'
import { respondError, respondJson } from '../http/respond.ts'
import { restProjection } from '../rest/index.ts'
import { CallContext, createStandardContext, type StandardContext } from '../router/standard-context.ts'
import { type ApplicationStore, memoryApplicationStore } from './application-store.ts'
import { compatRouter } from './compat-router.ts'
import { type OnApplicationApproved, provisionApplication } from './provision-application.ts'
import type { WebhookGate } from './webhook-gate.ts'
import { type CallbackOptions, receivedWebhooks, sentCallbacks, type WebhookOptions } from './webhook-options.ts'

/** Options of `marketCompatApi`. */
export interface MarketCompatOptions extends Omit<ApiOptions, 'userTokens'> {
  /** Where applied tenants are remembered. @default in memory, until the process ends */
  readonly applications?: ApplicationStore
  /** How signed webhooks are verified. @default by `MT_WEBHOOK_SECRET`; without it, signatures are not looked at */
  readonly webhook?: WebhookOptions
  /** How outcomes are reported. @default by `MT_CALLBACK_ORIGINS`, `…_KEY`, `…_SECRET`; without origins, not at all */
  readonly callback?: CallbackOptions
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
 * @throws TypeError for a secret or an origin that is none
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
  const source = { env: options.env ?? process.env, maxBodySize, now }
  const gate = receivedWebhooks(options.webhook, source)
  const callbacks = sentCallbacks(options.callback, source)
  const router = compatRouter({ store, onApplicationApproved, gate, callbacks, now })
  const createContext = admittedContext(createStandardContext({ handler: bound, authenticator }), gate)
  return compose([rootHealth(bound), restProjection(router, { prefix, createContext, maxBodySize, onError })])
}

const ANONYMOUS = Object.freeze({ kind: 'anonymous' } as const)

/** The classic tester looks for health at the root, without a key. */
function rootHealth(handler: BoundHandler): Middleware {
  return async function rootHealthMiddleware(koa: Context, next: Next): Promise<void> {
    const isHealth = koa.url === '/health' || koa.url.startsWith('/health?')
    if (!isHealth || (koa.method !== 'GET' && koa.method !== 'HEAD')) return next()
    const ctx = new CallContext(new Exchange(Arrival.at(koa)), ANONYMOUS, undefined)
    try {
      respondJson(koa, 200, JSON.stringify(await handler.checkHealth({ input: {}, ctx })))
    } catch (thrown) {
      respondError(koa, normaliseError(thrown))
    }
  }
}

/** Signatures are verified after the key and before the body is parsed; every mutation of these paths is a webhook. */
function admittedContext(create: (exchange: Exchange) => StandardContext, gate: WebhookGate | undefined) {
  if (!gate) return create
  return function contextOfAdmitted(exchange: Exchange): StandardContext {
    const context = create(exchange)
    const { method } = exchange.arrival.req
    if (method === 'GET' || method === 'HEAD') return context
    return {
      ...context,
      async authenticate() {
        const caller = await context.authenticate()
        await gate.admit(exchange)
        return caller
      },
    }
  }
}
