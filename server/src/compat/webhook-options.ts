import { type CallbackSender, type CallbackSenderOptions, callbackSender } from '../callback/index.ts'
import { SIGNATURE_TOLERANCE } from '../contract/index.ts'
import { type IdempotencyStore, memoryIdempotencyStore } from '../idempotency/index.ts'
import { type WebhookGate, webhookGate } from './webhook-gate.ts'

/** How webhooks of the market prove themselves, beside the key that they all need. */
export interface WebhookOptions {
  /** Secrets shared with the market, several while they are exchanged. @default `MT_WEBHOOK_SECRET`, by commas */
  readonly secret?: string | readonly string[]
  /** Refuses webhooks without a signature. @default `MT_WEBHOOK_REQUIRE_SIGNATURE`, else false */
  readonly requireSignature?: boolean
  /** How far a timestamp may be from now, ms, both ways. @default 300_000 */
  readonly tolerance?: number
  /** Remembers the ids of webhooks and what they were answered. @default in memory, for seven days */
  readonly store?: IdempotencyStore
}

/** Where and how the outcome of an application is reported. */
export interface CallbackOptions extends Partial<Omit<CallbackSenderOptions, 'secrets' | 'now'>> {
  /** @default `MT_CALLBACK_SECRET`, by commas; unsigned without one */
  readonly secret?: string | readonly string[]
}

/** What {@link receivedWebhooks} and {@link sentCallbacks} work with. */
export interface WebhookSource {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly maxBodySize: number
  readonly now: () => Date
}

const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1_000
const REMEMBERED = 100_000

/**
 * Undefined when there is no secret: signatures are then not looked at.
 * @throws TypeError when a signature is required that nothing could verify, or a secret is none
 */
export function receivedWebhooks(options: WebhookOptions = {}, source: WebhookSource): WebhookGate | undefined {
  const { env, maxBodySize, now } = source
  const secrets = listed(options.secret ?? env.MT_WEBHOOK_SECRET)
  const requireSignature = options.requireSignature ?? flag('MT_WEBHOOK_REQUIRE_SIGNATURE', env)
  if (secrets.length === 0) {
    if (requireSignature || options.secret !== undefined) {
      throw new TypeError('Webhooks need a signing secret: set MT_WEBHOOK_SECRET or the option webhook.secret')
    }
    return undefined
  }
  return webhookGate({
    secrets,
    requireSignature,
    tolerance: options.tolerance ?? SIGNATURE_TOLERANCE,
    store: options.store ?? memoryIdempotencyStore({ retention: SEVEN_DAYS, max: REMEMBERED, now }),
    maxBodySize,
    now,
  })
}

/**
 * Undefined when no origin is registered: a `callback_url` is then not looked at.
 * @throws TypeError for an origin or a secret that is none, or a key or secret without any origin to use it for
 */
export function sentCallbacks(options: CallbackOptions = {}, { env, now }: WebhookSource): CallbackSender | undefined {
  const { secret = env.MT_CALLBACK_SECRET, serviceKey = env.MT_CALLBACK_KEY || undefined, ...rest } = options
  const origins = options.origins ?? listed(env.MT_CALLBACK_ORIGINS)
  const secrets = listed(secret)
  if (origins.length === 0) {
    if (serviceKey === undefined && secrets.length === 0 && options.origins === undefined) return undefined
    throw new TypeError('Callbacks need the origins of the market: set MT_CALLBACK_ORIGINS or callback.origins')
  }
  const allowPrivate = options.allowPrivate ?? flag('MT_CALLBACK_ALLOW_PRIVATE', env)
  return callbackSender({
    ...rest,
    origins,
    allowPrivate,
    serviceKey,
    now,
    secrets: secrets.length > 0 ? secrets : undefined,
  })
}

/** Empty text in a list is kept, so that it is refused; a variable with nothing in it is none. */
function listed(value: string | readonly string[] | undefined): readonly string[] {
  if (typeof value === 'object') return value
  const parts = (value ?? '').split(',').map((one) => one.trim())
  return parts.filter((one) => one !== '')
}

function flag(name: string, env: WebhookSource['env']): boolean {
  const value = env[name]?.trim().toLowerCase() ?? ''
  if (['', '0', 'false', 'no'].includes(value)) return false
  if (['1', 'true', 'yes'].includes(value)) return true
  throw new TypeError(`${name} must be true or false`)
}
