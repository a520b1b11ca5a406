import { createHash, randomUUID } from 'node:crypto'
import { validateHeaderValue } from 'node:http'
import { LONGEST_RETRY_AFTER, type ProvisionCallback, RETRY_SCHEDULE } from '../contract/index.ts'
import { StandardApiError } from '../error/index.ts'
import type { CallbackQueue, KeptAttempt, QueuedCallback } from './callback-queue.ts'
import type { GuardedFetchOptions } from './guarded-fetch.ts'
import { GuardedFetchError } from './guarded-fetch-error.ts'
import { memoryCallbackQueue } from './memory-callback-queue.ts'
import { assertRegistered, registeredOrigin } from './registered-origin.ts'
import { type CallbackAttempt, sendCallback } from './send-callback.ts'
import { signingSecrets } from './verify-webhook.ts'

/** A callback after an attempt, and what becomes of it: it waits for the next one unless it is over. */
export interface CallbackProgress {
  readonly callback: QueuedCallback
  readonly state: 'delivered' | 'waiting' | 'stopped' | 'given_up'
}

/** How callbacks are sent. */
export interface CallbackSenderOptions extends Pick<GuardedFetchOptions, 'allowPrivate' | 'resolve' | 'timeout'> {
  /** Origins that the market registered, such as `https://market.example.com`; no callback goes anywhere else. */
  readonly origins: readonly string[]
  /** The service's key, sent as `X-Service-API-Key`. @default none */
  readonly serviceKey?: string | undefined
  /** Secrets to sign with, new and old while they are exchanged. @default unsigned */
  readonly secrets?: readonly string[] | undefined
  /** Keeps what waits for its next attempt. @default timers of this process, which end with it */
  readonly queue?: CallbackQueue | undefined
  /** Waits before each attempt, ms. @default 0 s, 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h */
  readonly schedule?: readonly number[] | undefined
  /** Sees every attempt. @default nobody */
  readonly onAttempt?: ((progress: CallbackProgress) => void) | undefined
  /** Makes unique ids. @default random UUIDs */
  readonly newId?: (() => string) | undefined
  readonly now: () => Date
}

/** Sends callbacks to the market until they arrive. */
export interface CallbackSender {
  /**
   * Checks a `callback_url` before anything is started for it.
   * @throws StandardApiError `INVALID_REQUEST` when it is not below a registered origin
   */
  assertAllowed(url: string): void
  /** Resolves when the queue has the callback. `cause` names what it answers, so that the same cause has one id. */
  send(url: string, payload: ProvisionCallback, cause?: string): Promise<void>
}

/**
 * A sender of callbacks; it works the queue from now on.
 * @throws TypeError for an origin or a secret that is none
 */
export function callbackSender(options: CallbackSenderOptions): CallbackSender {
  const { serviceKey, secrets, allowPrivate = false, resolve, timeout, now, onAttempt, newId = randomUUID } = options
  const { queue = memoryCallbackQueue(), schedule = RETRY_SCHEDULE } = options
  const registered = options.origins.map(registeredOrigin)
  const origins = registered.map(({ origin }) => origin)
  if (origins.length === 0) throw new TypeError('Callbacks need the origins that the market registered')
  if (serviceKey !== undefined) assertKey(serviceKey)
  if (secrets) signingSecrets(secrets)

  /** Null when the receiver has been asked often enough. */
  function waitAfter(made: number, retryAfter: number | null): number | null {
    const wait = schedule[made]
    return wait === undefined ? null : Math.max(wait, Math.min(retryAfter ?? 0, LONGEST_RETRY_AFTER))
  }

  function post({ id, url, payload }: QueuedCallback): Promise<CallbackAttempt> {
    const origin = URL.parse(url)?.origin
    const target = registered.find((one) => one.origin === origin)
    return sendCallback(url, payload, {
      id,
      registeredOrigin: target?.origin ?? origins,
      allowLoopback: target?.isLoopback ?? false,
      allowPrivate,
      now,
      ...(serviceKey !== undefined && { apiKey: serviceKey }),
      ...(secrets && { secrets }),
      ...(resolve && { resolve }),
      ...(timeout !== undefined && { timeout }),
    })
  }

  async function attempt(callback: QueuedCallback): Promise<void> {
    const at = now().toISOString()
    const began = performance.now()
    const { retryAfter, ...made } = await post(callback).then(answered, unanswered)
    const durationMs = Math.round(performance.now() - began)
    const after = { ...callback, attempts: [...callback.attempts, { at, ...made, durationMs }] }
    const wait = made.outcome === 'failed' ? waitAfter(after.attempts.length, retryAfter) : null
    if (wait !== null) await queue.add(after, wait)
    const over = made.outcome === 'failed' ? 'given_up' : made.outcome
    onAttempt?.({ callback: after, state: wait === null ? over : 'waiting' })
  }

  queue.work(attempt)
  return {
    assertAllowed: (url) => assertRegistered(url, origins),
    async send(url, payload, cause) {
      assertRegistered(url, origins)
      const id = cause === undefined ? newId() : createHash('sha256').update(cause).digest('hex').slice(0, 32)
      const { success, tenant_id, message, access_url, created_at } = payload
      const callback = { id: `cb_${id}`, url, payload: { success, tenant_id, message, access_url, created_at } }
      await queue.add({ ...callback, attempts: [] }, schedule[0] ?? 0)
    },
  }
}

type Outcome = Pick<KeptAttempt, 'outcome' | 'status' | 'error'> & { readonly retryAfter: number | null }

function answered({ outcome, status, retryAfter }: CallbackAttempt): Outcome {
  const asks = status === 429 || status === 503
  return { outcome, status, error: null, retryAfter: asks ? retryAfter : null }
}

/** An origin that is registered no longer will not become so by itself; anything else is tried as often as the rest. */
function unanswered(thrown: unknown): Outcome {
  if (thrown instanceof StandardApiError) {
    return { outcome: 'stopped', status: null, error: 'origin_refused', retryAfter: null }
  }
  const error = thrown instanceof GuardedFetchError ? thrown.reason : 'internal'
  return { outcome: 'failed', status: null, error, retryAfter: null }
}

/** A key that no header can carry would fail at every attempt. */
function assertKey(key: string): void {
  if (key === '') throw new TypeError('The service key must not be empty')
  validateHeaderValue('X-Service-API-Key', key)
}
