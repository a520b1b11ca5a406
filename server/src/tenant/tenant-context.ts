import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'
import type { Context, Middleware } from 'koa'
import { normaliseError, StandardApiError, TenantNotFoundError } from '../error/index.ts'
import { requestIdOf } from '../http/request-id.ts'
import { respondError } from '../http/respond.ts'
import { splitTarget } from '../rest/request-target.ts'
import { runWithTenant } from './current-tenant.ts'
import { type PathSegments, pathSegments, startsWith } from './path-segments.ts'
import type { TenantContext } from './tenant.ts'
import { type TenantContextOptions, type TenantContextSettings, tenantContextSettings } from './tenant-options.ts'
import { readSource, type TenantRequest } from './tenant-sources.ts'

/**
 * Koa middleware that finds the tenant of a request, puts it in `ctx.state.tenant`, and runs everything after it so that
 * `currentTenant()` is that tenant, also while a streamed body is read. Requests it refuses are answered here
 * with the error body of the contract; errors of later middleware pass through.
 * @throws TypeError at creation, for an option that makes no sense
 */
export function tenantContext<TTenant extends TenantContext = TenantContext>(
  options: TenantContextOptions<TTenant> = {},
): Middleware {
  const settings = tenantContextSettings(options)
  return async function identifyTenant(koa, next) {
    let tenant: TenantContext | undefined
    try {
      tenant = await tenantOf(koa, settings)
    } catch (thrown) {
      refuse(koa, thrown, settings)
      return
    }
    koa.state.tenant = tenant
    // also without a tenant: nothing from outside, such as a server started inside of a tenant's job, shines through
    await runWithTenant(tenant, async () => {
      await next()
      bindReads(koa.body)
    })
  }
}

async function tenantOf(koa: Context, settings: TenantContextSettings): Promise<TenantContext | undefined> {
  const { path, query } = splitTarget(koa.url)
  const segments = pathSegments(path)
  if (isExcluded(segments, settings.exclude)) return undefined
  // the same URL is another answer for another tenant, which a cache has to know
  if (settings.sources.includes('header')) koa.vary(settings.header)
  const id = await tenantIdOf({ koa, segments, query }, settings)
  if (id !== undefined) return lookUp(id, koa, settings)
  if (settings.required) throw StandardApiError.tenantRequired()
  return undefined
}

/** A path that a router could resolve to somewhere else is never excluded. */
function isExcluded(segments: PathSegments, exclude: TenantContextSettings['exclude']): boolean {
  return (
    exclude.some((prefix) => startsWith(segments, prefix)) &&
    segments.every((segment) => segment !== undefined && !/[/\\]/.test(segment))
  )
}

async function tenantIdOf(request: TenantRequest, settings: TenantContextSettings): Promise<string | undefined> {
  let found: string | undefined
  for (const source of settings.sources) {
    for (const text of readSource(source, request, settings)) {
      const id = await settings.tenantIdOf(text, source)
      if (id === undefined) continue
      if (settings.onConflict === 'first') return id
      if (found !== undefined && found !== id) throw StandardApiError.tenantMismatch()
      found = id
    }
  }
  return found
}

async function lookUp(id: string, { res }: Context, { lookup }: TenantContextSettings): Promise<TenantContext> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  if (res.destroyed) abort()
  res.once('close', abort)
  try {
    const tenant = await lookup(id, { signal: controller.signal })
    if (!tenant) throw new TenantNotFoundError(id)
    return tenant
  } finally {
    res.off('close', abort)
  }
}

function refuse(koa: Context, thrown: unknown, { onError }: TenantContextSettings): void {
  const error = normaliseError(thrown)
  const callerLeft = koa.res.destroyed && thrown instanceof Error && thrown.name === 'AbortError'
  if (error.status === 500 && !callerLeft) onError(error.cause ?? error, { requestId: requestIdOf(koa) })
  respondError(koa, error)
}

/** Koa reads a streamed body after the last middleware, when the run is over. */
function bindReads(body: unknown): void {
  if (body instanceof Readable) body._read = AsyncLocalStorage.bind(body._read)
}
