import { extname } from 'node:path'
import type { Context, Middleware } from 'koa'
import { NOT_BUILT } from './not-built-page.ts'
import type { PageFile } from './page-files.ts'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
const YEAR = 31_536_000

/**
 * Serves the page. Paths that look like no file are places within it for whoever navigates to them in a browser;
 * programs get from the same paths what they always did.
 */
export function pageEndpoint(files: ReadonlyMap<string, PageFile>): Middleware {
  return async function pageEndpointMiddleware(koa, next) {
    if (koa.method !== 'GET' && koa.method !== 'HEAD') return next()
    const file = files.get(koa.path.slice(1))
    if (file && koa.path !== '/index.html') return send(koa, file)
    if (!isPlace(koa)) return next()
    const index = files.get('index.html')
    if (index) return send(koa, index)
    headers(koa)
    koa.status = 503
    koa.type = 'text/html; charset=utf-8'
    koa.body = NOT_BUILT
  }
}

/** A browser that goes to a path which may be a screen; what is below `/console/` never is. */
function isPlace(koa: Context): boolean {
  const mode = koa.get('Sec-Fetch-Mode')
  if (mode !== '' && mode !== 'navigate') return false
  if (!koa.get('Accept').includes('text/html') || koa.path.startsWith('/console/')) return false
  // Ids of tenants may have dots.
  return extname(koa.path) === '' || koa.path.startsWith('/tenants/')
}

function headers(koa: Context): void {
  koa.set('Content-Security-Policy', POLICY)
  koa.set('X-Content-Type-Options', 'nosniff')
  koa.set('Referrer-Policy', 'no-referrer')
  koa.set('Cross-Origin-Opener-Policy', 'same-origin')
  koa.set('Cross-Origin-Resource-Policy', 'same-origin')
  koa.set('Cache-Control', 'no-store')
}

function send(koa: Context, file: PageFile): void {
  headers(koa)
  koa.set('ETag', file.etag)
  koa.set('Vary', 'Accept-Encoding')
  koa.set('Cache-Control', file.isHashed ? `public, max-age=${YEAR}, immutable` : 'no-cache')
  if (
    koa
      .get('If-None-Match')
      .split(/\s*,\s*/)
      .some((one) => one === file.etag || one === `W/${file.etag}`)
  ) {
    koa.status = 304
    return
  }
  const [encoding, body] = bodyFor(koa, file)
  if (encoding) koa.set('Content-Encoding', encoding)
  koa.status = 200
  koa.set('Content-Type', file.type)
  koa.length = body.length
  koa.body = body
}

/** Browsers name gzip first and mean nothing by it. */
function bodyFor(koa: Context, { br, gzip, body }: PageFile): readonly [string | null, Buffer] {
  if (br && koa.acceptsEncodings('br')) return ['br', br]
  if (gzip && koa.acceptsEncodings('gzip')) return ['gzip', gzip]
  return [null, body]
}
