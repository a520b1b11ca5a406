import { StandardApiError } from '../error/index.ts'
import { isLoopbackAddress } from './public-address.ts'

/** An origin that callbacks may go to. */
export interface RegisteredOrigin {
  /** Such as `https://market.example.com`. */
  readonly origin: string
  /** It names this machine, as one does in development; only whoever runs the service can have meant that. */
  readonly isLoopback: boolean
}

/**
 * Reads an origin that the market registered.
 * @throws TypeError for text that is no http or https origin
 */
export function registeredOrigin(text: string): RegisteredOrigin {
  const url = URL.parse(text)
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === ''
  if (!isOrigin || url.username !== '' || url.password !== '') {
    throw new TypeError(`An origin of callbacks is like https://market.example.com: '${text}'`)
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return { origin: url.origin, isLoopback: host === 'localhost' || isLoopbackAddress(host) }
}

/**
 * Checks that a `callback_url` belongs to the market, before anything is started for it.
 * @param registered one origin, or each of several
 * @throws StandardApiError `INVALID_REQUEST`
 */
export function assertRegistered(url: string, registered: string | readonly string[]): void {
  const { protocol, origin, username, password } = URL.parse(url) ?? {}
  const origins = [registered].flat().map((one) => URL.parse(one)?.origin)
  // The origin of `blob:https://market.example.com/` is the market's, and leads nowhere.
  const isPlain = (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
  if (isPlain && origin !== undefined && origins.includes(origin)) return
  throw StandardApiError.invalidRequest([
    { loc: ['body', 'callback_url'], message: 'The origin is not the registered one' },
  ])
}
