import type { Exchange } from '@mt-paas/server'

/** Whether a browser made the request for a page of this very address, or it was no browser. */
export function isSameOrigin(koa: Exchange['koa']): boolean {
  const site = koa.get('Sec-Fetch-Site')
  if (site !== '' && site !== 'same-origin' && site !== 'none') return false
  const origin = koa.get('Origin')
  return origin === '' || URL.parse(origin)?.host === koa.get('Host').toLowerCase()
}
