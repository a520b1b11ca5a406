import { webhookSecret } from '@mt-paas/server/contract'
import type { Context, Middleware, Next } from 'koa'
import { readRawBody, respondError, respondJson, UnreadableBody } from '../http/koa-json.ts'
import { parseJson } from '../http/parse-json.ts'
import { type CallbackStore, memoryCallbackStore, type StoredAnswer } from './callback-store.ts'
import { type CallbackCredentials, type CallbackVerdict, verifyCallback } from './verify-callback.ts'

/** Options of {@link callbackAuth}. */
export interface CallbackAuthOptions {
  /** What each service proves itself with, by its id. */
  readonly services: Readonly<Record<string, CallbackCredentials>>
  /** How far a timestamp may be from now, ms. @default 300_000 */
  readonly tolerance?: number
  /** Largest body, bytes. @default 65_536 */
  readonly maxBodySize?: number
  /** Remembers what was dealt with. @default in memory, seven days */
  readonly store?: CallbackStore
  /** The clock. @default the system's */
  readonly now?: () => Date
}

/** A verified callback, in `ctx.state.callback`. */
export interface VerifiedCallback {
  readonly serviceId: string
  /** Null for services that do not sign. */
  readonly id: string | null
  readonly timestamp: Date | null
  /** The body, parsed; it has still to be validated. */
  readonly payload: unknown
}

/**
 * Lets callbacks of known services through, with `ctx.state.callback`; others get a 401 that does not say why. A
 * signed callback that was answered with 2xx gets the same answer when it comes again, and no second effect.
 * @throws TypeError at once for a service without credentials, or with a secret that is none
 */
export function callbackAuth(options: CallbackAuthOptions): Middleware {
  const { services, tolerance, maxBodySize = 65_536, now = () => new Date() } = options
  const store = options.store ?? memoryCallbackStore({ now })
  const running = new Map<string, Promise<StoredAnswer | undefined>>()
  for (const credentials of Object.values(services)) assertCredentials(credentials)

  function senderOf(koa: Context, body: Buffer): Sender | undefined {
    const judged = { now: now(), ...(tolerance !== undefined && { tolerance }) }
    for (const [serviceId, credentials] of Object.entries(services)) {
      const verdict = verifyCallback({ headers: koa.req.headers, body }, { ...credentials, ...judged })
      if (verdict.valid) return { serviceId, ...verdict }
    }
    return undefined
  }

  async function dealtWith(koa: Context, key: string, next: Next): Promise<StoredAnswer | undefined> {
    const before = await store.get(key)
    if (before) {
      respondJson(koa, before.status, before.body)
      return before
    }
    const answer = await answered(koa, next)
    if (answer) await store.set(key, answer)
    return answer
  }

  async function once(koa: Context, key: string, next: Next): Promise<void> {
    for (let earlier = running.get(key); earlier; earlier = running.get(key)) {
      const before = await earlier
      if (before) return respondJson(koa, before.status, before.body)
    }
    const work = dealtWith(koa, key, next)
    running.set(
      key,
      work.catch(() => undefined),
    )
    try {
      await work
    } finally {
      running.delete(key)
    }
  }

  return async function callbackAuthMiddleware(koa, next) {
    const body = await bodyOf(koa, maxBodySize)
    if (!body) return
    const sender = senderOf(koa, body)
    if (!sender) return respondError(koa, UNAUTHORIZED)
    let payload: unknown
    try {
      payload = parseJson(body.toString('utf8'))
    } catch {
      return respondError(koa, NOT_JSON)
    }
    const { serviceId, id, timestamp } = sender
    const callback: VerifiedCallback = { serviceId, id, timestamp, payload }
    koa.state.callback = callback
    if (id === null) await next()
    else await once(koa, JSON.stringify([serviceId, id]), next)
  }
}

type Sender = Extract<CallbackVerdict, { readonly valid: true }> & { readonly serviceId: string }

const UNAUTHORIZED = { status: 401, error: 'UNAUTHORIZED', message: 'Invalid or missing credentials' } as const
const NOT_JSON = { status: 400, error: 'INVALID_REQUEST', message: 'The body is not JSON that can be used' } as const

function assertCredentials({ apiKeys = [], secrets = [] }: CallbackCredentials): void {
  if (apiKeys.length + secrets.length === 0) throw new TypeError('A service needs keys or secrets to be verified with')
  if (apiKeys.includes('')) throw new TypeError('A service key must not be empty')
  for (const secret of secrets) webhookSecret(secret)
}

async function bodyOf(koa: Context, limit: number): Promise<Buffer | undefined> {
  try {
    return await readRawBody(koa, limit)
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error
    respondError(koa, { status: error.status, error: 'PAYLOAD_TOO_LARGE', message: error.message })
    return undefined
  }
}

/** What the next middleware answered, when it is worth keeping: after a failure the sender may try again. */
async function answered(koa: Context, next: Next): Promise<StoredAnswer | undefined> {
  await next()
  return koa.status >= 200 && koa.status < 300 ? { status: koa.status, body: plain(koa.body) } : undefined
}

function plain(body: unknown): unknown {
  return typeof body === 'string' ? parsedOr(body) : body
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
