import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context, default as Koa } from 'koa'
import { newRequestId, requestIdOf } from './request-id.ts'

/** A request as it has come in, whether through Koa or not. */
export class Arrival {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly #app: Koa
  #koa: Context | undefined
  #requestId: string | undefined

  constructor(app: Koa, req: IncomingMessage, res: ServerResponse) {
    this.req = req
    this.res = res
    this.#app = app
  }

  /** A request that Koa has handed to middleware. */
  static at(koa: Context): Arrival {
    const arrival = new Arrival(koa.app, koa.req, koa.res)
    arrival.#koa = koa
    return arrival
  }

  /** Koa's context of this request. Made for the first who asks, unless the request came through Koa. */
  get koa(): Context {
    if (!this.#koa) {
      this.#koa = this.#app.createContext(this.req, this.res)
      this.#koa.state.requestId = this.requestId
    }
    return this.#koa
  }

  /** As {@link requestIdOf}. */
  get requestId(): string {
    this.#requestId ??= this.#koa ? requestIdOf(this.#koa) : newRequestId(this.req)
    return this.#requestId
  }

  /** What middleware before has left in the context under this name. */
  state(name: string): unknown {
    return this.#koa?.state[name]
  }

  /** A body that middleware before has parsed, or its bytes under the name `rawBody`. */
  parsed(name: 'body' | 'rawBody'): unknown {
    return this.#koa && Reflect.get(this.#koa.request, name)
  }
}
