import { retryAfterMs } from '../contract/index.ts'
import { type GuardedAnswer, type GuardedFetchOptions, guardedFetch } from './guarded-fetch.ts'
import { assertRegistered } from './registered-origin.ts'
import { signCallback } from './sign-callback.ts'

/** How one attempt to deliver a callback is made. */
export interface SendCallbackOptions
  extends Pick<GuardedFetchOptions, 'allowLoopback' | 'allowPrivate' | 'resolve' | 'signal'> {
  /** Stays the same over all attempts of one delivery. */
  readonly id: string
  /** Origins the market registered, such as `https://market.example.com`; keys go nowhere else. */
  readonly registeredOrigin: string | readonly string[]
  /** The service's key, sent as `X-Service-API-Key`. @default none */
  readonly apiKey?: string
  /** Secrets to sign with, new and old while they are exchanged. @default unsigned */
  readonly secrets?: readonly string[]
  /** The clock. @default the system's */
  readonly now?: () => Date
  /** Deadline of the attempt, ms. @default 10_000 */
  readonly timeout?: number
}

/** What became of an attempt: delivered, to be tried again (not before `retryAfter` ms), or given up for good. */
export interface CallbackAttempt {
  readonly outcome: 'delivered' | 'failed' | 'stopped'
  readonly status: number
  /** ms the receiver asks to wait, null when it does not say. */
  readonly retryAfter: number | null
  /** Answer of the receiver, at most 64 kB. */
  readonly body: string
}

/**
 * Posts a callback to the market once. 2xx is delivered, 410 stops, anything else, redirects included, failed.
 * @throws StandardApiError `INVALID_REQUEST` when the URL is not below the registered origin
 * @throws GuardedFetchError when the URL leads to no public host, or nobody answers
 */
export async function sendCallback(
  url: string,
  payload: Readonly<Record<string, unknown>>,
  options: SendCallbackOptions,
): Promise<CallbackAttempt> {
  const { id, registeredOrigin, apiKey, secrets, now = () => new Date() } = options
  const { timeout = 10_000, allowLoopback = false, allowPrivate = false, resolve, signal } = options
  assertRegistered(url, registeredOrigin)
  const body = JSON.stringify(payload)
  const answer = await guardedFetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      ...(apiKey !== undefined && { 'x-service-api-key': apiKey }),
      ...(secrets && signCallback({ id, timestamp: now(), body, secrets })),
    },
    timeout,
    allowLoopback,
    allowPrivate,
    ...(resolve && { resolve }),
    ...(signal && { signal }),
  })
  return attemptOf(answer, now())
}

function attemptOf({ status, headers, body }: GuardedAnswer, now: Date): CallbackAttempt {
  const delivered = status >= 200 && status < 300
  return {
    outcome: delivered ? 'delivered' : status === 410 ? 'stopped' : 'failed',
    status,
    retryAfter: retryAfterMs(headers['retry-after'], now),
    body: body.toString('utf8'),
  }
}
