import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A connection between the page and its server that can be cut. */
export interface Wire {
  /** Where the server is reached over the wire. */
  readonly url: string
  /** Ends what is open, and lets nothing through. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** Lays a wire to a server of this machine. */
export async function openWire(to: string): Promise<Wire> {
  const { port, hostname } = new URL(to)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve))
  function end(): void {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true
      end()
    },
    mend() {
      isCut = false
    },
    close() {
      end()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
