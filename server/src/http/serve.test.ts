import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { call } from './http-call.test.support.ts'
import { type RunningServer, type ServeOptions, serve } from './serve.ts'

/** Closes the server at the end of a test, whatever is still open. */
async function start(middleware: Koa.Middleware, options: ServeOptions = {}): Promise<RunningServer & AsyncDisposable> {
  const app = new Koa()
  app.silent = true
  const running = await serve(app.use(middleware), options)
  return { ...running, [Symbol.asyncDispose]: () => closeAtOnce(running) }
}

async function closeAtOnce({ server, close }: RunningServer): Promise<void> {
  server.closeAllConnections()
  await close(0)
}

const ok: Koa.Middleware = (koa) => {
  koa.body = 'ok'
}

const readAll: Koa.Middleware = async (koa) => {
  let size = 0
  for await (const chunk of koa.req) size += chunk.length
  koa.body = String(size)
}

/** Writes one byte at a time until the server closes the socket; ms until then. */
async function trickle(port: number, head: string): Promise<number> {
  const started = performance.now()
  const socket = connect(port, '127.0.0.1')
  // It may be reset while it writes.
  socket.on('error', () => {})
  socket.write(head)
  const timer = setInterval(() => socket.write('a'), 20)
  await new Promise((resolve) => socket.resume().on('close', resolve))
  clearInterval(timer)
  return performance.now() - started
}

const quick = { headersTimeout: 300, requestTimeout: 600, timeoutCheckInterval: 50 } satisfies ServeOptions

describe('serve', () => {
  it('listens on a free port of this machine and says where', async () => {
    await using running = await start(ok)
    expect(running.url).toBe(`http://127.0.0.1:${running.port}`)
    expect(await (await fetch(running.url)).text()).toBe('ok')
  })

  it('says an address of IPv6 in brackets', async () => {
    await using running = await start(ok, { host: '::1' })
    expect(running.url).toBe(`http://[::1]:${running.port}`)
    expect((await fetch(running.url)).status).toBe(200)
  })

  it('rejects with EADDRINUSE when the port is taken', async () => {
    await using running = await start(ok)
    await expect(start(ok, { port: running.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect((await fetch(running.url)).status).toBe(200)
  })

  it('closes sockets that send their headers slowly, or nothing at all', async () => {
    await using running = await start(ok, quick)
    const heads = ['', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ']
    const times = await Promise.all(heads.map((head) => trickle(running.port, head)))
    for (const time of times) expect(time).toBeLessThan(5_000)
  })

  it('closes sockets that send their bodies slowly', async () => {
    await using running = await start(readAll, quick)
    const time = await trickle(running.port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n')
    expect(time).toBeLessThan(5_000)
    expect((await fetch(running.url, { method: 'POST', body: 'abc' })).status).toBe(200)
  })

  it('keeps idle connections longer than the five seconds of Node', async () => {
    await using running = await start(ok)
    expect(running.server.keepAliveTimeout).toBe(65_000)
    const answer = await call(running.port, { path: '/', agent: new Agent({ keepAlive: true }) })
    expect(answer.headers['keep-alive']).toBe('timeout=65')
  })
})

describe('close of a running server', () => {
  it('lets a hundred requests end that have begun, and refuses new connections', async () => {
    let inside = 0
    const all = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    await using running = await start(async (koa) => {
      inside += 1
      if (inside === 100) all.resolve()
      await gate.promise
      koa.body = 'late'
    })
    const agent = new Agent({ keepAlive: true })
    const answers = Array.from({ length: 100 }, () => call(running.port, { path: '/', agent }))
    await all.promise
    const closed = running.close()
    await expect.poll(() => refused(running.port)).toBe(true)
    gate.resolve()
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 200, text: 'late' })
    await closed
    agent.destroy()
  })

  it('does not wait for its deadline when clients keep their connections', async () => {
    const gate = Promise.withResolvers<void>()
    const entered = Promise.withResolvers<void>()
    await using running = await start(async (koa) => {
      if (koa.path === '/slow') {
        entered.resolve()
        await gate.promise
      }
      koa.body = 'ok'
    })
    const agent = new Agent({ keepAlive: true })
    await Promise.all(Array.from({ length: 5 }, () => call(running.port, { path: '/', agent })))
    const slow = call(running.port, { path: '/slow', agent })
    await entered.promise
    const started = performance.now()
    const closed = running.close(60_000)
    gate.resolve()
    expect(await slow).toMatchObject({ status: 200, headers: { connection: 'close' } })
    await closed
    expect(performance.now() - started).toBeLessThan(5_000)
    agent.destroy()
  })

  it('loses no request of clients that send one after the other on kept connections', async () => {
    for (let round = 0; round < 5; round++) {
      await using running = await start(async (koa) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
        koa.body = 'ok'
      })
      let connected = 0
      const clients = Array.from({ length: 16 }, () => keepSending(running.port, () => connected++))
      await expect.poll(() => connected).toBe(16)
      await new Promise((resolve) => setTimeout(resolve, 20))
      await running.close(60_000)
      for (const failures of await Promise.all(clients)) expect(failures).toEqual([])
    }
  })

  it('answers all requests that came over one connection at once', async () => {
    const gate = Promise.withResolvers<void>()
    let inside = 0
    await using running = await start(async (koa) => {
      inside += 1
      await gate.promise
      koa.body = 'ok'
    })
    const socket = connect(running.port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(4))
    await expect.poll(() => inside).toBe(4)
    const closed = running.close(60_000)
    gate.resolve()
    const answers = (await buffer(socket)).toString()
    expect(answers.split('HTTP/1.1 200')).toHaveLength(5)
    await closed
  })

  it('may be asked for several times', async () => {
    await using running = await start(ok)
    const first = running.close()
    expect(running.close()).toBe(first)
    await first
    await running.close()
    expect(running.server.listening).toBe(false)
  })

  it('cuts off requests that hang when the deadline has come', async () => {
    const entered = Promise.withResolvers<void>()
    await using running = await start(() => {
      entered.resolve()
      return new Promise(() => {})
    })
    const hanging = call(running.port, { path: '/' })
    hanging.catch(() => {})
    await entered.promise
    const started = performance.now()
    await running.close(200)
    expect(performance.now() - started).toBeLessThan(5_000)
    await expect(hanging).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('ends slow uploads at the deadline', async () => {
    await using running = await start(readAll)
    const slow = trickle(running.port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n')
    await new Promise((resolve) => setTimeout(resolve, 50))
    await running.close(200)
    expect(await slow).toBeLessThan(5_000)
  })
})

async function refused(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'
  } finally {
    socket.destroy()
  }
}

/** Sends requests on one connection until it is told that the connection ends; what went wrong before. */
async function keepSending(port: number, onConnected: () => void): Promise<readonly unknown[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    for (let made = 0; ; made++) {
      const { status, headers } = await call(port, { path: '/', agent })
      if (made === 0) onConnected()
      if (status !== 200) return [status]
      if (headers.connection === 'close') return []
    }
  } catch (error) {
    return [error]
  } finally {
    agent.destroy()
  }
}
