import { signingSecrets, verifyWebhook } from '../callback/index.ts'
import { SIGNATURE_HEADERS } from '../contract/index.ts'
import { StandardApiError } from '../error/index.ts'
import type { Exchange } from '../http/exchange.ts'
import { type IdempotencyStore, runOnce } from '../idempotency/index.ts'

/** What a webhook is answered. */
export type Answer = Readonly<Record<string, unknown>>

/** How signed webhooks are told from others. */
export interface WebhookGateOptions {
  readonly secrets: readonly string[]
  readonly requireSignature: boolean
  /** ms, before and after the timestamp. */
  readonly tolerance: number
  readonly store: IdempotencyStore
  readonly maxBodySize: number
  readonly now: () => Date
}

/** Lets signed webhooks in, each once. */
export interface WebhookGate {
  /**
   * Verifies a request before its body is parsed.
   * @throws StandardApiError `UNAUTHORIZED`
   */
  admit(exchange: Exchange): Promise<void>
  /** The id that the sender signed; undefined for a request without a signature. */
  idOf(exchange: Exchange): string | undefined
  /**
   * Runs the effect of an admitted webhook unless its id was here before, whose answer is then given again.
   * @throws StandardApiError `OPERATION_IN_PROGRESS` while that runs, `SERVICE_UNAVAILABLE` without an answering store
   */
  once(exchange: Exchange, run: () => Promise<Answer>): Promise<Answer>
}

const SENDER = Object.freeze({ kind: 'anonymous' } as const)

/** @throws TypeError for a secret that is none, or a tolerance that lets everything or nothing pass */
export function webhookGate(options: WebhookGateOptions): WebhookGate {
  const { secrets, requireSignature, tolerance, store, maxBodySize, now } = options
  signingSecrets(secrets)
  if (!(tolerance > 0 && Number.isFinite(tolerance))) throw new TypeError('tolerance must be a number of ms above 0')
  const admitted = new WeakMap<Exchange, { readonly id: string | undefined }>()

  return {
    async admit(exchange) {
      const { headers } = exchange.arrival.req
      const isSigned = SIGNATURE_HEADERS.some((name) => headers[name] !== undefined)
      if (!isSigned) {
        if (requireSignature) throw StandardApiError.unauthorized()
        admitted.set(exchange, { id: undefined })
        return
      }
      assertRaw(exchange)
      const body = await exchange.bytes(maxBodySize)
      const verdict = verifyWebhook({ headers, body }, { secrets, tolerance, now: now() })
      if (!verdict.valid) throw StandardApiError.unauthorized()
      admitted.set(exchange, { id: verdict.id })
    },
    idOf: (exchange) => admitted.get(exchange)?.id,
    async once(exchange, run) {
      const entry = admitted.get(exchange)
      // Whatever way a request came here, it has no effect that was not admitted.
      if (!entry) throw StandardApiError.unauthorized()
      if (entry.id === undefined) return run()
      const { requestId, reply } = exchange
      // The id alone tells: the key may have been exchanged since, and what the body says is not looked at again.
      const known = { store, key: entry.id, caller: SENDER, procedure: 'webhook', input: null } as const
      const result = await runOnce({ ...known, tenantId: undefined, batchIndex: 0, requestId, reply }, async () => {
        try {
          return { ok: true, data: await run() } as const
        } catch (error) {
          return { ok: false, error } as const
        }
      })
      if (!result.ok) throw result.error
      return result.data as Answer
    },
  }
}

/** Parsers mounted before may have taken the bytes that were signed. */
function assertRaw({ koa: { request } }: Exchange): void {
  if (Reflect.get(request, 'body') === undefined || Reflect.get(request, 'rawBody') !== undefined) return
  throw StandardApiError.internal(new Error('marketCompatApi must be mounted before what parses bodies'))
}
