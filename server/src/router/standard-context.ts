import type { Authenticator } from '../auth/authenticator.ts'
import type { Caller } from '../auth/caller.ts'
import type { BoundHandler, HandlerContext, Reply } from '../handler/index.ts'
import type { Exchange } from '../http/exchange.ts'

/** Context of one request to the Standard API; a batch shares it. */
export interface StandardContext {
  readonly exchange: Exchange
  readonly handler: BoundHandler
  /** The sender, found once a request. */
  readonly authenticate: () => Caller | Promise<Caller>
}

/** What a context is made of, the same for all requests of an API. */
export interface StandardContextSource {
  readonly handler: BoundHandler
  readonly authenticator: Authenticator
}

/** Makes the contexts of an API. */
export function createStandardContext({ handler, authenticator }: StandardContextSource) {
  return function standardContext(exchange: Exchange): StandardContext {
    let caller: Caller | Promise<Caller> | undefined
    return {
      exchange,
      handler,
      authenticate() {
        const { koa } = exchange
        caller ??= authenticator.authenticate({
          headers: koa.req.headers,
          address: koa.ip,
          presetCaller: koa.state.caller,
        })
        return caller
      },
    }
  }
}

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

  get reply(): Reply {
    return this.#exchange.reply
  }
}
