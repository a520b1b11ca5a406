import { setTimeout as pause } from 'node:timers/promises'
import { Agent, MockAgent } from 'undici'
import { describe, expect, it } from 'vitest'
import { serveRaw, serveTcp } from '../raw-server.test.support.ts'
import { dispatcherConnections, pooledConnections } from './connections.ts'
import { createExchange, type HttpLimits } from './http-exchange.ts'

const limits: HttpLimits = { headersTimeout: 10_000, bodyTimeout: 10_000, maxAnswerSize: 10_000 }
const get = (origin: string) => ({ method: 'GET', origin, path: '/', headers: {} }) as const

describe('an exchange', () => {
  it('reads an answer in as many pieces as it comes in, over one connection', async () => {
    const text = '글'.repeat(500)
    const bytes = Buffer.from(text)
    await using server = await serveRaw(async (_req, res) => {
      for (let at = 0; at < bytes.length; at += 500) {
        res.write(bytes.subarray(at, at + 500))
        await pause(1)
      }
      res.end()
    })
    const connections = pooledConnections()
    const exchange = createExchange(connections, limits)
    for (let times = 0; times < 2; times++) expect((await exchange(get(server.url))).text).toBe(text)
    expect(server.open).toBe(1)
    await connections.close()
  })

  it('passes over what comes before the answer, and gives the first value of a header', async () => {
    await using server = await serveTcp((socket) => {
      const early = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'
      socket.once('data', () =>
        socket.end(`${early}HTTP/1.1 200 OK\r\nx-a: 1\r\nx-a: 2\r\ncontent-length: 4\r\n\r\n\ufefff`),
      )
    })
    const connections = pooledConnections()
    const answer = await createExchange(connections, limits)(get(server.url))
    expect(answer).toMatchObject({ status: 200, text: 'f' })
    expect([answer.header('x-a'), answer.header('link')]).toEqual(['1', undefined])
    await connections.close()
  })

  it.each([
    ['shorter', 10_000, 200],
    ['longer', 100, 300],
  ])('gives a body its own time, %s than that of the headers', async (_name, headersTimeout, bodyTimeout) => {
    await using server = await serveRaw((_req, res) => void res.writeHead(200).write('{'))
    const connections = pooledConnections()
    const exchange = createExchange(connections, { ...limits, headersTimeout, bodyTimeout })
    const startedAt = performance.now()
    const failure = { kind: 'TIMEOUT', message: `No rest of the answer within ${bodyTimeout} ms`, sent: true }
    await expect(exchange(get(server.url))).rejects.toMatchObject(failure)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(bodyTimeout - 1)
    await expect.poll(() => server.open).toBe(0)
    await connections.close()
  })

  it('counts what comes without a length', async () => {
    await using server = await serveRaw((_req, res) => void res.write('x'.repeat(10_000), () => res.write('x')))
    const connections = pooledConnections()
    const refused = { kind: 'INVALID_RESPONSE', message: 'The answer is larger than 10000 bytes' }
    await expect(createExchange(connections, limits)(get(server.url))).rejects.toMatchObject(refused)
    await connections.close()
  })
})

describe('an exchange over a dispatcher of its owner', () => {
  it('is one of its requests', async () => {
    const mock = new MockAgent()
    mock.disableNetConnect()
    mock
      .get('http://service')
      .intercept({ path: '/' })
      .reply(200, { a: 1 }, { headers: { 'x-a': 'b' } })
    const exchange = createExchange(dispatcherConnections(mock), limits)
    const answer = await exchange(get('http://service'))
    expect([answer.status, answer.text, answer.header('x-a')]).toEqual([200, '{"a":1}', 'b'])
    await mock.close()
  })

  it('is given up at once while it waits for its connection, and is never sent', async () => {
    await using server = await serveRaw((_req, res) => void setTimeout(() => res.end('{}'), 100))
    const agent = new Agent({ connections: 1, pipelining: 1 })
    const exchange = createExchange(dispatcherConnections(agent), limits)
    const first = exchange(get(server.url))
    const stop = new AbortController()
    const second = exchange({ ...get(server.url), signal: stop.signal })
    await expect.poll(() => server.count).toBe(1)
    stop.abort('enough')
    await expect(second).rejects.toMatchObject({ kind: 'ABORTED', cause: 'enough' })
    expect((await first).text).toBe('{}')
    expect((await exchange(get(server.url))).text).toBe('{}')
    expect(server.count).toBe(2)
    await agent.close()
  })

  it('fails when its dispatcher has gone', async () => {
    const agent = new Agent()
    await agent.close()
    const exchange = createExchange(dispatcherConnections(agent), limits)
    await expect(exchange(get('http://127.0.0.1:1'))).rejects.toMatchObject({ kind: 'UNREACHABLE' })
  })
})
