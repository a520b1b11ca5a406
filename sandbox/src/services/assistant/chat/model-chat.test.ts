import { setTimeout as delay } from 'node:timers/promises'
import { CostsResponse } from '@mt-paas/server/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatbot } from '../../chatbot/chatbot.ts'
import { AssistantUsage, ChatAnswer } from '../assistant-answers.test.support.ts'
import { type AssistantBed, openAssistantBed } from '../assistant-bed.test.support.ts'
import { eventList } from './event-list.test.support.ts'
import { endChunks, type OpenAiDouble, startOpenAiDouble, writeChunks } from './open-ai-double.test.support.ts'

let double: OpenAiDouble
let bed: AssistantBed
let admin: string

beforeAll(async () => {
  double = await startOpenAiDouble()
  const env = { OPENAI_BASE_URL: `${double.url}/`, OPENAI_API_KEY: 'sk-double', OPENAI_MODEL: 'gpt-4.1-mini' }
  bed = await openAssistantBed(chatbot, { env })
  admin = await bed.tenant('hallym')
  const body = { title: '셔틀버스', content: '셔틀버스는 정문에서 8시 30분에 출발합니다.' }
  await bed.send('/api/documents', { token: admin, body })
})

afterAll(async () => {
  await bed?.close()
  await double?.close()
})

function ask(message: string, more: object = {}) {
  return bed.send('/api/chat', { body: { tenant_id: 'hallym', message, ...more } })
}

async function usage() {
  const period = new Date().toISOString().slice(0, 7)
  return (await bed.market(`/mt/tenant/hallym/usage?period=${period}`)).as(AssistantUsage).usage
}

async function tokensHeld(): Promise<number> {
  const { day } = await bed.service.multiTenant.quota.remaining({ tenantId: 'hallym', metric: 'ai_tokens' })
  return Number(day.used)
}

describe('an answer of a language model', () => {
  it('is made from the tenant documents and what was said before, and costs what it took', async () => {
    double.answer = (res) => {
      writeChunks(res, ['8시 ', '30분입니다.'])
      endChunks(res, 100_000, 10_000)
    }
    const answered = await ask('셔틀버스는 몇 시에 출발하나요?')
    expect(answered.status).toBe(200)
    expect(answered.json).toMatchObject({
      answer: '8시 30분입니다.',
      model: 'gpt-4.1-mini',
      sources: [{ title: '셔틀버스' }],
      usage: { input_tokens: 100_000, output_tokens: 10_000 },
    })
    await ask('어디에서요?', { session_id: answered.as(ChatAnswer).session_id })
    const [first, second] = double.requests
    expect(first?.headers.authorization).toBe('Bearer sk-double')
    expect(first?.body).toMatchObject({ model: 'gpt-4.1-mini', stream: true })
    expect(first?.body.messages[0]?.content).toContain('정문에서 8시 30분')
    expect(second?.body.messages.slice(1)).toEqual([
      { role: 'user', content: '셔틀버스는 몇 시에 출발하나요?' },
      { role: 'assistant', content: '8시 30분입니다.' },
      { role: 'user', content: '어디에서요?' },
    ])
    // Two answers of 0.1 M × 0.40 $ + 0.01 M × 1.60 $
    expect(await usage()).toMatchObject({ total_cost: 0.112, ai_tokens: 220_000, active_users: 0, total_sessions: 1 })
    const costs = (await bed.market('/mt/tenant/hallym/stats/costs?period=1d')).as(CostsResponse)
    expect(costs.total_cost_usd).toBe(0.112)
    expect(await tokensHeld()).toBe(220_000)
  })

  it('comes piece by piece', async () => {
    double.answer = async (res) => {
      writeChunks(res, ['하나 '])
      await delay(20)
      res.write(`data: ${JSON.stringify({ choices: [{ delta: { content: '둘' } }] })}\n\n`)
      endChunks(res, 10, 2)
    }
    const { text } = await ask('셔틀', { stream: true })
    expect(eventList(text).map(({ event, data }) => [event, data.text])).toEqual([
      ['session', undefined],
      ['delta', '하나 '],
      ['delta', '둘'],
      ['done', undefined],
    ])
  })

  it.each([
    ['refuses the key', (res: Parameters<OpenAiDouble['answer']>[0]) => void res.writeHead(401).end('sk-double'), '5'],
    [
      'is busy',
      (res: Parameters<OpenAiDouble['answer']>[0]) => void res.writeHead(429, { 'Retry-After': '7' }).end(),
      '7',
    ],
    [
      'sends elsewhere',
      (res: Parameters<OpenAiDouble['answer']>[0]) => void res.writeHead(302, { Location: '/' }).end(),
      '5',
    ],
    ['speaks nonsense', (res: Parameters<OpenAiDouble['answer']>[0]) => void res.end('data: {"choices": 1}\n\n'), '5'],
    ['says nothing', (res: Parameters<OpenAiDouble['answer']>[0]) => void res.end('data: [DONE]\n\n'), '5'],
  ])('is 503 when the model %s, and costs nothing', async (_, answer, retryAfter) => {
    double.answer = answer
    const before = [await usage(), await tokensHeld()]
    for (const stream of [false, true]) {
      const refused = await ask('셔틀', { stream })
      expect(refused).toMatchObject({
        status: 503,
        json: { error: 'SERVICE_UNAVAILABLE', message: 'Service unavailable' },
      })
      expect(refused.headers.get('retry-after')).toBe(retryAfter)
    }
    expect([await usage(), await tokensHeld()]).toEqual(before)
    expect(JSON.stringify(bed.failures)).not.toContain('sk-double')
    expect(bed.failures.at(-1)?.error.cause).toBeInstanceOf(Error)
  })

  it('that breaks off says so, and is kept and counted as far as it came', async () => {
    double.answer = (res) => {
      writeChunks(res, ['반쯤 '])
      setTimeout(() => res.destroy(), 20)
    }
    const before = await usage()
    const events = eventList((await ask('셔틀', { stream: true })).text)
    expect(events.map(({ event }) => event)).toEqual(['session', 'delta', 'error'])
    expect(events.at(-1)?.data).toMatchObject({ error: 'SERVICE_UNAVAILABLE' })
    const after = await usage()
    expect(after.messages - before.messages).toBe(2)
    expect(await tokensHeld()).toBe(after.ai_tokens)
  })

  it('is broken off at the model when the caller goes away, and kept as far as it came', async () => {
    double.answer = (res) => writeChunks(res, ['첫 조각 '])
    const before = { left: double.left(), ...(await usage()) }
    const caller = new AbortController()
    const response = await fetch(`${bed.service.url}/api/chat`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ tenant_id: 'hallym', message: '셔틀', stream: true }),
      signal: caller.signal,
    })
    await response.body?.getReader().read()
    caller.abort()
    await expect.poll(async () => (await usage()).messages, { timeout: 10_000 }).toBe(before.messages + 2)
    await expect.poll(() => double.left(), { timeout: 10_000 }).toBe(before.left + 1)
    await expect.poll(tokensHeld, { timeout: 10_000 }).toBe((await usage()).ai_tokens)
  })
})

describe('a caller who goes away before the first word', () => {
  it('is no failure, and nothing is kept or held', async () => {
    double.answer = () => undefined
    const before = { left: double.left(), held: await tokensHeld(), usage: await usage() }
    const failures = bed.failures.length
    for (const stream of [true, false]) {
      const caller = new AbortController()
      const asked = double.requests.length
      const call = fetch(`${bed.service.url}/api/chat`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ tenant_id: 'hallym', message: '셔틀', stream }),
        signal: caller.signal,
      }).catch(() => undefined)
      await expect.poll(() => double.requests.length, { timeout: 10_000 }).toBe(asked + 1)
      caller.abort()
      await call
    }
    await expect.poll(() => double.left(), { timeout: 10_000 }).toBe(before.left + 2)
    await expect.poll(tokensHeld, { timeout: 10_000 }).toBe(before.held)
    expect(await usage()).toEqual(before.usage)
    expect(bed.failures.length).toBe(failures)
  })
})

describe('a visitor', () => {
  it('names the tenant, and only one', async () => {
    double.answer = (res) => {
      writeChunks(res, ['예.'])
      endChunks(res, 1, 1)
    }
    expect(await bed.send('/api/chat', { body: { message: '셔틀' } })).toMatchObject({
      status: 422,
      json: { details: { issues: [{ loc: ['body', 'tenant_id'] }] } },
    })
    expect(await ask('셔틀', { tenant_id: 'nobody' })).toMatchObject({
      status: 404,
      json: { error: 'TENANT_NOT_FOUND' },
    })
    const headers = { 'X-Tenant-ID': 'hallym' }
    expect(await bed.send('/api/chat', { body: { message: '셔틀' }, headers })).toMatchObject({ status: 200 })
    const mine = await bed.send('/api/chat', { token: admin, body: { message: '셔틀' } })
    expect(await ask('셔틀', { session_id: mine.as(ChatAnswer).session_id })).toMatchObject({ status: 404 })
  })

  it('is held to thirty questions a minute', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask('셔틀', { tenant_id: 'nobody' })))
    const slowed = answers.filter(({ status }) => status === 429)
    expect(slowed.length).toBeGreaterThan(0)
    expect(slowed[0]?.json).toMatchObject({ error: 'TOO_MANY_REQUESTS' })
  })
})
