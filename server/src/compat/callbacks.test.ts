import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import Koa from 'koa'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleHandler } from '../api/example-service.test.support.ts'
import { type CallbackProgress, type CallbackQueue, memoryCallbackQueue, signCallback } from '../callback/index.ts'
import { type RunningServer, serve } from '../http/serve.ts'
import { type CompatHandler, type MarketCompatOptions, marketCompatApi } from './market-compat-api.ts'
import type { CallbackOptions } from './webhook-options.ts'

const KEY = 'mt_dev_key_12345'
const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
const OLD = `whsec_${Buffer.alloc(24, 2).toString('base64')}`

let market: Server
let origin = ''
let received: { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string | undefined }[] = []
let answer: RequestListener
let running: RunningServer | undefined
let progress: CallbackProgress[] = []

beforeEach(async () => {
  received = []
  progress = []
  answer = (_req, res) => res.end('{"received":true}')
  market = createServer(async (req, res) => {
    received.push({ headers: req.headers, body: await text(req), path: req.url })
    answer(req, res)
  })
  await new Promise<void>((resolve) => market.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(market.address() as AddressInfo).port}`
})
afterEach(async () => {
  market.close()
  await running?.close()
})

/** Members of answers that are looked at. */
interface Answered {
  readonly tenant_id?: string
  readonly message?: string
  readonly access_url?: string
  readonly created_at?: string
  readonly status?: string
  readonly details?: { readonly issues: unknown }
}

const application = (callback_url: unknown, id = 17) => ({
  application_id: id,
  kind: 'demo',
  applicant: { id: 1, name: '홍길동', email: `hong${id}@hallym.ac.kr`, university_name: '한림대학교' },
  service: { id: 1, slug: 'advisor', title: 'AI Advisor' },
  callback_url,
})

/** Ends when the callback does. */
async function start(callback: CallbackOptions | undefined, more: Partial<CompatHandler & MarketCompatOptions> = {}) {
  const { promise: over, resolve } = Promise.withResolvers<CallbackProgress>()
  const onAttempt = (one: CallbackProgress) => {
    progress.push(one)
    if (one.state !== 'waiting') resolve(one)
  }
  const effects: string[] = []
  const handler: CompatHandler = {
    ...exampleHandler,
    activateTenant(options) {
      effects.push(options.input.tenant_id)
      return exampleHandler.activateTenant(options)
    },
    ...(more.onApplicationApproved && { onApplicationApproved: more.onApplicationApproved }),
  }
  const options = { env: { MARKET_API_KEY: KEY }, onError: () => undefined, ...more }
  const sends = callback && { callback: { onAttempt, schedule: [0, 5, 10], ...callback } }
  running = await serve(new Koa().use(marketCompatApi(handler, { ...options, ...sends })))
  const { url } = running
  async function post(payload: unknown, signedAs?: string) {
    const body = JSON.stringify(payload)
    const signed = signedAs && signCallback({ id: signedAs, timestamp: new Date(), body, secrets: [SECRET] })
    const response = await fetch(`${url}/api/tenant/webhook/auto-provision`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-API-Key': KEY, ...signed },
      body,
    })
    return { status: response.status, json: (await response.json()) as Answered }
  }
  return { post, over, effects }
}

describe('a callback', () => {
  it('reports the outcome with key and signatures of every secret', async () => {
    const { post, over } = await start({ origins: [origin], serviceKey: 'svc-key', secret: [SECRET, OLD] })
    const { json } = await post(application(`${origin}/callback?application=17`))
    expect(await over).toMatchObject({ state: 'delivered', callback: { attempts: [{ status: 200, error: null }] } })
    const [{ headers, body, path } = { headers: {}, body: '', path: '' }] = received
    expect(path).toBe('/callback?application=17')
    expect(headers['x-service-api-key']).toBe('svc-key')
    expect(body).toBe(
      JSON.stringify({
        success: true,
        tenant_id: json.tenant_id,
        message: json.message,
        access_url: json.access_url,
        created_at: json.created_at,
      }),
    )
    for (const secret of [SECRET, OLD]) new Webhook(secret).verify(body, headers as Record<string, string>)
  })

  it('has the id of its webhook, so that a second delivery of that has no second callback', async () => {
    const webhook = { secret: SECRET }
    const { post, over, effects } = await start({ origins: [origin] }, { webhook })
    await post(application(`${origin}/callback`), 'msg_1')
    await over
    await post(application(`${origin}/callback`), 'msg_1')
    await post(application(`${origin}/callback`, 18), 'msg_2')
    await expect.poll(() => received.length).toBe(2)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(progress.map(({ callback }) => callback.id)).size).toBe(2)
    expect(effects).toHaveLength(2)
  })

  it.each([
    'https://evil.example/callback',
    'http://127.0.0.1:1/callback',
    'blob:{origin}/x',
    '{origin}@evil.example/',
    'user:pass@{origin}',
    'http://user:pass@{host}/callback',
    'callback',
    '',
  ])('to %s is refused before anything is started', async (template) => {
    const { post, effects } = await start({ origins: [origin], serviceKey: 'svc-key' })
    const url = template.replace('{origin}', origin).replace('{host}', origin.slice('http://'.length))
    const { status, json } = await post(application(url))
    expect(status).toBe(422)
    expect(json.details?.issues).toEqual([{ loc: ['body', 'callback_url'], message: expect.any(String) }])
    expect(effects).toEqual([])
    expect(received).toEqual([])
  })

  it('is tried again with the same id and a fresh signature until it arrives', async () => {
    answer = (_req, res) => res.writeHead(received.length < 3 ? 500 : 204).end()
    const { post, over } = await start({ origins: [origin], secret: SECRET })
    await post(application(`${origin}/callback`))
    const { state, callback } = await over
    expect(state).toBe('delivered')
    expect(callback.attempts.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['failed', 500],
      ['failed', 500],
      ['delivered', 204],
    ])
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(progress.map((one) => one.state)).toEqual(['waiting', 'waiting', 'delivered'])
  })

  it.each([
    [410, 'stopped', 1],
    [302, 'given_up', 3],
    [500, 'given_up', 3],
  ])('that is answered with %d is %s after %d attempts', async (status, state, attempts) => {
    answer = (_req, res) => res.writeHead(status, { location: `${origin}/elsewhere` }).end()
    const { post, over } = await start({ origins: [origin] })
    await post(application(`${origin}/callback`))
    expect((await over).state).toBe(state)
    expect(received).toHaveLength(attempts)
    expect(received.every(({ path }) => path === '/callback')).toBe(true)
  })

  it.each([
    [429, '120', 120_000],
    [503, '120', 120_000],
    [503, '9999999', 604_800_000],
    [500, '120', 5],
  ])('that is answered with %d and Retry-After %s waits %d ms', async (status, header, expected) => {
    answer = (_req, res) => res.writeHead(status, { 'retry-after': header }).end()
    const delays: number[] = []
    const memory = memoryCallbackQueue()
    const queue: CallbackQueue = {
      async add(callback, delay) {
        delays.push(delay)
        if (delays.length === 1) await memory.add(callback, delay)
      },
      work: memory.work,
    }
    const { post } = await start({ origins: [origin], queue })
    await post(application(`${origin}/callback`))
    await expect.poll(() => delays).toEqual([0, expected])
  })

  it('keeps the word for why nobody answered', async () => {
    const { post, over } = await start({ origins: ['http://market.example.com'], resolve: async () => ['10.0.0.1'] })
    await post(application('http://market.example.com/callback'))
    const { callback } = await over
    expect(callback.attempts.map(({ error, status }) => [error, status])).toEqual(
      Array(3).fill(['address_refused', null]),
    )
  })

  it('that cannot even be sent is given up like any other', async () => {
    const resolve = () => Promise.reject(new RangeError('a mistake of our own'))
    const { post, over } = await start({ origins: ['http://market.example.com'], resolve })
    await post(application('http://market.example.com/callback'))
    expect(await over).toMatchObject({ state: 'given_up', callback: { attempts: { length: 3 } } })
  })

  it('is owed until the queue has it: without, the webhook fails and may be sent again', async () => {
    const queue: CallbackQueue = { add: () => Promise.reject(new Error('no queue')), work: () => undefined }
    const { post } = await start({ origins: [origin], queue }, { webhook: { secret: SECRET } })
    expect((await post(application(`${origin}/callback`), 'msg_1')).status).toBe(500)
    expect((await post(application(`${origin}/callback`), 'msg_1')).status).toBe(500)
  })

  it('comes later when the service is not done yet', async () => {
    const onApplicationApproved: CompatHandler['onApplicationApproved'] = async ({ application: { id }, callback }) => {
      const outcome = { success: true, tenant_id: `t${id}`, access_url: null, message: '완료', created_at: null }
      setTimeout(() => void callback?.(outcome), 5)
      const later = { tenant_url: null, expires_at: null, admin_credentials: null }
      return { ...outcome, ...later, tenant_id: null, status: 'processing' }
    }
    const { post, over } = await start({ origins: [origin] }, { onApplicationApproved })
    expect((await post(application(`${origin}/callback`))).json.status).toBe('processing')
    await over
    expect(received.map(({ body }): unknown => JSON.parse(body))).toMatchObject([{ tenant_id: 't17' }])
  })

  it('reports an activation as well, to the callback_url of its config', async () => {
    const { post, over } = await start({ origins: [origin] })
    const contact = { email: 'a@b.kr', name: 'A' }
    const activation = (callback_url: string) => ({
      ...{ tenant_id: 'new_univ', tenant_name: '새', plan: 'basic', features: [], contact, config: { callback_url } },
    })
    expect((await post(activation('https://evil.example/'))).status).toBe(422)
    expect((await post(activation(`${origin}/callback`))).status).toBe(200)
    await over
    expect(received.map(({ body }): unknown => JSON.parse(body))).toMatchObject([{ tenant_id: 'new_univ' }])
  })

  it.each([[null], [undefined]])('is not sent for the callback_url %s', async (url) => {
    const { post } = await start({ origins: [origin] })
    expect((await post(application(url))).status).toBe(200)
    expect(progress).toEqual([])
  })

  it('is not sent by a service that has no origins registered, whatever the payload names', async () => {
    const { post, effects } = await start(undefined)
    expect((await post(application('http://simulator:9000/callback'))).status).toBe(200)
    expect(effects).toHaveLength(1)
    expect(received).toEqual([])
  })

  it('is configured by variables too', async () => {
    const env = {
      MT_CALLBACK_ORIGINS: `https://a.example, ${origin}`,
      MT_CALLBACK_KEY: 'k',
      MT_CALLBACK_SECRET: SECRET,
    }
    const { post, over } = await start({}, { env: { MARKET_API_KEY: KEY, ...env } })
    await post(application(`${origin}/callback`))
    await over
    expect(received[0]?.headers).toMatchObject({ 'x-service-api-key': 'k', 'webhook-id': expect.any(String) })
  })

  it.each<[string, CallbackOptions]>([
    ['no origin', { origins: [] }],
    ['a key and no origin', { serviceKey: 'k' }],
    ['an origin with a path', { origins: ['https://market.example.com/callback'] }],
    ['an origin that is a name', { origins: ['market.example.com'] }],
    ['an origin of another protocol', { origins: ['ftp://market.example.com'] }],
    ['an empty key', { origins: ['https://a.example'], serviceKey: '' }],
    ['a key that no header can carry', { origins: ['https://a.example'], serviceKey: 'key\r\nx-admin: 1' }],
    ['a key outside of latin1', { origins: ['https://a.example'], serviceKey: '서비스 키' }],
    ['a short secret', { origins: ['https://a.example'], secret: 'short' }],
  ])('with %s does not start', (_, callback) => {
    expect(() => marketCompatApi(exampleHandler, { env: { MARKET_API_KEY: KEY }, callback })).toThrow(TypeError)
  })
})
