import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net'
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import type Koa from 'koa'
import { Arrival } from './arrival.ts'
import { directAnswerOf } from './direct-answer.ts'

/** How a service listens. All times in ms. */
export interface ServeOptions {
  /** 0 takes a free port. @default 0 */
  readonly port?: number
  /** @default '127.0.0.1' */
  readonly host?: string
  /** A caller must have sent its headers by then. @default 10_000 */
  readonly headersTimeout?: number
  /** A caller must have sent the whole request by then. @default 30_000 */
  readonly requestTimeout?: number
  /** An idle connection is kept this long; longer than clients keep theirs. @default 65_000 */
  readonly keepAliveTimeout?: number
  /** How often the first two are checked. @default 1_000 */
  readonly timeoutCheckInterval?: number
}

/** A listening service. */
export interface RunningServer {
  /** `http://host:port`, without a slash at its end. */
  readonly url: string
  readonly port: number
  readonly server: Server
  /**
   * Tells callers that their connections end, stops taking new ones, lets running requests end, then closes what is
   * left. What callers send on kept connections before they hear of it is still answered.
   * @param deadline ms until open requests are cut off; 10_000 when left out
   */
  close(deadline?: number): Promise<void>
}

/**
 * Serves an application with timeouts that hold. Node checks them only every 30 s unless told otherwise when the
 * server is made, which `app.listen()` cannot do.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function serve(app: Koa, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = 0, host = '127.0.0.1', headersTimeout = 10_000, requestTimeout = 30_000 } = options
  const { keepAliveTimeout = 65_000, timeoutCheckInterval = 1_000 } = options
  const connections: Connections = new Map()
  const server = createServer(
    {
      headersTimeout,
      requestTimeout,
      keepAliveTimeout,
      connectionsCheckingInterval: timeoutCheckInterval,
      // Requests without a body, most of all, need no stream that is read to its end.
      optimizeEmptyRequests: true,
    },
    listenerOf(app, connections),
  )
  trackConnections(server, connections)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address() as AddressInfo
  let closing: Promise<void> | undefined
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    server,
    close(deadline = 10_000) {
      closing ??= drain(server, connections, deadline)
      return closing
    },
  }
}

/**
 * Koa's own listener, except for requests that the first middleware answers whatever stands behind it: nothing of the
 * application would have seen them.
 */
function listenerOf(app: Koa, connections: Connections): RequestListener {
  const throughKoa = app.callback()
  return function listener(req, res) {
    connections.set(req.socket, res)
    const direct = directAnswerOf(app.middleware[0])
    if (!direct || app.ctxStorage) return throughKoa(req, res)
    const arrival = new Arrival(app, req, res)
    const answering = direct(arrival)
    if (!answering) return throughKoa(req, res)
    return answering.catch((error) => arrival.koa.onerror(error))
  }
}

/** Every open connection with the answer to its newest request. */
type Connections = Map<Socket, ServerResponse | undefined>

function trackConnections(server: Server, connections: Connections): void {
  server.on('connection', (socket) => {
    connections.set(socket, undefined)
    socket.once('close', () => connections.delete(socket))
  })
}

/** A connection that was silent for so long (ms) has no request on its way, unless the machine is too busy to tell. */
const SILENCE_MS = 25
const LONGEST_SILENCE_MS = 1_000

async function drain(server: Server, connections: Connections, deadline: number): Promise<void> {
  const began = performance.now()
  server.prependListener('request', (_req, res) => announceEnd(res))
  for (const res of connections.values()) announceEnd(res)
  await readArrived()
  // The server's own `close()` would end connections at once whose request is on its way.
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
  if (connections.size > 0) await silence(Math.min(LONGEST_SILENCE_MS, deadline))
  const closeIdle = () => server.closeIdleConnections()
  closeIdle()
  // Answers that had begun before keep their connections open when they end.
  const sweep = setInterval(closeIdle, SILENCE_MS)
  const cut = setTimeout(() => server.closeAllConnections(), Math.max(0, deadline - (performance.now() - began)))
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
  // Ends what the server does at intervals; that it listens no more is no failure.
  server.close(() => undefined)
}

/** What has come by now, connections and what was sent on them, is read before anything is taken for idle. */
async function readArrived(): Promise<void> {
  for (let turns = 0; turns < 3; turns++) await turn()
}

/**
 * Waits until clients had time to send what they were about to. A timer that rings late shows that everyone is late:
 * then it waits anew.
 */
async function silence(limit: number): Promise<void> {
  const began = performance.now()
  for (;;) {
    const before = performance.now()
    const wait = Math.min(SILENCE_MS, limit)
    await delay(wait)
    await readArrived()
    const now = performance.now()
    if (now - before < 2 * wait || now - began >= limit) return
  }
}

/** Only the newest answer of a connection may say so: the ones before it would take it along. */
function announceEnd(res: ServerResponse | undefined): void {
  if (res && !res.headersSent) res.setHeader('Connection', 'close')
}
