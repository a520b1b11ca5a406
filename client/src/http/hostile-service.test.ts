import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isServiceError } from '../error/service-error.ts'
import { type RawServer, serveRaw, serveTcp } from '../raw-server.test.support.ts'
import { ServiceClient } from '../service/service-client.ts'

const status = { tenant_id: 'a', status: 'active', plan: 'p', features: [], created_at: '', updated_at: '' }
const health = { status: 'healthy', version: '1', timestamp: '' }

/** Wraps what a service says in the envelope of the tRPC protocol. */
const wrap = { rest: (json: string) => json, trpc: (json: string) => `{"result":{"data":${json}}}` }
type Wrap = (json: string) => string

type Hostility = (res: ServerResponse, wrapped: Wrap) => void
const json = (res: ServerResponse, body: string) => res.writeHead(200, { 'content-type': 'application/json' }).end(body)

/** Bytes as they come until the caller goes away. */
async function drip(res: ServerResponse, chunk: string, every: number): Promise<void> {
  res.writeHead(200, { 'content-type': 'application/json' })
  while (!res.destroyed) {
    res.write(chunk)
    await pause(every)
  }
}

const cases: readonly (readonly [name: string, code: string, answer: Hostility])[] = [
  [
    'a body that says it is huge',
    'INVALID_RESPONSE',
    (res) => void res.writeHead(200, { 'content-length': 5e9 }).write('{'),
  ],
  ['a body without an end', 'INVALID_RESPONSE', (res) => void drip(res, 'x'.repeat(65_536), 0)],
  ['a slow drip', 'TIMEOUT', (res) => void drip(res, ' ', 20)],
  ['headers and then silence', 'TIMEOUT', (res) => void res.writeHead(200).flushHeaders()],
  ['silence', 'TIMEOUT', () => {}],
  [
    'a cut body',
    'UNREACHABLE',
    (res) => void res.writeHead(200, { 'content-length': 100 }).write('{"a"', () => res.destroy()),
  ],
  [
    'a redirect to elsewhere',
    'INVALID_RESPONSE',
    (res) => void res.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
  ],
  ['a redirect to itself', 'INVALID_RESPONSE', (res) => void res.writeHead(302, { location: '/mt/health' }).end()],
  ['invalid JSON', 'INVALID_RESPONSE', (res, wrapped) => void json(res, wrapped('{"status":'))],
  ['no body at all', 'INVALID_RESPONSE', (res) => void res.writeHead(200).end()],
  ['204', 'INVALID_RESPONSE', (res) => void res.writeHead(204).end()],
  ['a page', 'INVALID_RESPONSE', (res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  [
    'bytes that are not UTF-8',
    'INVALID_RESPONSE',
    (res) => void res.writeHead(200).end(Buffer.from('ff fe 22', 'hex')),
  ],
  [
    'a compressed body',
    'INVALID_RESPONSE',
    (res) => void res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')),
  ],
  ['null', 'INVALID_RESPONSE', (res, wrapped) => void json(res, wrapped('null'))],
  ['an array', 'INVALID_RESPONSE', (res, wrapped) => void json(res, wrapped('[]'))],
  ['a string', 'INVALID_RESPONSE', (res, wrapped) => void json(res, wrapped('"healthy"'))],
  [
    'wrong types',
    'INVALID_RESPONSE',
    (res, wrapped) => void json(res, wrapped('{"status":1,"plan":{},"features":"a"}')),
  ],
  ['missing members', 'INVALID_RESPONSE', (res, wrapped) => void json(res, wrapped('{"tenant_id":"a"}'))],
  ['__proto__', 'INVALID_RESPONSE', (res, w) => void json(res, w(`{"__proto__":{"admin":true},${inner(status)}}`))],
  [
    'an escaped __proto__',
    'INVALID_RESPONSE',
    (res, w) => void json(res, w(`{"\\u005f_proto__":{"a":1},${inner(status)}}`)),
  ],
  [
    'constructor.prototype',
    'INVALID_RESPONSE',
    (res, w) => void json(res, w(`{"constructor":{"prototype":{}},${inner(status)}}`)),
  ],
  [
    'deep nesting',
    'INVALID_RESPONSE',
    (res, w) => void json(res, w(`{"x":${'['.repeat(2e5)}${']'.repeat(2e5)},${inner(status)}}`)),
  ],
  ['500 without a body', 'INTERNAL_ERROR', (res) => void res.writeHead(500).end()],
  [
    '500 with a page',
    'INTERNAL_ERROR',
    (res) => void res.writeHead(500, { 'content-type': 'text/html' }).end('<b>no</b>'),
  ],
  [
    'an error with wrong types',
    'NOT_FOUND',
    (res) => void res.writeHead(404).end('{"error":5,"message":{},"detail":null}'),
  ],
  [
    'an error with an unknown code',
    'TRANSITION_REFUSED',
    (res) => void res.writeHead(409).end('{"error":"WEIRD","message":"m"}'),
  ],
  ['an unknown status', 'INVALID_REQUEST', (res) => void res.writeHead(418).end('{}')],
]

function inner(value: object): string {
  return JSON.stringify(value).slice(1, -1)
}

/** Long deadlines, so that a busy machine is not taken for a slow service; short ones for services that are. */
async function failure(server: RawServer, protocol: 'rest' | 'trpc', deadline = 10_000) {
  await using service = new ServiceClient({
    baseUrl: server.url,
    protocol,
    maxAttempts: 1,
    headersTimeout: deadline,
    bodyTimeout: deadline,
  })
  try {
    return { value: await service.getTenantStatus({ tenant_id: 'a' }) }
  } catch (error) {
    return error
  }
}

describe.each(['rest', 'trpc'] as const)('a hostile service over %s', (protocol) => {
  it.each(cases)('%s is %s', async (_name, code, answer) => {
    await using server = await serveRaw((_req, res) => answer(res, wrap[protocol]))
    const error = await failure(server, protocol, code === 'TIMEOUT' ? 150 : undefined)
    expect(error).toMatchObject({ code })
    expect(isServiceError(error)).toBe(true)
    expect(Object.getPrototypeOf({})).not.toHaveProperty('admin')
    await expect.poll(() => server.open).toBe(0)
    expect(server.count).toBe(1)
  })

  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['an endless header', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    ['a reset', ''],
  ])('%s is UNREACHABLE', async (_name, bytes) => {
    await using server = await serveTcp((socket) => {
      socket.once('data', () => (bytes === '' ? socket.resetAndDestroy() : socket.write(bytes)))
    })
    expect(await failure(server, protocol)).toMatchObject({ code: 'UNREACHABLE', answerLost: true })
    await expect.poll(() => server.open).toBe(0)
  })

  it('harmless keys that look like hostile ones pass', async () => {
    const body = JSON.stringify({ ...status, plan: '__proto__', features: ['constructor', '"__proto__":'] })
    await using server = await serveRaw((_req, res) => void json(res, wrap[protocol](body)))
    expect(await failure(server, protocol)).toMatchObject({ value: { plan: '__proto__' } })
  })
})

it('does not follow a redirect, and gives its key to nobody else', async () => {
  await using elsewhere = await serveRaw((_req, res) => void json(res, JSON.stringify(health)))
  await using server = await serveRaw((_req, res) => void res.writeHead(308, { location: elsewhere.url }).end())
  expect(await failure(server, 'rest')).toMatchObject({ code: 'INVALID_RESPONSE', status: 308 })
  expect(elsewhere.count).toBe(0)
})
