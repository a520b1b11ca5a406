import { setTimeout as delay } from 'node:timers/promises'
import {
  type MemoryCallbackQueue,
  marketCompatApi,
  memoryCallbackQueue,
  type RunningServer,
  type StandardHandler,
  serve,
  standardApi,
} from '@mt-paas/server'
import Koa, { type Context, type Next } from 'koa'
import { type CallbackReceiver, openCallbackReceiver } from '../callback-receiver.ts'
import type { VerifyOptions } from '../verify-service.ts'
import { idempotencyKeys } from './idempotency-keys.ts'
import { referenceHandler } from './reference-handler.ts'
import {
  REFERENCE_CALLBACK_SECRET,
  REFERENCE_KEY,
  REFERENCE_SERVICE_KEY,
  REFERENCE_WEBHOOK_SECRET,
} from './reference-key.ts'
import { createReferenceStore } from './reference-store.ts'
import { type CompleteHandler, type Tampering, tamperingMiddleware } from './tampering.ts'

/** How {@link startReference} runs the service. */
export interface ReferenceOptions {
  /** What a mutant breaks. @default nothing */
  readonly tampering?: Tampering
  /** Whether webhooks without a signature are refused. @default false */
  readonly requireSignature?: boolean
  /** @default the system's clock */
  readonly now?: () => Date
}

/** The running reference service. */
export interface ReferenceService extends RunningServer {
  /** Forgets every tenant and is broken in another place from now on. */
  become(tampering: Tampering): void
  /** How it is verified, with everything that it shares with its market. */
  readonly access: Pick<VerifyOptions, 'url' | 'apiKey' | 'webhookSecret' | 'callbacks'>
}

/** Starts the good service on a free port, or one that is broken in one place. */
export async function startReference({
  tampering = {},
  requireSignature = false,
  now = () => new Date(),
}: ReferenceOptions = {}): Promise<ReferenceService> {
  let current = createPart(tampering, now)
  const handler = delegating(() => current.handler)
  // One service gets the refused keys of all mutants.
  const failureLimit = { max: Number.MAX_SAFE_INTEGER, windowMs: 60_000 }
  const options = { env: { MARKET_API_KEY: REFERENCE_KEY }, now, failureLimit, onError: () => {} }
  const app = new Koa()
  app.use(function currentTampering(koa: Context, next: Next) {
    return current.middleware(koa, next)
  })
  app.use(idempotencyKeys())
  app.use(standardApi(handler, { ...options, title: 'Reference' }))
  const queue = memoryCallbackQueue()
  const receiver = await openCallbackReceiver({
    seenAs: (callback, answer, boxes) => current.tampering.callback?.(callback, answer, boxes) ?? [callback],
  })
  app.use(
    marketCompatApi(handler, {
      ...options,
      webhook: { secret: REFERENCE_WEBHOOK_SECRET, requireSignature },
      callback: {
        origins: [receiver.origin],
        serviceKey: REFERENCE_SERVICE_KEY,
        secret: REFERENCE_CALLBACK_SECRET,
        schedule: SCHEDULE,
        queue,
      },
    }),
  )
  app.silent = true
  const server = await serve(app)
  return {
    ...server,
    access: accessTo(server.url, receiver, queue),
    async close(drain) {
      await server.close(drain)
      await receiver.close()
    },
    become(other) {
      current = createPart(other, now)
    },
  }
}

function createPart(tampering: Tampering, now: () => Date) {
  const store = createReferenceStore(now)
  const good = referenceHandler(store)
  const handler: CompleteHandler = { ...good, ...tampering.handler?.(good, store) }
  return { tampering, handler, middleware: tamperingMiddleware(tampering) }
}

/** Waits before the attempts of a callback, ms. */
const SCHEDULE = [0, 10, 10]

/** Callbacks come soon or not at all, also on a machine that does much else. */
function accessTo(url: string, receiver: CallbackReceiver, queue: MemoryCallbackQueue) {
  const callbacks = { receiver, serviceKey: REFERENCE_SERVICE_KEY, secret: REFERENCE_CALLBACK_SECRET }
  async function settled(): Promise<void> {
    while (queue.size > 0) await delay(2)
  }
  const waits = { patience: 5_000, settled }
  return {
    url,
    apiKey: REFERENCE_KEY,
    webhookSecret: REFERENCE_WEBHOOK_SECRET,
    callbacks: { ...callbacks, ...waits },
  }
}

/** Making the API of a handler takes long, so one API serves whichever handler is the current one. */
function delegating(current: () => CompleteHandler): StandardHandler {
  const first = current()
  const procedures = Object.entries(first)
    .filter(([, member]) => typeof member === 'function')
    .map(([name]) => [name, (call: unknown) => Reflect.get(current(), name)(call)])
  return { ...first, ...Object.fromEntries(procedures) }
}
