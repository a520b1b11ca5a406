import type { Middleware } from 'koa'

const LOCAL = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/**
 * Refuses requests that a browser makes for a page from elsewhere: the simulator has no password, and any page could
 * otherwise let it send webhooks. A host name that is not this machine's is refused while it listens here only.
 */
export function ownPagesOnly(): Middleware {
  return async function ownPagesOnlyMiddleware(koa, next) {
    const origin = koa.get('Origin')
    const from = origin === '' ? undefined : URL.parse(origin)?.hostname
    const isForeign = origin !== '' && (from === undefined || !LOCAL.test(from))
    const host = URL.parse(`http://${koa.get('Host') || 'localhost'}`)?.hostname ?? ''
    if (!isForeign && LOCAL.test(host)) return next()
    const message = 'The simulator answers pages and programs of this machine only'
    koa.status = 403
    koa.set('Content-Type', 'application/json')
    koa.body = JSON.stringify({ success: false, error: 'FORBIDDEN', message, detail: message, details: null })
  }
}
