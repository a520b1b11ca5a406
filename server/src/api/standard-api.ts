import type { AnyTRPCRouter } from '@trpc/server'
import type { Middleware } from 'koa'
import compose from 'koa-compose'
import { documentEndpoints, openApiDocument } from '../document/index.ts'
import { normaliseError } from '../error/index.ts'
import {
  type BoundHandler,
  bindHandler,
  bindLifecycleHandler,
  type HandlerContext,
  type LifecycleHandler,
  type StandardHandler,
} from '../handler/index.ts'
import { directAnswerOf, withDirectAnswer } from '../http/direct-answer.ts'
import { jsonNotFound } from '../http/json-not-found.ts'
import { restProjection } from '../rest/index.ts'
import { createStandardContext } from '../router/standard-context.ts'
import { lifecycleRouter, standardRouter } from '../router/standard-router.ts'
import { type ResolvedApiOptions, resolveApiOptions, type StandardApiOptions } from './api-options.ts'
import { rpcEndpoint } from './rpc-endpoint.ts'

const DEFAULTS = { prefix: '/mt', apiKeyHeader: 'X-Market-API-Key', missingKeyAnswer: 'internal' } as const

/**
 * Serves a handler as the Standard API v2 on Koa: REST below the prefix, the tRPC protocol at `<prefix>/trpc`, the
 * OpenAPI document at `<prefix>/openapi.json` and a page to read it at `<prefix>/docs`. What no other middleware of the
 * application answers is a 404 in JSON.
 * @throws Error naming the variable when authentication is required and no key is configured
 */
export function standardApi(handler: StandardHandler, options: StandardApiOptions = {}): Middleware {
  const settings = resolveApiOptions(options, DEFAULTS)
  const document = documentOf(standardRouter, handler, { ...options, ...settings })
  return mount(standardRouter, bindHandler(handler, bindOptions(settings)), { ...settings, document })
}

/** Serves a handler of version 1: health, activation, deactivation, status and usage. Otherwise as {@link standardApi}. */
export function lifecycleApi(handler: LifecycleHandler, options: StandardApiOptions = {}): Middleware {
  const settings = resolveApiOptions({ title: 'Standard API v1', ...options }, DEFAULTS)
  const document = documentOf(lifecycleRouter, handler, { ...options, ...settings })
  return mount(lifecycleRouter, bindLifecycleHandler(handler, bindOptions(settings)), { ...settings, document })
}

function mount<TRouter extends AnyTRPCRouter>(
  router: TRouter,
  handler: BoundHandler,
  options: ResolvedApiOptions & { readonly document: Middleware },
): Middleware {
  const { prefix, authenticator, idempotency, maxBodySize, onError, document } = options
  const createContext = createStandardContext({ handler, authenticator, idempotency })
  const rpc = rpcEndpoint(router, { path: `${prefix}/trpc`, createContext, maxBodySize, onError })
  const rest = restProjection(router, { prefix, createContext, maxBodySize, onError })
  const [answerRpc, answerRest] = [directAnswerOf(rpc), directAnswerOf(rest)]
  const middleware = compose([jsonNotFound(), rpc, document, rest])
  return withDirectAnswer(middleware, (arrival) => answerRpc?.(arrival) ?? answerRest?.(arrival))
}

/** Endpoints of the document, which says what the options make of the API. */
function documentOf(
  router: AnyTRPCRouter,
  { serviceVersion }: LifecycleHandler,
  options: StandardApiOptions & ResolvedApiOptions,
): Middleware {
  const { title, prefix, apiKeyHeader, maxBodySize, requireAuth = true } = options
  const document = () =>
    openApiDocument(router, {
      title,
      prefix,
      apiKeyHeader,
      maxBodySize,
      requireAuth,
      userTokens: options.userTokens !== undefined,
      idempotent: options.idempotency !== undefined,
      ...(serviceVersion !== undefined && { version: serviceVersion }),
    })
  return documentEndpoints({ prefix, title, json: () => JSON.stringify(document()) })
}

function bindOptions({ now, onError }: ResolvedApiOptions) {
  return {
    now,
    onHookError: (thrown: unknown, { requestId }: HandlerContext) =>
      onError({ error: normaliseError(thrown), requestId, operation: 'hook' }),
  }
}
