import type { RequestListener } from 'node:http'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SendCallbackOptions, sendCallback } from './send-callback.ts'
import { signCallback } from './sign-callback.ts'

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const other = `whsec_${Buffer.alloc(24, 8).toString('base64')}`
const payload = { success: true, tenant_id: '한림', message: 'ready', access_url: null, created_at: null }

let origin = ''
let received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = []
let answer: RequestListener = (_req, res) => res.end('{"received":true}')
const server = createServer(async (req, res) => {
  received.push({ headers: req.headers, body: await text(req) })
  answer(req, res)
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const send = (options: Partial<SendCallbackOptions> = {}, url = `${origin}/callback`) =>
  sendCallback(url, payload, { id: 'evt_1', registeredOrigin: origin, allowLoopback: true, ...options })

describe('sendCallback', () => {
  it('posts the payload with key and signatures that the library of Standard Webhooks verifies', async () => {
    received = []
    const attempt = await send({ apiKey: 'svc-key', secrets: [secret, other] })
    expect(attempt).toEqual({ outcome: 'delivered', status: 200, retryAfter: null, body: '{"received":true}' })
    const [{ headers, body } = { headers: {}, body: '' }] = received
    expect(headers).toMatchObject({ 'x-service-api-key': 'svc-key', 'content-type': 'application/json' })
    for (const one of [secret, other]) {
      expect(new Webhook(one).verify(body, headers as Record<string, string>)).toEqual(payload)
    }
  })

  it('sends no key and no signature that it was not given', async () => {
    received = []
    await send()
    expect(Object.keys(received[0]?.headers ?? {}).filter((name) => /webhook|key/.test(name))).toEqual([])
  })

  it.each([
    [200, 'delivered'],
    [299, 'delivered'],
    [300, 'failed'],
    [302, 'failed'],
    [400, 'failed'],
    [409, 'failed'],
    [410, 'stopped'],
    [429, 'failed'],
    [500, 'failed'],
    [503, 'failed'],
  ])('takes %i for %s', async (status, outcome) => {
    answer = (_req, res) => res.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
    expect(await send()).toMatchObject({ status, outcome })
  })

  it.each([
    ['7', 7_000],
    ['Sat, 31 Jan 2026 09:00:30 GMT', 30_000],
    ['Sat, 31 Jan 2026 08:00:00 GMT', 0],
    ['soon', null],
    ['-1', null],
    ['1.5', null],
  ])('reads Retry-After: %s', async (header, retryAfter) => {
    answer = (_req, res) => res.writeHead(503, { 'retry-after': header }).end()
    expect(await send({ now: () => new Date('2026-01-31T09:00:00Z') })).toMatchObject({ outcome: 'failed', retryAfter })
  })

  it.each(['http://evil.example/', 'https://127.0.0.1/', 'http://127.0.0.1:1/', 'x', 'data:text/plain,x', '//a'])(
    'sends nothing to %s, which is not below the registered origin',
    async (url) => {
      received = []
      await expect(send({}, url)).rejects.toMatchObject({ error: 'INVALID_REQUEST', status: 422 })
      expect(received).toEqual([])
    },
  )

  it('sends nothing to a registered origin that is not public', async () => {
    received = []
    await expect(send({ allowLoopback: false })).rejects.toMatchObject({ reason: 'address_refused' })
    expect(received).toEqual([])
  })
})

describe('signCallback', () => {
  const timestamp = new Date('2026-01-31T09:00:00.999Z')

  it('gives one signature for each secret, over id, whole seconds and body', () => {
    const signed = signCallback({ id: 'a', timestamp, body: Buffer.from('{}'), secrets: [secret, other] })
    expect(signed['webhook-timestamp']).toBe('1769850000')
    const [first, second] = signed['webhook-signature'].split(' ')
    expect(first).toBe(signCallback({ id: 'a', timestamp, body: '{}', secrets: [secret] })['webhook-signature'])
    expect(second).toBe(new Webhook(other).sign('a', timestamp, '{}'))
  })

  it('takes other text than whsec_ as it stands', () => {
    const text = 'this text is a secret of its own'
    const signed = signCallback({ id: 'a', timestamp, body: '{}', secrets: [text] })
    expect(signed['webhook-signature']).toBe(new Webhook(text, { format: 'raw' }).sign('a', timestamp, '{}'))
  })

  it.each(['', 'a.b', 'a b', 'a\n', '한', 'x'.repeat(256)])('refuses the id %j', (id) => {
    expect(() => signCallback({ id, timestamp, body: '', secrets: [secret] })).toThrow(TypeError)
  })

  it.each([[[]], [['short']], [['whsec_AAAA']], [['whsec_***']], [[secret, '']]])(
    'refuses the secrets %j',
    (secrets) => {
      expect(() => signCallback({ id: 'a', timestamp, body: '', secrets })).toThrow(TypeError)
    },
  )
})
