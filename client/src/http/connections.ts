import { buildConnector, Client, type Dispatcher, errors } from 'undici'

/** The right to send one request. */
export interface Lease {
  readonly dispatcher: Pick<Dispatcher, 'dispatch'>
  /** Gives the connection back, `reusable` when the whole answer was read; else it is closed at once. */
  end(reusable: boolean): void
}

/** Connections to services, shared by clients. */
export interface Connections {
  /** `origin` as `https://host:port`. @throws Error once they are closed */
  lease(origin: string): Lease
  /** Closes all of them; requests that are under way fail. */
  close(): Promise<void>
}

/** Options of {@link pooledConnections}. */
export interface PooledConnectionsOptions {
  /** Until a connection is made, ms. @default 3_000 */
  readonly connectTimeout?: number
}

/** Servers of this SDK keep idle connections for 65 s; a client must let go first. */
const KEEP_ALIVE_MAX = 60_000
/** For servers that do not say how long they keep theirs: uvicorn closes after 5 s. */
const KEEP_ALIVE = 4_000

/**
 * A pool of undici's clients, one connection each. Its `Agent` is not used because it connects anew after a request
 * was aborted, and keeps that connection although nobody asked for it (nodejs/undici#5845); here a connection ends
 * with the request that failed on it.
 */
export function pooledConnections(options: PooledConnectionsOptions = {}): Connections {
  const connect = buildConnector({ timeout: options.connectTimeout ?? 3_000 })
  const all = new Set<Client>()
  const idle = new Map<string, Client[]>()
  let closed = false

  function open(origin: string): Client {
    const client = new Client(origin, {
      connect,
      keepAliveTimeout: KEEP_ALIVE,
      keepAliveMaxTimeout: KEEP_ALIVE_MAX,
      pipelining: 1,
    })
    all.add(client)
    client.on('disconnect', () => {
      const resting = idle.get(origin) ?? []
      if (!resting.includes(client)) return
      idle.set(
        origin,
        resting.filter((one) => one !== client),
      )
      drop(client)
    })
    return client
  }

  function drop(client: Client): void {
    all.delete(client)
    void client.destroy()
  }

  return {
    lease(origin) {
      if (closed) throw new errors.ClientClosedError()
      const client = idle.get(origin)?.pop() ?? open(origin)
      return {
        dispatcher: client,
        end(reusable) {
          if (!reusable || closed) return drop(client)
          const resting = idle.get(origin)
          if (resting) resting.push(client)
          else idle.set(origin, [client])
        },
      }
    },
    async close() {
      closed = true
      idle.clear()
      await Promise.all([...all].map((client) => client.destroy()))
    },
  }
}

/** Sends everything over a dispatcher of undici, such as an `Agent` with a proxy; its owner closes it. */
export function dispatcherConnections(dispatcher: Dispatcher): Connections {
  const lease: Lease = { dispatcher, end: () => {} }
  return { lease: () => lease, close: async () => {} }
}
