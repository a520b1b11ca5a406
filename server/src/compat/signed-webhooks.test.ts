import Koa from 'koa'
import { afterEach, describe, expect, it } from 'vitest'
import { exampleHandler } from '../api/example-service.test.support.ts'
import { signCallback } from '../callback/index.ts'
import { StandardApiError } from '../error/index.ts'
import { type RunningServer, serve } from '../http/serve.ts'
import { type IdempotencyStore, memoryIdempotencyStore } from '../idempotency/index.ts'
import { type CompatHandler, type MarketCompatOptions, marketCompatApi } from './market-compat-api.ts'
import type { WebhookOptions } from './webhook-options.ts'

const KEY = 'mt_dev_key_12345'
const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
const NEXT = `whsec_${Buffer.alloc(24, 2).toString('base64')}`
const FOREIGN = `whsec_${Buffer.alloc(24, 3).toString('base64')}`
const START = new Date('2026-01-31T09:00:00.000Z')
const DAY = 86_400_000

let clock = START
let running: RunningServer | undefined
afterEach(async () => {
  clock = START
  await running?.close()
})

const applicant = { id: 1, name: '홍길동', email: 'hong@hallym.ac.kr', university_name: '한림대학교' }
const payload = {
  application_id: 17,
  kind: 'demo',
  contact: '02-000-0000',
  reason: '시험',
  applicant,
  service: { id: 1, slug: 'advisor', title: 'AI Advisor' },
}

interface Sent {
  readonly secrets?: readonly string[] | undefined
  readonly id?: string
  readonly at?: Date
  readonly key?: string
  readonly path?: string
  /** Sent in place of what was signed. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A service that counts what it activates. */
async function service(webhook: WebhookOptions = { secret: SECRET }, more: MarketCompatOptions = {}) {
  const effects: string[] = []
  const handler: CompatHandler = {
    ...exampleHandler,
    activateTenant: (options) => {
      effects.push(options.input.tenant_id)
      if (options.input.tenant_name === 'boom') throw new Error('unexpected')
      if (options.input.tenant_name === 'full') throw new StandardApiError('TENANT_DELETED', 'gone')
      return exampleHandler.activateTenant(options)
    },
  }
  const env = { MARKET_API_KEY: `${KEY},next-key` }
  const options = { env, now: () => clock, onError: () => undefined, webhook, ...more }
  running = await serve(new Koa().use(marketCompatApi(handler, options)))
  const { url } = running

  async function post(content: unknown, { secrets = [SECRET], id = 'msg_1', at = clock, ...sent }: Sent = {}) {
    const { key = KEY, path = '/api/tenant/webhook/auto-provision', headers } = sent
    const signed = typeof content === 'string' ? content : JSON.stringify(content)
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-API-Key': key,
        ...(secrets.length > 0 && signCallback({ id, timestamp: at, body: signed, secrets })),
        ...headers,
      },
      body: sent.body ?? signed,
    })
    const text = await response.text()
    return {
      status: response.status,
      text,
      json: JSON.parse(text),
      replayed: response.headers.get('idempotent-replay'),
    }
  }
  return { post, effects, url }
}

function before(ms: number): Date {
  return new Date(clock.getTime() - ms)
}

const unauthorized = { status: 401, json: { error: 'UNAUTHORIZED', message: 'Invalid or missing credentials' } }

describe('a signed webhook', () => {
  it('is taken when key and signature are good', async () => {
    const { post, effects } = await service()
    expect(await post(payload)).toMatchObject({ status: 200, json: { status: 'approved' } })
    expect(effects).toEqual(['demo_hanlimdaehaggyo_17'])
  })

  it.each<[string, Sent]>([
    ['a secret of someone else', { secrets: [FOREIGN] }],
    ['another body than the signed one', { body: JSON.stringify({ ...payload, kind: 'service' }) }],
    ['the same JSON in other bytes', { body: JSON.stringify(payload, null, 1) }],
    ['another id than the signed one', { headers: { 'webhook-id': 'msg_2' } }],
    ['another time than the signed one', { headers: { 'webhook-timestamp': `${START.getTime() / 1000 + 1}` } }],
    ['a timestamp older than 300 s', { at: before(301_000) }],
    ['a timestamp from the future', { at: before(-301_000) }],
    ['a timestamp that is none', { headers: { 'webhook-timestamp': 'now' } }],
    ['an unknown version of signature', { headers: { 'webhook-signature': `v1a,${'A'.repeat(44)}` } }],
    ['an empty signature', { headers: { 'webhook-signature': 'v1,' } }],
    ['an id and no signature', { secrets: [], headers: { 'webhook-id': 'msg_1' } }],
    ['a signature and no id', { secrets: [], headers: { 'webhook-signature': 'v1,AAAA' } }],
    ['a good signature and a wrong key', { key: 'wrong' }],
  ])('with %s is 401 and has no effect', async (_, sent) => {
    const { post, effects } = await service()
    expect(await post(payload, sent)).toMatchObject(unauthorized)
    expect(effects).toEqual([])
  })

  it.each([299_000, -299_000])('may be %d ms away', async (distance) => {
    const { post } = await service()
    expect(await post(payload, { at: before(distance) })).toMatchObject({ status: 200 })
  })

  it('is verified before its body is parsed', async () => {
    const { post } = await service()
    expect(await post('{', { secrets: [FOREIGN] })).toMatchObject({ status: 401 })
    expect(await post('{')).toMatchObject({ status: 422 })
  })

  it.each(['/api/tenant/%77ebhook/auto-provision', '/api/tenant/webhook/application-approved'])(
    'is verified at %s as well',
    async (path) => {
      const { post, effects } = await service()
      expect(await post(payload, { path, secrets: [FOREIGN] })).toMatchObject({ status: 401 })
      expect(effects).toEqual([])
      expect(await post(payload, { path })).toMatchObject({ status: 200 })
    },
  )

  it('is taken with either of two secrets, on both sides of a rotation', async () => {
    const { post } = await service({ secret: [SECRET, NEXT] })
    for (const [index, secrets] of [[SECRET], [NEXT], [FOREIGN, SECRET]].entries()) {
      expect(await post(payload, { secrets, id: `msg_${index}` })).toMatchObject({ status: 200 })
    }
    expect(await post(payload, { secrets: [FOREIGN], id: 'msg_9' })).toMatchObject({ status: 401 })
  })

  it('of a type that is not known is ignored, whatever it holds', async () => {
    const { post, effects } = await service()
    for (const [index, content] of [
      { type: 'invoice.paid', data: {} },
      { type: 'application.rejected', ...payload },
    ].entries()) {
      const { status, json } = await post(content, { id: `msg_${index}` })
      expect(status).toBe(200)
      expect(json).toMatchObject({ status: 'ignored', tenant_id: null })
    }
    expect(effects).toEqual([])
  })

  it.each(['application.approved', 'application-approved', 'auto-provision'])(
    'of type %s holds its content in data',
    async (type) => {
      const { post, effects } = await service()
      const answer = await post({ type, timestamp: START.toISOString(), data: payload })
      expect(answer).toMatchObject({ status: 200, json: { status: 'approved' } })
      expect(effects).toHaveLength(1)
    },
  )
})

describe('a webhook id that comes again', () => {
  it('gets the stored answer, byte for byte, and has no second effect', async () => {
    const { post, effects } = await service()
    const first = await post(payload)
    // The market may have exchanged its key, and written the body anew.
    const again = await post({ ...payload, application_id: 18 }, { key: 'next-key' })
    expect(again).toMatchObject({ status: 200, text: first.text, replayed: 'true' })
    expect(first.replayed).toBeNull()
    expect(effects).toEqual(['demo_hanlimdaehaggyo_17'])
  })

  it('is one id on both paths', async () => {
    const { post, effects } = await service()
    const first = await post(payload)
    const again = await post(payload, { path: '/api/tenant/webhook/application-approved' })
    expect(again.text).toBe(first.text)
    expect(effects).toHaveLength(1)
  })

  it('is known for seven days', async () => {
    const { post } = await service()
    await post(payload)
    clock = new Date(START.getTime() + 7 * DAY - 1_000)
    expect(await post(payload)).toMatchObject({ replayed: 'true' })
    clock = new Date(START.getTime() + 7 * DAY + 1_000)
    expect(await post(payload)).toMatchObject({ status: 200, replayed: null })
  })

  it('gets the error that was its answer, but is tried again after a failure', async () => {
    const { post, effects } = await service()
    const at = (university_name: string) => ({ ...payload, applicant: { ...applicant, university_name } })
    expect(await post(at('full'))).toMatchObject({ status: 410, replayed: null })
    expect(await post(at('full'))).toMatchObject({ status: 410, replayed: 'true' })
    expect(effects).toHaveLength(1)
    for (const _ of [1, 2]) expect(await post(at('boom'), { id: 'msg_2' })).toMatchObject({ status: 500 })
    expect(effects).toHaveLength(3)
    expect(await post(payload, { id: 'msg_2' })).toMatchObject({ status: 200, replayed: null })
  })

  it('at the same time is 409 with Retry-After, and has one effect', async () => {
    const { post, effects } = await service()
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(payload)))
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
    expect(answers.filter(({ status, replayed }) => status === 200 && replayed === null)).toHaveLength(1)
    expect(effects).toHaveLength(1)
  })

  it('is known by another process with the same store', async () => {
    const store: IdempotencyStore = memoryIdempotencyStore({ now: () => clock })
    const first = await (await service({ secret: SECRET, store })).post(payload)
    await running?.close()
    const { post, effects } = await service({ secret: SECRET, store })
    expect((await post(payload)).text).toBe(first.text)
    expect(effects).toEqual([])
  })
})

describe('a webhook without a signature', () => {
  it('is taken for its key, unless signatures are required', async () => {
    const { post } = await service()
    expect(await post(payload, { secrets: [] })).toMatchObject({ status: 200 })
    await running?.close()
    const strict = await service({ secret: SECRET, requireSignature: true })
    expect(await strict.post(payload, { secrets: [] })).toMatchObject(unauthorized)
    expect(await strict.post(payload)).toMatchObject({ status: 200 })
  })

  it('does not keep the old reads from answering', async () => {
    const { url } = await service({ secret: SECRET, requireSignature: true })
    const response = await fetch(`${url}/api/tenant/list`, { headers: { 'X-API-Key': KEY } })
    expect(response.status).toBe(200)
  })

  it('is all there is without a secret: signatures are not looked at', async () => {
    const { post } = await service({})
    expect(await post(payload, { secrets: [FOREIGN], at: before(DAY) })).toMatchObject({ status: 200 })
  })
})

describe('the configuration of webhooks', () => {
  const env = { MARKET_API_KEY: KEY }
  const start = (more: MarketCompatOptions) => marketCompatApi(exampleHandler, { env, ...more })

  it('comes from variables, several secrets by commas', async () => {
    const variables = { ...env, MT_WEBHOOK_SECRET: `${SECRET}, ${NEXT}`, MT_WEBHOOK_REQUIRE_SIGNATURE: 'true' }
    const { post } = await service({}, { env: variables })
    expect(await post(payload, { secrets: [NEXT] })).toMatchObject({ status: 200 })
    expect(await post(payload, { secrets: [] })).toMatchObject({ status: 401 })
  })

  it.each<[string, MarketCompatOptions]>([
    ['a secret that is too short', { webhook: { secret: 'short' } }],
    ['an empty list of secrets', { webhook: { secret: [] } }],
    ['a required signature without a secret', { webhook: { requireSignature: true } }],
    ['a tolerance that lets everything pass', { webhook: { secret: SECRET, tolerance: Number.POSITIVE_INFINITY } }],
    ['a flag that is none', { env: { ...env, MT_WEBHOOK_REQUIRE_SIGNATURE: 'maybe' } }],
  ])('that has %s does not start', (_, options) => {
    expect(() => start(options)).toThrow(TypeError)
  })
})

describe('a parser that is mounted before', () => {
  async function behind(kept: boolean) {
    const parser: Koa.Middleware = async (ctx, next) => {
      const chunks: Buffer[] = []
      for await (const chunk of ctx.req) chunks.push(chunk)
      const raw = Buffer.concat(chunks).toString('utf8')
      Object.assign(ctx.request, { body: JSON.parse(raw) }, kept && { rawBody: raw })
      await next()
    }
    const options = { env: { MARKET_API_KEY: KEY }, webhook: { secret: SECRET }, now: () => clock }
    const app = new Koa().use(parser).use(marketCompatApi(exampleHandler, { ...options, onError: () => undefined }))
    running = await serve(app)
    const body = JSON.stringify(payload)
    return fetch(`${running.url}/api/tenant/webhook/auto-provision`, {
      method: 'POST',
      headers: { 'X-API-Key': KEY, ...signCallback({ id: 'a', timestamp: clock, body, secrets: [SECRET] }) },
      body,
    })
  }

  it('has to keep the raw body, as the usual ones do', async () => {
    expect((await behind(true)).status).toBe(200)
    await running?.close()
    expect((await behind(false)).status).toBe(500)
  })
})
