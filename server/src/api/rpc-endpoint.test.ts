import { Agent } from 'node:http'
import { connect } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { StandardApiError } from '../error/index.ts'
import { call, exchangeRaw } from '../http/http-call.test.support.ts'
import { serve } from '../http/serve.ts'
import { activation, exampleHandler, KEY, serveExample } from './example-service.test.support.ts'
import { standardApi } from './standard-api.ts'

const withKey = { 'X-Market-API-Key': KEY }
const json = { ...withKey, 'content-type': 'application/json' }
const encoded = (input: unknown) => encodeURIComponent(JSON.stringify(input))
const query = (name: string, input: unknown) => `/mt/trpc/${name}?input=${encoded(input)}`

/** The code of an error in the shape of tRPC, alone or in a batch, or of REST where no procedure is concerned. */
function codeOf(json: unknown): unknown {
  const [first] = [json].flat()
  const error: unknown = Reflect.get(Object(first), 'error')
  return typeof error === 'string' ? error : Reflect.get(Object(Reflect.get(Object(error), 'data')), 'error')
}

describe('the tRPC endpoint', () => {
  it.each([
    ['an unknown procedure', 'GET', '/mt/trpc/nothing', 404],
    ['no procedure', 'GET', '/mt/trpc/', 404],
    ['names of the prototype', 'GET', '/mt/trpc/__proto__', 404],
    ['a member of the prototype', 'GET', '/mt/trpc/constructor', 404],
    ['a member of a procedure', 'GET', '/mt/trpc/checkHealth.call', 404],
    ['a member of a member', 'GET', '/mt/trpc/constructor.prototype', 404],
    ['the inside of the router', 'GET', '/mt/trpc/_def.procedures', 404],
    ['an encoded slash', 'GET', '/mt/trpc/check%2FHealth', 404],
    ['a broken escape', 'GET', '/mt/trpc/%E0%A4%A', 400],
    ['GET to a mutation', 'GET', query('deactivateTenant', { tenant_id: 't', reason: '' }), 405],
    ['POST to a query', 'POST', '/mt/trpc/getTenantStatus', 405],
    ['PUT', 'PUT', query('checkHealth', {}), 405],
    ['DELETE', 'DELETE', query('checkHealth', {}), 405],
    ['PATCH', 'PATCH', '/mt/trpc/activateTenant', 405],
    ['TRACE', 'TRACE', query('checkHealth', {}), 405],
    ['TRACK', 'PROPFIND', query('checkHealth', {}), 405],
    ['a broken input', 'GET', '/mt/trpc/getTenantStatus?input=%7B', 400],
    ['an input that is null', 'GET', '/mt/trpc/getTenantStatus?input=null', 422],
    ['an input that is a list', 'GET', query('getTenantStatus', []), 422],
    ['an input that is text', 'GET', query('getTenantStatus', 'tenant_id'), 422],
    ['no input', 'GET', '/mt/trpc/getTenantStatus', 422],
    [
      'members of the prototype',
      'GET',
      '/mt/trpc/getTenantStatus?input=%7B%22__proto__%22:%7B%22tenant_id%22:%22t%22%7D%7D',
      422,
    ],
    ['a tenant of another type', 'GET', query('getTenantStatus', { tenant_id: { a: 1 } }), 422],
    ['a tenant with control characters', 'GET', query('getTenantStatus', { tenant_id: 'a\u0000b' }), 400],
    ['a batch with a broken input', 'GET', '/mt/trpc/getSettings,getSettings?batch=1&input=%7B', 400],
    ['a batch whose input is a list', 'GET', '/mt/trpc/getSettings?batch=1&input=5', 400],
    ['broken connection parameters', 'GET', '/mt/trpc/checkHealth?input={}&connectionParams=%7B', 400],
    [
      'connection parameters of a wrong shape',
      'GET',
      '/mt/trpc/checkHealth?input={}&connectionParams=%7B%22a%22:1%7D',
      400,
    ],
  ] as const)('answers %s without 5xx', async (...[, method, path, status]) => {
    await using service = await serveExample()
    const answer = await service.send({ method, path, headers: json })
    expect(answer.status).toBe(status)
    expect(codeOf(answer.json)).toMatch(/^[A-Z_]+$/)
    expect(answer.text).not.toMatch(/node:|\.ts|\.mjs|at \w+ \(|JSON\.parse|Unexpected/)
    expect(service.failures).toEqual([])
  })

  it.each([
    ['broken JSON', '{', json, 400],
    ['a lone surrogate', '{"tenant_id":"\\ud800"}', json, 422],
    ['a list', '[]', json, 422],
    ['null', 'null', json, 422],
    ['text', '"x"', json, 422],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), json, 400],
    ['no content type', '{}', withKey, 415],
    ['an unknown content type', '{}', { ...withKey, 'content-type': 'text/plain' }, 415],
    ['a form', 'a=1', { ...withKey, 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a broken multipart form', 'x', { ...withKey, 'content-type': 'multipart/form-data; boundary=a' }, 400],
    ['a multipart form without boundary', 'x', { ...withKey, 'content-type': 'multipart/form-data' }, 400],
    [
      'a multipart form',
      '--a\r\nContent-Disposition: form-data; name="tenant_id"\r\n\r\nt\r\n--a--\r\n',
      { ...withKey, 'content-type': 'multipart/form-data; boundary=a' },
      422,
    ],
    ['bytes', '{}', { ...withKey, 'content-type': 'application/octet-stream' }, 422],
    ['nothing', '', json, 422],
  ] as const)('answers a body of %s without 5xx', async (...[, body, headers, status]) => {
    await using service = await serveExample()
    const answer = await service.send({ method: 'POST', path: '/mt/trpc/activateTenant', headers, body })
    expect(answer.status).toBe(status)
    expect(codeOf(answer.json)).toMatch(/^[A-Z_]+$/)
    expect(answer.text).not.toMatch(/node:|\.ts|\.mjs|Unexpected/)
    expect(service.failures).toEqual([])
  })

  it('refuses input nested deeper than 32 levels, as REST does', async () => {
    await using service = await serveExample({
      updateSettings: ({ input: { tenant_id, features } }) => ({
        tenant_id,
        config: { features: { ...features } as never },
        subscription: { plan: 'a', start_date: 'b' },
      }),
    })
    const deep = (levels: number) =>
      `{"tenant_id":"t1","features":{"x":${'['.repeat(levels - 2)}${']'.repeat(levels - 2)}}}`
    const send = (levels: number) =>
      service.send({ method: 'POST', path: '/mt/trpc/updateSettings', headers: json, body: deep(levels) })
    expect(await send(32)).toMatchObject({ status: 200 })
    expect(await send(33)).toMatchObject({ status: 400, json: { error: { data: { error: 'INVALID_REQUEST' } } } })
    expect(await send(45_000)).toMatchObject({ status: 400 })
    expect(service.failures).toEqual([])
  })

  it.each(['a:b:c', 'x/../y', '[', 'a b', '%', ''])('answers a request for the host %j without 5xx', async (host) => {
    await using service = await serveExample()
    const head = `GET ${query('checkHealth', {})} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`
    expect(await exchangeRaw(service.port, head)).toMatch(/^HTTP\/1\.1 [24]\d\d /)
    expect(service.failures).toEqual([])
  })

  it.each(['http://', 'http://a:b:c/mt/trpc/checkHealth', '*', '//mt/trpc/checkHealth', 'http:///mt/trpc/x', 'x:y'])(
    'answers the request target %s without 5xx',
    async (target) => {
      await using service = await serveExample()
      const answer = await exchangeRaw(service.port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    },
  )

  it('works with a request target in absolute form', async () => {
    await using service = await serveExample()
    const target = `http://example.com${query('checkHealth', {})}`
    const answer = await exchangeRaw(service.port, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('calls a procedure that takes no input without one', async () => {
    await using service = await serveExample()
    expect(await service.send({ path: '/mt/trpc/checkHealth' })).toMatchObject({
      status: 200,
      json: { result: { data: { status: 'healthy' } } },
    })
  })

  it('answers HEAD and OPTIONS without body and without 5xx', async () => {
    await using service = await serveExample()
    for (const method of ['HEAD', 'OPTIONS']) {
      const { status, text } = await service.send({ method, path: query('checkHealth', {}) })
      expect({ method, status: status < 500, text: method === 'HEAD' ? text : '' }).toEqual({
        method,
        status: true,
        text: '',
      })
    }
  })

  it('refuses a batch of more than 100 calls', async () => {
    await using service = await serveExample()
    const batch = (size: number) => {
      const inputs = Object.fromEntries(Array.from({ length: size }, (_, index) => [index, {}]))
      return service.send({ path: `/mt/trpc/${Array(size).fill('checkHealth')}?batch=1&input=${encoded(inputs)}` })
    }
    expect(await batch(100)).toMatchObject({ status: 200 })
    expect(await batch(101)).toMatchObject({ status: 400 })
    expect(service.failures).toEqual([])
  })

  it('checks the key for every call of a batch', async () => {
    await using service = await serveExample()
    const inputs = encoded({ 0: {}, 1: { tenant_id: 't' } })
    const answer = await service.send({ path: `/mt/trpc/checkHealth,getSettings?batch=1&input=${inputs}`, headers: {} })
    expect(answer).toMatchObject({ status: 207, json: [{ result: {} }, { error: { data: { httpStatus: 401 } } }] })
  })

  it('answers a body over the limit with 413 that the caller can read, on a connection that ends', async () => {
    await using service = await serveExample({}, { maxBodySize: 10_000 })
    const body = { ...activation, tenant_name: 'a'.repeat(3_000_000) }
    const path = '/mt/trpc/activateTenant'
    const answer = await service.send({ method: 'POST', path, body })
    expect(answer).toMatchObject({
      status: 413,
      headers: { connection: 'close' },
      json: { error: { data: { error: 'PAYLOAD_TOO_LARGE', httpStatus: 413 } } },
    })
    const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`
    const socket = connect(service.port, '127.0.0.1')
    const failures: unknown[] = []
    socket.on('error', (error) => failures.push(error))
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Market-API-Key: ${KEY}\r\nContent-Type: application/json\r\n`
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(40)}0\r\n\r\n`)
    expect((await buffer(socket)).toString()).toMatch(/^HTTP\/1\.1 413 .*connection: close/is)
    expect(failures).toEqual([])
    expect(service.failures).toEqual([])
  })

  it('takes a body that middleware before it has parsed', async () => {
    const api = standardApi(exampleHandler, { env: { MARKET_API_KEY: KEY } })
    const app = new Koa().use(async (koa, next) => {
      Reflect.set(koa.request, 'body', JSON.parse(await text(koa.req)))
      await next()
    })
    const running = await serve(app.use(api))
    const request = { method: 'POST', path: '/mt/trpc/activateTenant', headers: json, body: JSON.stringify(activation) }
    expect(await call(running.port, request)).toMatchObject({
      status: 200,
      json: { result: { data: { success: true } } },
    })
    await running.close(0)
  })

  it('keeps the connection when the refusal leaves nothing unread', async () => {
    await using service = await serveExample()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (const [body, status] of [
      ['{', 400],
      ['{}', 422],
      [JSON.stringify(activation), 200],
    ] as const) {
      const answer = await service.send({ method: 'POST', path: '/mt/trpc/activateTenant', headers: json, body, agent })
      expect(answer).toMatchObject({ status, headers: { connection: 'keep-alive' } })
    }
    agent.destroy()
  })

  it('gives errors that are thrown again the path and the id of their own request', async () => {
    const kept = Promise.reject(StandardApiError.unavailable(5, new Error('no connection')))
    kept.catch(() => {})
    await using service = await serveExample({ getSettings: () => kept, getUser: () => kept })
    for (const [name, id] of [
      ['getSettings', 'first'],
      ['getUser', 'second'],
    ] as const) {
      const headers = { ...withKey, 'X-Request-Id': id }
      const answer = await service.send({ path: query(name, { tenant_id: 't', user_id: 'u' }), headers })
      expect(answer.json).toMatchObject({ error: { data: { path: name, request_id: id } } })
    }
  })

  it('stays well when callers break off in the middle of a body', async () => {
    await using service = await serveExample()
    for (let round = 0; round < 20; round++) {
      const socket = connect(service.port, '127.0.0.1')
      socket.on('error', () => {})
      const head = 'POST /mt/trpc/activateTenant HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
      socket.write(`${head}X-Market-API-Key: ${KEY}\r\nContent-Length: 500\r\n\r\n{"tenant`)
      await new Promise((resolve) => setTimeout(resolve, 5))
      socket.destroy()
    }
    const answer = await service.send({ method: 'POST', path: '/mt/trpc/activateTenant', body: activation })
    expect(answer).toMatchObject({ status: 200 })
    expect(service.failures).toEqual([])
  })
})
