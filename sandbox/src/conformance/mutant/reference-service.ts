import { marketCompatApi, type RunningServer, type StandardHandler, serve, standardApi } from '@mt-paas/server'
import Koa, { type Context, type Next } from 'koa'
import { idempotencyKeys } from './idempotency-keys.ts'
import { referenceHandler } from './reference-handler.ts'
import { REFERENCE_KEY } from './reference-key.ts'
import { createReferenceStore } from './reference-store.ts'
import { type CompleteHandler, type Tampering, tamperingMiddleware } from './tampering.ts'

/** How {@link startReference} runs the service. */
export interface ReferenceOptions {
  /** What a mutant breaks. @default nothing */
  readonly tampering?: Tampering
  /** @default the system's clock */
  readonly now?: () => Date
}

/** The running reference service. */
export interface ReferenceService extends RunningServer {
  /** Forgets every tenant and is broken in another place from now on. */
  become(tampering: Tampering): void
}

/** Starts the good service on a free port, or one that is broken in one place. */
export async function startReference({
  tampering = {},
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
  app.use(marketCompatApi(handler, options))
  app.silent = true
  const server = await serve(app)
  return {
    ...server,
    become(other) {
      current = createPart(other, now)
    },
  }
}

function createPart(tampering: Tampering, now: () => Date) {
  const store = createReferenceStore(now)
  const good = referenceHandler(store)
  const handler: CompleteHandler = { ...good, ...tampering.handler?.(good, store) }
  return { handler, middleware: tamperingMiddleware(tampering) }
}

/** Making the API of a handler takes long, so one API serves whichever handler is the current one. */
function delegating(current: () => CompleteHandler): StandardHandler {
  const first = current()
  const procedures = Object.entries(first)
    .filter(([, member]) => typeof member === 'function')
    .map(([name]) => [name, (call: unknown) => Reflect.get(current(), name)(call)])
  return { ...first, ...Object.fromEntries(procedures) }
}
