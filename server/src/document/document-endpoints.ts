import { createHash } from 'node:crypto'
import type { Context, Middleware, Next } from 'koa'
import { normaliseError, StandardApiError } from '../error/index.ts'
import { respondError, setApiHeaders } from '../http/respond.ts'
import { docsPage, docsScript } from './docs-page.ts'
import { swaggerAssets } from './swagger-assets.ts'

/** Options of {@link documentEndpoints}. */
export interface DocumentEndpointsOptions {
  /** Path in front of the endpoints, without a slash at its end. */
  readonly prefix: string
  /** Makes the document as JSON text, when it is first asked for. */
  readonly json: () => string
  /** Title of the page. */
  readonly title: string
}

interface Entity {
  readonly type: string
  readonly body: string | Buffer
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
}

const FRESH = { 'Cache-Control': 'no-cache' }
const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' }
const PAGE_HEADERS = {
  ...FRESH,
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}

const METHODS = 'GET, HEAD, OPTIONS'

/**
 * Serves the document at `<prefix>/openapi.json` and swagger-ui at `<prefix>/docs`, to anyone and without a request
 * to anywhere else. `/openapi.json` and `/docs` lead there unless another middleware answers them.
 */
export function documentEndpoints({ prefix, json, title }: DocumentEndpointsOptions): Middleware {
  const assets = swaggerAssets()
  const library = `docs/swagger-ui-${assets.version}`
  const script = 'docs/start.js'
  const page = docsPage({ title, library, script })
  const makers = new Map<string, () => Entity>([
    [`${prefix}/openapi.json`, () => entity('application/json', json(), FRESH)],
    [`${prefix}/docs`, () => entity('text/html; charset=utf-8', page, PAGE_HEADERS)],
    [`${prefix}/${script}`, () => entity('text/javascript; charset=utf-8', docsScript, FRESH)],
  ])
  const entities = new Map<string, Entity>()
  const libraryPath = `${prefix}/${library}/`
  const shortcuts = new Map(['/openapi.json', '/docs'].map((path) => [path, `${prefix}${path}`]))

  async function madeEntity(path: string): Promise<Entity | undefined> {
    const made = makers.get(path)?.() ?? (await libraryEntity(path))
    if (made) entities.set(path, made)
    return made
  }

  async function libraryEntity(path: string): Promise<Entity | undefined> {
    const asset = await assets.read(path.slice(libraryPath.length))
    return asset && entity(asset.type, asset.bytes, FOR_EVER)
  }

  async function answer(koa: Context, next: Next): Promise<void> {
    try {
      const found = entities.get(koa.path) ?? (await madeEntity(koa.path))
      if (found) return isRead(koa) ? respondEntity(koa, found) : refuseMethod(koa)
    } catch (thrown) {
      return respondError(koa, normaliseError(thrown))
    }
    return next()
  }

  async function redirect(koa: Context, next: Next, target: string): Promise<void> {
    await next()
    const unanswered = koa.status === 404 && koa.body === undefined && koa.respond !== false
    if (!unanswered || !isRead(koa)) return
    setApiHeaders(koa)
    koa.redirect(target)
  }

  return function documentMiddleware(koa: Context, next: Next): Promise<void> {
    const { path } = koa
    if (!path) return next()
    if (makers.has(path) || path.startsWith(libraryPath)) return answer(koa, next)
    const target = shortcuts.get(path)
    return target === undefined ? next() : redirect(koa, next, target)
  }
}

function entity(type: string, body: string | Buffer, headers: Readonly<Record<string, string>>): Entity {
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"`, headers }
}

function respondEntity(koa: Context, { type, body, etag, headers }: Entity): void {
  setApiHeaders(koa)
  for (const [name, value] of Object.entries(headers)) koa.res.setHeader(name, value)
  koa.res.setHeader('ETag', etag)
  koa.status = 200
  if (koa.fresh) {
    koa.status = 304
  } else {
    koa.res.setHeader('Content-Type', type)
    koa.body = body
  }
}

function refuseMethod(koa: Context): void {
  if (koa.req.method === 'OPTIONS') {
    setApiHeaders(koa)
    koa.res.setHeader('Allow', METHODS)
    koa.status = 204
  } else {
    respondError(koa, StandardApiError.methodNotAllowed(METHODS))
  }
}

function isRead({ req }: Context): boolean {
  return req.method === 'GET' || req.method === 'HEAD'
}
