import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'

/** A server of one test, closed by `await using`. */
export interface RawServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Requests, or connections where there are no requests, so far. */
  readonly count: number
  /** Connections that are open now. */
  readonly open: number
}

/** Answers requests as a test wants. */
export async function serveRaw(answer: RequestListener): Promise<RawServer> {
  let count = 0
  const server = createServer((req, res) => {
    count++
    answer(req, res)
  })
  return listening(server, () => count)
}

/** Deals with connections as a test wants, below HTTP. */
export async function serveTcp(deal: (socket: Socket) => void): Promise<RawServer> {
  let count = 0
  const server = createTcpServer((socket) => {
    count++
    socket.on('error', () => {})
    deal(socket)
  })
  return listening(server, () => count)
}

/** Answers every request with this JSON. */
export function serveJson(body: unknown, status = 200): Promise<RawServer> {
  return serveRaw((_req, res) =>
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
  )
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = await serveTcp(() => {})
  await server[Symbol.asyncDispose]()
  return server.port
}

async function listening(server: ReturnType<typeof createTcpServer>, count: () => number): Promise<RawServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get count() {
      return count()
    },
    get open() {
      return sockets.size
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
