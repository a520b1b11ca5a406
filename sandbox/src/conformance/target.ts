import type { CallbackReceiver } from './callback-receiver.ts'

/** Which service is looked at, and how it wants to be called. */
export interface Target {
  /** Without a slash at its end. */
  readonly url: string
  /** Path in front of the standard endpoints. */
  readonly prefix: string
  readonly apiKey: string
  /** Header of the key on the standard endpoints. */
  readonly apiKeyHeader: string
  /** Path that takes the market's webhook. */
  readonly webhookPath: string
  /** A tenant with data, which checks on numbers read and never change. */
  readonly readTenant: string | undefined
  /** What the market signs its webhooks with; undefined when it does not. */
  readonly webhookSecret: string | undefined
  /** Where callbacks are awaited; undefined when none are. */
  readonly callbacks: CallbackTarget | undefined
}

/** How callbacks of the service are awaited and judged. */
export interface CallbackTarget {
  /** The service has to know its origin as the market's. */
  readonly receiver: CallbackReceiver
  /** Key that the service sends. @default not looked at */
  readonly serviceKey?: string | undefined
  /** What the service signs with. @default not looked at */
  readonly secret?: string | undefined
  /** How long a callback may take, ms, retries included. @default 15_000 */
  readonly patience?: number | undefined
  /** How long to wait for one that should not come, ms. @default 7_000 */
  readonly quiet?: number | undefined
  /** Resolves when the service has nothing more to send, where that is known. @default `quiet` has to pass */
  readonly settled?: (() => Promise<void>) | undefined
}

/** Header of the key on the compat endpoints. */
export const COMPAT_KEY_HEADER = 'X-API-Key'

/** Path in front of the compat endpoints. */
export const COMPAT_PREFIX = '/api/tenant'

/** The service cannot be looked at; says why. */
export class TargetError extends Error {
  readonly reason: 'not-a-url' | 'not-loopback' | 'unreachable'
  readonly place: string

  private constructor(reason: TargetError['reason'], place: string, message: string) {
    super(message)
    this.name = 'TargetError'
    this.reason = reason
    this.place = place
  }

  static notAUrl(place: string): TargetError {
    return new TargetError('not-a-url', place, `Not an http or https URL: ${place}`)
  }

  static notLoopback(place: string): TargetError {
    const why = 'checks make and remove tenants; allow other hosts with allowRemote: true'
    return new TargetError('not-loopback', place, `${place} is not on this computer: ${why}`)
  }

  static unreachable(place: string, reason: string): TargetError {
    return new TargetError('unreachable', place, `${place} does not answer: ${reason}`)
  }
}

/**
 * The base address of a service, without a slash at its end.
 * @throws TargetError for other text than an http URL, and for hosts that are not this computer unless allowed
 */
export function baseUrlOf(text: string, { allowRemote }: { readonly allowRemote: boolean }): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) throw TargetError.notAUrl(text)
  if (!allowRemote && !isLoopback(url.hostname)) throw TargetError.notLoopback(url.host)
  return url.href.replace(/\/+$/, '')
}

/** Names of other computers may resolve to this one; only what can mean nothing else counts. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
