import { serve, signCallback } from '@mt-paas/server'
import Koa, { type Context } from 'koa'
import { describe, expect, it } from 'vitest'
import { type CallbackAuthOptions, callbackAuth } from './callback-auth.ts'
import { memoryCallbackStore } from './callback-store.ts'

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const services = { advisor: { apiKeys: ['k1'], secrets: [secret] }, chatbot: { apiKeys: ['k2'] } }
const now = () => new Date('2026-01-31T09:00:00Z')

async function market(handle: (koa: Context) => unknown, options: Partial<CallbackAuthOptions> = {}) {
  const app = new Koa()
  app.silent = true
  app.use(callbackAuth({ services, now, ...options })).use(async (koa) => {
    koa.body = await handle(koa)
  })
  const running = await serve(app)
  return {
    async post(body: string, headers: Readonly<Record<string, string>>) {
      const response = await fetch(running.url, { method: 'POST', body, headers })
      const text = await response.text()
      const answer: unknown = text === '' ? null : JSON.parse(text)
      return { status: response.status, body: answer }
    },
    [Symbol.asyncDispose]: () => running.close(0),
  }
}

function signed(id: string, body: string): Record<string, string> {
  return { ...signCallback({ id, timestamp: now(), body, secrets: [secret] }), 'x-service-api-key': 'k1' }
}

describe('callbackAuth', () => {
  it('tells which service called, and hands its payload on', async () => {
    await using app = await market((koa) => koa.state.callback)
    const body = '{"tenant_id":"a"}'
    expect(await app.post(body, signed('m1', body))).toEqual({
      status: 200,
      body: { serviceId: 'advisor', id: 'm1', timestamp: now().toISOString(), payload: { tenant_id: 'a' } },
    })
    expect(await app.post(body, { 'x-service-api-key': 'k2' })).toMatchObject({
      body: { serviceId: 'chatbot', id: null },
    })
  })

  it('answers everybody else with one 401', async () => {
    await using app = await market(() => ({}))
    const refused = [{}, { 'x-service-api-key': 'k1' }, { 'x-service-api-key': 'x' }, signed('m1', 'other')]
    for (const headers of refused) {
      const answer = await app.post('{}', { ...headers, 'x-request-id': 'r1' })
      expect(answer.status).toBe(401)
      expect(answer.body).toEqual({
        success: false,
        error: 'UNAUTHORIZED',
        message: 'Invalid or missing credentials',
        detail: 'Invalid or missing credentials',
        details: null,
        request_id: 'r1',
      })
    }
  })

  it('has one effect for one id, however often and however closely it comes', async () => {
    let effects = 0
    await using app = await market(async () => {
      effects++
      await new Promise((resolve) => setTimeout(resolve, 20))
      return { effect: effects }
    })
    const together = await Promise.all(Array.from({ length: 20 }, () => app.post('{}', signed('m1', '{}'))))
    expect(together.map(({ body }) => body)).toEqual(Array(20).fill({ effect: 1 }))
    expect(await app.post('{}', signed('m1', '{}'))).toEqual({ status: 200, body: { effect: 1 } })
    expect(await app.post('{}', signed('m2', '{}'))).toEqual({ status: 200, body: { effect: 2 } })
  })

  it('keeps the ids of services apart, whatever they are called', async () => {
    const credentials = { secrets: [secret] }
    const own = { apiKeys: ['a'], ...credentials }
    await using app = await market((koa) => koa.state.callback, {
      services: { a: own, 'a/b': { apiKeys: ['ab'], ...credentials } },
    })
    await app.post('{}', { ...signed('b/c', '{}'), 'x-service-api-key': 'a' })
    expect(await app.post('{}', { ...signed('c', '{}'), 'x-service-api-key': 'ab' })).toMatchObject({
      body: { serviceId: 'a/b', id: 'c' },
    })
  })

  it('lets a callback come again that was not dealt with', async () => {
    let calls = 0
    await using app = await market((koa) => {
      if (++calls === 1) koa.throw(503)
      return { calls }
    })
    await app.post('{}', signed('m1', '{}')).catch(() => {})
    expect(await app.post('{}', signed('m1', '{}'))).toEqual({ status: 200, body: { calls: 2 } })
  })

  it('refuses what is no JSON, and what is too large, whoever sends it', async () => {
    await using app = await market(() => ({}), { maxBodySize: 100 })
    expect(await app.post('{', signed('m1', '{'))).toMatchObject({ status: 400, body: { error: 'INVALID_REQUEST' } })
    const large = JSON.stringify('x'.repeat(200))
    expect(await app.post(large, {})).toMatchObject({ status: 413, body: { error: 'PAYLOAD_TOO_LARGE' } })
  })

  it('does not start with credentials that are none', () => {
    for (const bad of [{}, { apiKeys: [] }, { apiKeys: [''] }, { secrets: ['short'] }]) {
      expect(() => callbackAuth({ services: { a: bad } })).toThrow(TypeError)
    }
  })
})

describe('the store in memory', () => {
  const answer = { status: 200, body: null }

  it('forgets after seven days', () => {
    let time = 0
    const store = memoryCallbackStore({ now: () => new Date(time) })
    store.set('a', answer)
    time = 7 * 24 * 3600 * 1000 - 1
    expect(store.get('a')).toBe(answer)
    time++
    expect(store.get('a')).toBeUndefined()
  })

  it('keeps so many, the newest', () => {
    const store = memoryCallbackStore({ capacity: 2 })
    for (const id of ['a', 'b', 'c']) store.set(id, answer)
    expect(['a', 'b', 'c'].map((id) => store.get(id))).toEqual([undefined, answer, answer])
  })
})
