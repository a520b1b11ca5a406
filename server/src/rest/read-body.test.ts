import { Agent } from 'node:http'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { serveRouter, t } from './serve-router.test.support.ts'

const LIMIT = 1_000

const router = t.router({
  echo: t.procedure
    .meta({ openapi: { method: 'POST', path: '/echo' } })
    .input(z.object({ text: z.string() }))
    .mutation(({ input }) => input.text.length),
  ping: t.procedure.meta({ openapi: { method: 'GET', path: '/ping' } }).query(() => 'pong'),
})

const serveLimited = () => serveRouter(router, { maxBodySize: LIMIT })
const bodyOf = (size: number) => `{"text":"${'a'.repeat(size - 11)}"}`
const tooLarge = {
  status: 413,
  headers: { connection: 'close' },
  json: { error: 'PAYLOAD_TOO_LARGE', message: `The body is larger than ${LIMIT} bytes`, details: { limit: LIMIT } },
}

function chunked(size: number): string {
  const chunk = `${(1024).toString(16)}\r\n${'a'.repeat(1024)}\r\n`
  return `${chunk.repeat(Math.ceil(size / 1024))}0\r\n\r\n`
}

describe('readBody, through restProjection', () => {
  it('accepts a body of exactly the limit and refuses one byte more', async () => {
    await using server = await serveLimited()
    expect(await server.post('/echo', bodyOf(LIMIT))).toMatchObject({ status: 200, json: LIMIT - 11 })
    expect(await server.post('/echo', bodyOf(LIMIT + 1))).toMatchObject(tooLarge)
  })

  it('counts bytes, not characters', async () => {
    await using server = await serveLimited()
    expect(await server.post('/echo', { text: '한'.repeat(400) })).toMatchObject(tooLarge)
  })

  it('puts a body of many chunks together, whatever characters they cut', async () => {
    await using server = await serveLimited()
    const bytes = Buffer.from('{"text":"한림대학교"}')
    const socket = connect(server.port, '127.0.0.1')
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n')
    for (const byte of bytes) {
      socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]))
      await new Promise(setImmediate)
    }
    socket.write('0\r\n\r\n')
    expect((await buffer(socket)).toString()).toMatch(/^HTTP\/1\.1 200 .*\r\n\r\n5$/s)
  })

  it.each([
    ['a length of 5 MB', `Content-Length: ${5_242_880}\r\n\r\n${'a'.repeat(5_242_880)}`],
    ['5 MB in chunks', `Transfer-Encoding: chunked\r\n\r\n${chunked(5_242_880)}`],
  ])('lets a caller who sends %s read its refusal', async (_name, rest) => {
    await using server = await serveLimited()
    const socket = connect(server.port, '127.0.0.1')
    const failures: unknown[] = []
    socket.on('error', (error) => failures.push(error))
    socket.write(`POST /echo HTTP/1.1\r\nHost: x\r\n${rest}`)
    const answer = (await buffer(socket)).toString()
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*\r\nConnection: close\r\n.*"error":"PAYLOAD_TOO_LARGE"/is)
    expect(failures).toEqual([])
  })

  it('lets fetch read its refusal, and the next request through the same client succeed', async () => {
    await using server = await serveLimited()
    for (let round = 0; round < 3; round++) {
      const url = `http://127.0.0.1:${server.port}`
      const answer = await fetch(`${url}/echo`, { method: 'POST', body: 'a'.repeat(3_000_000) })
      expect(answer.status).toBe(413)
      expect(await answer.json()).toMatchObject({ error: 'PAYLOAD_TOO_LARGE' })
      expect((await fetch(`${url}/ping`)).status).toBe(200)
    }
  })

  it('answers without the whole body when the caller stops sending it', async () => {
    await using server = await serveLimited()
    const socket = connect(server.port, '127.0.0.1')
    socket.write(`POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n${'a'.repeat(2_000)}`)
    expect((await buffer(socket)).toString()).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('keeps the connection of a refusal that has another reason', async () => {
    await using server = await serveLimited()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    try {
      const path = '/echo'
      for (const [body, status] of [
        ['{', 422],
        [bodyOf(LIMIT), 200],
        ['[]', 422],
      ]) {
        const answer = await server.send({ method: 'POST', path, body, agent })
        expect(answer).toMatchObject({ status, headers: { connection: 'keep-alive' } })
      }
    } finally {
      agent.destroy()
    }
  })

  it('stays well when callers break off in the middle of a body', async () => {
    await using server = await serveLimited()
    for (let round = 0; round < 20; round++) {
      const socket = connect(server.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"text"')
      await new Promise((resolve) => setTimeout(resolve, 5))
      socket.destroy()
    }
    expect(await server.post('/echo', { text: 'abc' })).toMatchObject({ status: 200, json: 3 })
  })
})
