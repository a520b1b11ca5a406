import { StatsResponse, UsageResponse } from '@mt-paas/server/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advisor } from '../../advisor/advisor.ts'
import {
  AssistantUsage,
  ChatAnswer,
  DocumentAnswer,
  DocumentListAnswer,
  SessionAnswer,
  SessionListAnswer,
} from '../assistant-answers.test.support.ts'
import { type AssistantBed, openAssistantBed } from '../assistant-bed.test.support.ts'
import { eventList } from './event-list.test.support.ts'

const NOW = new Date('2026-01-31T09:00:00Z')

const SCHOLARSHIP = `장학금은 매 학기 시작 4주 전에 신청합니다. 성적 평점이 3.5 이상이면 성적 장학금을 받을 수 있습니다.

근로 장학금은 학생지원팀에서 접수합니다.`
const LIBRARY = `The library opens at nine and closes at ten in the evening.

Students may borrow ten books for two weeks.`

let bed: AssistantBed
let admin: string
let kim: string

beforeAll(async () => {
  bed = await openAssistantBed(advisor, { now: () => NOW })
  admin = await bed.tenant('hallym')
  kim = await bed.user('hallym', 'kim')
  for (const [title, content] of [
    ['장학금 안내', SCHOLARSHIP],
    ['Library guide', LIBRARY],
  ]) {
    expect(await bed.send('/api/documents', { token: admin, body: { title, content } })).toMatchObject({ status: 201 })
  }
})

afterAll(() => bed?.close())

function ask(message: string, more: object = {}, token: string | undefined = kim) {
  return bed.send('/api/chat', { token, body: { message, ...more } })
}

describe('an answer out of documents', () => {
  it('quotes the passages that fit best, with their titles', async () => {
    const korean = await ask('장학금을 언제 신청하나요?')
    expect(korean.status).toBe(200)
    expect(korean.json).toMatchObject({ success: true, model: 'document-search', sources: [{ title: '장학금 안내' }] })
    const { answer } = korean.as(ChatAnswer)
    expect(answer).toContain('「장학금 안내」')
    expect(answer).toContain('매 학기 시작 4주 전에 신청합니다')
    const english = (await ask('How many books can students borrow?')).as(ChatAnswer)
    expect(english.answer).toContain('“Library guide”')
    expect(english.answer).toContain('borrow ten books')
    expect(english.sources).toHaveLength(1)
  })

  it('is honest where the documents say nothing', async () => {
    const { sources, answer } = (await ask('오늘 서울 날씨가 어떤가요?')).as(ChatAnswer)
    expect(sources).toEqual([])
    expect(answer).toContain('답을 찾지 못했습니다')
    expect((await ask('?!')).as(ChatAnswer).answer).toContain('답을 찾지 못했습니다')
    expect((await ask('Which planet is largest?')).as(ChatAnswer).answer).toContain('no answer')
    expect((await ask("'; drop table passages; -- & | !")).status).toBe(200)
  })

  it('comes as it is written when asked so, and is kept as it came', async () => {
    const headers = { Accept: 'text/event-stream' }
    const streamed = await bed.send('/api/chat', { token: kim, body: { message: '근로 장학금은 어디서?' }, headers })
    expect(streamed.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const events = eventList(streamed.text)
    expect(events.at(0)?.event).toBe('session')
    expect(events.at(-1)?.event).toBe('done')
    const done = events.at(-1)?.data ?? {}
    const text = events.flatMap(({ event, data }) => (event === 'delta' ? [data.text] : [])).join('')
    expect(text).toBe(done.answer)
    const kept = await bed.send(`/api/sessions/${done.session_id}`, { token: kim })
    expect(kept.as(SessionAnswer).messages.map(({ content }) => content)).toEqual([
      '근로 장학금은 어디서?',
      done.answer,
    ])
    const again = await ask('도서관은?', { session_id: done.session_id, stream: true })
    expect(eventList(again.text).at(-1)?.data.session_id).toBe(done.session_id)
  })

  it('belongs to who asked: sessions of others are not found, and nobody asks without a login', async () => {
    const { session_id } = (await ask('장학금')).as(ChatAnswer)
    const lee = await bed.user('hallym', 'lee')
    expect(await ask('더', { session_id }, lee)).toMatchObject({ status: 404, json: { error: 'RESOURCE_NOT_FOUND' } })
    expect(await bed.send(`/api/sessions/${session_id}`, { token: lee })).toMatchObject({ status: 404 })
    expect(await bed.send('/api/sessions', { token: lee })).toMatchObject({ json: { total: 0 } })
    expect((await bed.send('/api/sessions', { token: kim })).as(SessionListAnswer).total).toBeGreaterThan(0)
    expect(await bed.send('/api/chat', { body: { message: '장학금', tenant_id: 'hallym' } })).toMatchObject({
      status: 401,
    })
  })

  it('is refused for what is no question', async () => {
    for (const body of [{}, { message: ' ' }, { message: 7 }, { message: 'x'.repeat(4_001) }, { message: 'a\0' }]) {
      expect(await bed.send('/api/chat', { token: kim, body })).toMatchObject({ status: 422 })
    }
    expect(await bed.send('/api/chat', { token: kim })).toMatchObject({ status: 405 })
    expect(await bed.send('/api/unknown')).toMatchObject({ status: 404, json: { error: 'NOT_FOUND' } })
  })

  it('is counted in statistics and usage alike', async () => {
    const stats = (await bed.market('/mt/tenant/hallym/stats?period=2026-01')).as(StatsResponse).summary
    const { usage } = (await bed.market('/mt/tenant/hallym/usage?period=2026-01')).as(AssistantUsage)
    expect(stats.total_messages).toBeGreaterThan(8)
    expect(stats.total_tokens).toBeGreaterThan(100)
    expect(usage).toMatchObject({
      total_sessions: stats.total_sessions,
      messages: stats.total_messages,
      ai_tokens: stats.total_tokens,
      api_calls: stats.total_messages / 2,
      active_users: 1,
      total_cost: 0,
    })
  })

  it('ends with the quota of the plan, and what is not used is given back', async () => {
    await bed.tenant('small', 'demo')
    const user = await bed.user('small', 'kim')
    const { quota, subscriptions } = bed.service.multiTenant
    expect(await ask('장학금', {}, user)).toMatchObject({ status: 200 })
    const used = Number((await quota.remaining({ tenantId: 'small', metric: 'ai_tokens' })).day.used)
    const { usage } = (await bed.market('/mt/tenant/small/usage?period=2026-01')).as(AssistantUsage)
    expect(used).toBe(usage.ai_tokens)
    await subscriptions.change('small', { limits: { dailyTokens: used + 3 } })
    const refused = await ask('장학금', {}, user)
    expect(refused).toMatchObject({ status: 429, json: { error: 'QUOTA_EXCEEDED' } })
    expect((await quota.remaining({ tenantId: 'small', metric: 'api_calls' })).day.used).toBe('1')
    await subscriptions.change('small', { features: { chat: false } })
    expect(await ask('장학금', {}, user)).toMatchObject({ status: 403, json: { error: 'FEATURE_DISABLED' } })
  })
})

describe('documents', () => {
  it('are kept by administrators, read by members, and shown as resources', async () => {
    const body = { title: '기숙사 안내', content: '기숙사는 3월에 엽니다.' }
    expect(await bed.send('/api/documents', { token: kim, body })).toMatchObject({
      status: 403,
      json: { error: 'FORBIDDEN' },
    })
    const added = await bed.send('/api/documents', { token: admin, body })
    const { document_id } = added.as(DocumentAnswer)
    expect(added.json).toMatchObject({ title: '기숙사 안내', bytes: Buffer.byteLength(body.content) })
    expect((await ask('기숙사는 언제 여나요?')).as(ChatAnswer).answer).toContain('3월')
    const listed = await bed.send('/api/documents', { token: kim })
    expect(listed.json).toMatchObject({
      total: 3,
      documents: expect.arrayContaining([expect.objectContaining(listed.as(DocumentListAnswer).documents[0])]),
    })
    const resources = await bed.market('/mt/tenant/hallym/resources?type=document&search=기숙사')
    expect(resources.json).toMatchObject({ total: 1, items: [{ id: document_id, title: '기숙사 안내' }] })
    const path = `/api/documents/${document_id}`
    expect(await bed.send(path, { method: 'DELETE', token: kim })).toMatchObject({ status: 403 })
    expect(await bed.send(path, { method: 'DELETE', token: admin })).toMatchObject({ status: 200 })
    expect(await bed.send(path, { method: 'DELETE', token: admin })).toMatchObject({ status: 404 })
    expect((await ask('기숙사는 언제 여나요?')).as(ChatAnswer).sources).toEqual([])
  })

  it('cannot be larger than the plan holds', async () => {
    const token = await bed.tenant('tiny', 'demo')
    await bed.service.multiTenant.subscriptions.change('tiny', { limits: { maxFileSizeMb: 1, maxStorageMb: 1 } })
    const upload = (size: number) =>
      bed.send('/api/documents', { token, body: { title: 't', content: '가 '.repeat(size / 4) } })
    expect(await upload(1_048_576 + 4)).toMatchObject({
      status: 429,
      json: { details: { resource: 'max_file_size_mb' } },
    })
    expect(await upload(700_000)).toMatchObject({ status: 201 })
    expect(await upload(700_000)).toMatchObject({ status: 429, json: { details: { resource: 'max_storage_mb' } } })
    const { usage } = (await bed.market('/mt/tenant/tiny/usage?period=2026-01')).as(UsageResponse)
    expect(usage.storage_mb).toBe(1)
  })
})
