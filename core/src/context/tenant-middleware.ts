import { type TenantContextOptions, tenantContext } from '@mt-paas/server'
import { DatabaseGoneError } from '../error/connection-errors.ts'
import type { OpenRequests } from './open-requests.ts'
import { RequestTenant } from './request-tenant.ts'

/** Koa middleware, as `tenantContext` makes it. */
export type TenantMiddleware = ReturnType<typeof tenantContext>

/** The part of a Koa application that is needed. */
export interface TenantApp {
  use(middleware: TenantMiddleware): unknown
}

/** How {@link tenantMiddleware} finds the tenants of requests. */
export interface TenantMiddlewareOptions extends TenantContextOptions<RequestTenant> {
  readonly lookup: NonNullable<TenantContextOptions<RequestTenant>['lookup']>
  /** Forgets what is known of a tenant. */
  readonly invalidate: (id: string) => void
  readonly requests: OpenRequests
}

/** Paths whose procedures are told their tenant, and work on tenants that no request may use. */
const OWN_PATHS = ['/mt', '/api/tenant']
const OPEN_PATHS = ['/health', '/docs', '/openapi.json', '/redoc', '/favicon.ico']

/**
 * `tenantContext`, and what a request holds of its tenant's database is given back when its answer has ended. A
 * database that is gone makes the tenant looked up again, and the answer says what became of it.
 */
export function tenantMiddleware(options: TenantMiddlewareOptions): TenantMiddleware {
  const { invalidate, requests, ...given } = options
  const context = { exclude: [...OPEN_PATHS, ...OWN_PATHS], ...given }
  const identify = tenantContext(context)
  return async function tenantOfRequest(ctx, next) {
    requests.add(ctx.res)
    try {
      await identify(ctx, () => {
        endWith(ctx.res, ctx.state.tenant)
        return next()
      })
    } catch (error) {
      const tenant: unknown = ctx.state.tenant
      if (!isGone(error) || !(tenant instanceof RequestTenant) || ctx.headerSent) throw error
      invalidate(tenant.id)
      await lookAgain(context, error)(ctx, next)
    }
  }
}

/** Answers with what the tenant's state is now, or else with the error. */
function lookAgain(context: Omit<TenantMiddlewareOptions, 'invalidate' | 'requests'>, error: Error): TenantMiddleware {
  return tenantContext({
    ...context,
    async lookup(id, options) {
      const found = await context.lookup(id, options)
      if (found) throw error
      return found
    },
  })
}

function endWith(response: Parameters<OpenRequests['add']>[0], tenant: unknown): void {
  if (!(tenant instanceof RequestTenant)) return
  const end = () => void tenant.end().catch(() => undefined)
  if (response.closed) end()
  else response.once('close', end)
}

function isGone(error: unknown): error is Error {
  return error instanceof DatabaseGoneError || (error instanceof Error && isGone(error.cause))
}
