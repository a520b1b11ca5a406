import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A proxy in front of a server, which can fall silent or be gone. */
export interface TcpProxy {
  readonly port: number
  /** Takes connections and bytes, and passes nothing on until {@link resume}. */
  pause(): void
  resume(): void
  /** Ends every connection and refuses new ones until {@link restore}. */
  cut(): void
  restore(): void
  close(): Promise<void>
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let [paused, gone] = [false, false]
  const server = createServer({ noDelay: true }, (inner) => {
    if (gone) return void inner.resetAndDestroy()
    const outer = connect({ port: targetPort, host: '127.0.0.1', noDelay: true })
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => to.write(chunk))
      from.on('error', () => undefined)
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      if (paused) from.pause()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    pause() {
      paused = true
      for (const socket of sockets) socket.pause()
    },
    resume() {
      paused = false
      for (const socket of sockets) socket.resume()
    },
    cut() {
      gone = true
      for (const socket of sockets) socket.resetAndDestroy()
    },
    restore() {
      gone = false
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
