import type { Client, PoolClient } from 'pg'

const CLOSE_TIMEOUT = 1_000

/** Members of `pg`'s client that its types leave out. */
interface ClientState {
  readonly readyForQuery?: boolean
  readonly connection?: { readonly stream: { destroy(): void } }
}

/** One connection of a pool. */
export class PooledConnection {
  readonly client: Client
  /** When it could be used first, in ms of the monotonic clock. */
  openedAt = 0
  /** When it was given back last, in ms of the monotonic clock. */
  idleSince = 0
  #broken = false
  #onBroken: () => void = () => undefined

  constructor(client: Client) {
    this.client = client
    // Without a listener the event would end the process. A query under way rejects by itself.
    client.on('error', () => this.#break())
    client.on('end', () => this.#break())
  }

  /** Called once, when the server ends the connection. */
  set onBroken(listener: () => void) {
    this.#onBroken = listener
  }

  /** Nothing runs on it and no transaction is open. A query that timed out here may still run on the server. */
  get reusable(): boolean {
    const { readyForQuery } = this.client as ClientState
    return !this.#broken && readyForQuery === true && this.client.getTransactionStatus() === 'I'
  }

  /** The client as pools hand it out; `release` may be called several times and works once. */
  checkedOut(release: () => void): PoolClient {
    let released = false
    return Object.assign(this.client, {
      release() {
        if (released) return
        released = true
        release()
      },
    })
  }

  /** Ends the connection; a silent server is not waited for. */
  async close(): Promise<void> {
    this.#onBroken = () => undefined
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      const { connection } = this.client as ClientState
      connection?.stream.destroy()
      resolve()
    }, CLOSE_TIMEOUT)
    this.client.end().then(resolve, () => resolve())
    await promise
    clearTimeout(timer)
  }

  #break(): void {
    if (this.#broken) return
    this.#broken = true
    this.#onBroken()
  }
}
