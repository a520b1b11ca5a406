import type { IncomingHttpHeaders } from 'node:http'
import type { Authenticator, CredentialSource } from '../auth/authenticator.ts'
import type { Caller, UserCaller } from '../auth/caller.ts'
import type { BoundHandler, HandlerContext, Reply } from '../handler/index.ts'
import type { Exchange } from '../http/exchange.ts'
import type { IdempotencyStore } from '../idempotency/index.ts'

/** Context of one request to the Standard API; a batch shares it. */
export interface StandardContext {
  readonly exchange: Exchange
  readonly handler: BoundHandler
  /** The sender, found once a request. */
  readonly authenticate: () => Caller | Promise<Caller>
  /** Where requests with a key are remembered; without it, keys mean nothing. */
  readonly idempotency: IdempotencyStore | undefined
}

/** What a context is made of, the same for all requests of an API. */
export interface StandardContextSource {
  readonly handler: BoundHandler
  readonly authenticator: Authenticator
  readonly idempotency?: IdempotencyStore | undefined
}

/** Makes the contexts of an API. */
export function createStandardContext({ handler, authenticator, idempotency }: StandardContextSource) {
  return function standardContext(exchange: Exchange): StandardContext {
    let caller: Caller | Promise<Caller> | undefined
    return {
      exchange,
      handler,
      idempotency,
      authenticate() {
        caller ??= authenticator.authenticate(new Credentials(exchange))
        return caller
      },
    }
  }
}

/** What a request shows; most of it nobody asks for. */
class Credentials implements CredentialSource {
  readonly headers: IncomingHttpHeaders
  readonly #exchange: Exchange

  constructor(exchange: Exchange) {
    this.headers = exchange.arrival.req.headers
    this.#exchange = exchange
  }

  get address(): string {
    return this.#exchange.koa.ip
  }

  get presetCaller(): UserCaller | undefined {
    return this.#exchange.arrival.state('caller') as UserCaller | undefined
  }
}

const RESPOND_ASYNC = /(?:^|,)\s*respond-async\s*(?:[,;]|$)/i

/** The context procedures of a handler see. */
export class CallContext implements HandlerContext {
  readonly caller: Caller
  readonly tenantId: string | undefined
  readonly #exchange: Exchange

  constructor(exchange: Exchange, caller: Caller, tenantId: string | undefined) {
    this.#exchange = exchange
    this.caller = caller
    this.tenantId = tenantId
  }

  get signal(): AbortSignal {
    return this.#exchange.signal
  }

  get requestId(): string {
    return this.#exchange.requestId
  }

  get idempotencyKey(): string | undefined {
    return this.#header('idempotency-key')
  }

  get respondAsync(): boolean {
    return RESPOND_ASYNC.test(this.#header('prefer') ?? '')
  }

  get reply(): Reply {
    return this.#exchange.reply
  }

  #header(name: string): string | undefined {
    const value = this.#exchange.arrival.req.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }
}
