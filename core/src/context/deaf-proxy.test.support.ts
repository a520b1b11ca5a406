import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A proxy in front of PostgreSQL that passes everything on but notifications, as a pooler that shares sessions does. */
export async function startDeafProxy(targetPort: number): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (inner) => {
    const outer = connect({ port: targetPort, host: '127.0.0.1', noDelay: true })
    inner.pipe(outer)
    outer.on(
      'data',
      withoutNotifications((message) => inner.write(message)),
    )
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const HEADER = 5
const NOTIFICATION = 'A'.charCodeAt(0)

/** Each message of the protocol is a byte for its kind, four for its length (their own included), and the rest. */
function withoutNotifications(pass: (message: Buffer) => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0)
  return (chunk) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= HEADER) {
      const length = 1 + pending.readUInt32BE(1)
      if (pending.length < length) return
      if (pending[0] !== NOTIFICATION) pass(pending.subarray(0, length))
      pending = pending.subarray(length)
    }
  }
}
