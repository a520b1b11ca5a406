import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Koa from 'koa'

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
   * Stops taking connections, lets running requests end, then closes what is left.
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
  const server = createServer(
    { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval: timeoutCheckInterval },
    app.callback(),
  )
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
      closing ??= drain(server, deadline)
      return closing
    },
  }
}

/** Answers that are still to come tell their callers that the connection ends with them. */
async function drain(server: Server, deadline: number): Promise<void> {
  server.prependListener('request', (_req, res) => {
    res.setHeader('Connection', 'close')
  })
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), deadline)
  await closed
  clearTimeout(timer)
}
