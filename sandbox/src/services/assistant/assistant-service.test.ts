import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type CallbackRequest, verifyCallback } from '@mt-paas/client'
import { startTemporaryServer, type TemporaryServer } from '@mt-paas/core'
import { signCallback } from '@mt-paas/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AdvisorService, startAdvisor } from '../advisor/advisor.ts'
import { ApprovalAnswer } from './assistant-answers.test.support.ts'

const KEY = 'key-of-the-market'
const NAME = '<script>alert("한림")</script> & \'대학교\''

let server: TemporaryServer
let service: AdvisorService

beforeAll(async () => {
  server = await startTemporaryServer()
  const central = new URL(server.url)
  central.pathname = '/central'
  service = await startAdvisor({ centralUrl: central.href, apiKey: KEY, port: 0, env: {} })
})

afterAll(async () => {
  await service?.close()
  await server?.stop()
})

async function send(path: string, init: RequestInit = {}) {
  const response = await fetch(service.url + path, { redirect: 'manual', ...init })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const json: unknown = isJson ? JSON.parse(text) : undefined
  return { status: response.status, headers: response.headers, text, json }
}

function market(path: string, init: RequestInit = {}) {
  return send(path, { ...init, headers: { 'X-Market-API-Key': KEY, 'Content-Type': 'application/json' } })
}

function apply(email: string, more: object = {}) {
  const applicant = { id: 1, name: '홍길동', email, university_name: '한림대학교' }
  const service = { id: 1, slug: 'advisor', title: 'Advisor' }
  return send('/api/tenant/webhook/auto-provision', {
    method: 'POST',
    headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json' },
    body: JSON.stringify({ application_id: 2001, kind: 'demo', applicant, service, ...more }),
  })
}

function activate(id: string) {
  const contact = { email: `admin@${id}.ac.kr`, name: '홍길동' }
  const body = { tenant_id: id, tenant_name: NAME, plan: 'basic', features: [], contact }
  return market(`/mt/tenant/${id}/activate`, { method: 'POST', body: JSON.stringify(body) })
}

describe('the Advisor over HTTP', () => {
  it('turns an application into a tenant and keeps it for the applicant, also one that was deactivated', async () => {
    const first = await apply('kim@hallym.ac.kr')
    expect(first).toMatchObject({ status: 200, json: { success: true, status: 'approved' } })
    const { tenant_id: id, access_url, expires_at } = ApprovalAnswer.parse(first.json)
    expect(access_url).toBe(`${service.url}/?tenant=${id}`)
    const second = await apply('KIM@hallym.ac.kr', { application_id: 2002 })
    expect(second.json).toMatchObject({ status: 'approved', tenant_id: id })

    const settings = await market(`/mt/tenant/${id}/settings`)
    expect(settings.json).toMatchObject({ subscription: { end_date: expires_at.slice(0, 10) } })

    const reason = JSON.stringify({ reason: 'admin_request' })
    await market(`/mt/tenant/${id}/deactivate`, { method: 'POST', body: reason })
    const third = await apply('kim@hallym.ac.kr', { application_id: 2003 })
    expect(third.json).toMatchObject({ status: 'approved', tenant_id: id })
    expect((await market(`/mt/tenant/${id}/users`)).json).toMatchObject({ total: 1 })
  })

  it('answers what the market may ask, and nobody without the key', async () => {
    await activate('asked')
    expect((await market('/mt/health')).json).toMatchObject({ status: 'healthy', version: '1.0.0' })
    for (const rest of ['status', 'usage?period=2026-01', 'stats', 'stats/costs', 'stats/top-users', 'users']) {
      expect(await market(`/mt/tenant/asked/${rest}`)).toMatchObject({ status: 200 })
      expect(await send(`/mt/tenant/asked/${rest}`)).toMatchObject({ status: 401 })
    }
    for (const rest of ['resources', 'settings', 'billing/usage?period=2026-1', 'billing/detail?period=2026-1']) {
      expect(await market(`/mt/tenant/asked/${rest}`)).toMatchObject({ status: 200 })
    }
  })

  it('refuses ids and texts that its databases cannot hold', async () => {
    expect(await activate('Hallym')).toMatchObject({ status: 422, json: { error: 'INVALID_TENANT_ID' } })
    expect(await market('/mt/tenant/%ED%95%9C/status')).toMatchObject({ json: { error: 'INVALID_TENANT_ID' } })
    expect(await market('/mt/tenant/nobody/status')).toMatchObject({ json: { error: 'TENANT_NOT_FOUND' } })
    await activate('texts')
    expect(await market('/mt/tenant/texts/users?search=%00')).toMatchObject({ status: 422 })
    expect(await market('/mt/tenant/texts/users?offset=99999999999999999999')).toMatchObject({ status: 200 })
    const user = (name: string) =>
      market('/mt/tenant/texts/users', { method: 'POST', body: JSON.stringify({ email: 'a@b.kr', name }) })
    for (const name of ['nul\0', '\ud800']) expect(await user(name)).toMatchObject({ status: 422 })
    expect(await user('😀')).toMatchObject({ status: 201 })
  })
})

describe('the page of a tenant', () => {
  it('says in the language of the reader what the database holds, with every value escaped', async () => {
    await activate('paged')
    const korean = await send('/?tenant=paged', { headers: { 'Accept-Language': 'ko-KR,ko;q=0.9,en;q=0.5' } })
    expect(korean.status).toBe(200)
    expect(korean.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(korean.text).toContain('<html lang="ko">')
    expect(korean.text).toContain('<dt>사용자</dt><dd>1</dd>')
    expect(korean.text).toContain('<dt>상태</dt><dd>이용 중</dd>')
    expect(korean.text.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="/chat-page.js">'])
    expect(korean.text).not.toContain('alert("')
    expect(korean.text).toContain('&lt;script&gt;alert(&quot;한림&quot;)&lt;/script&gt; &amp; &#39;대학교&#39;')

    const user = { email: 'lee@hallym.ac.kr', name: '이바다' }
    await market('/mt/tenant/paged/users', { method: 'POST', body: JSON.stringify(user) })
    const english = await send('/?tenant=paged', { headers: { 'Accept-Language': 'fr, en' } })
    expect(english.text).toContain('<html lang="en">')
    expect(english.text).toContain('<dt>Users</dt><dd>2</dd>')
  })

  it('may load nothing and run nothing but its own style and script', async () => {
    const { headers, text } = await send('/?tenant=paged')
    const style = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? ''
    const digest = createHash('sha256').update(style).digest('base64')
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'sha256-${digest}'; connect-src 'self'; img-src data:; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    const script = await send('/chat-page.js')
    expect(script.status).toBe(200)
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it('is in the language that the address asks for', async () => {
    const { text } = await send('/?tenant=paged&lang=ko', { headers: { 'Accept-Language': 'en' } })
    expect(text).toContain('<html lang="ko">')
  })

  it('is 404 for a tenant that is not known or not named', async () => {
    const paths = ['/', '/?tenant=', '/?tenant=nobody', '/?tenant=paged&tenant=asked', '/?tenant=%00', '/?tenant=%ZZ']
    for (const path of [...paths, '/?tenant=%3Cscript%3E', '/?tenant[]=paged', '/?__proto__=1']) {
      const { status, text } = await send(path)
      expect([path, status]).toEqual([path, 404])
      expect(text).not.toContain('<script')
    }
  })

  it('says that a tenant was deleted', async () => {
    await activate('ended')
    const reason = JSON.stringify({ reason: 'admin_request' })
    await market('/mt/tenant/ended/deactivate', { method: 'POST', body: reason })
    const { status, text } = await send('/?tenant=ended', { headers: { 'Accept-Language': 'en' } })
    expect(status).toBe(200)
    expect(text).toContain('<dd>Deleted</dd>')
    expect(text).toContain('<dt>Users</dt><dd>–</dd>')
  })
})

describe('an Advisor that knows the secrets of its market', () => {
  it('takes signed webhooks only, and calls back with its key and signature', async () => {
    const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
    const callbackSecret = `whsec_${Buffer.alloc(24, 2).toString('base64')}`
    const { promise: called, resolve } = Promise.withResolvers<CallbackRequest>()
    const receiver = createServer(async (req, res) => {
      resolve({ headers: req.headers, body: await text(req) })
      res.end()
    })
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening))
    const origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
    const central = new URL(server.url)
    central.pathname = '/signed'
    const env = {
      MT_WEBHOOK_SECRET: secret,
      MT_WEBHOOK_REQUIRE_SIGNATURE: 'true',
      MT_CALLBACK_ORIGINS: origin,
      MT_CALLBACK_KEY: 'svc-key',
      MT_CALLBACK_SECRET: callbackSecret,
    }
    const strict = await startAdvisor({ centralUrl: central.href, apiKey: KEY, port: 0, env })
    try {
      const applicant = { id: 1, name: '홍길동', email: 'lee@hallym.ac.kr', university_name: '한림대학교' }
      const applied = { id: 1, slug: 'advisor', title: 'Advisor' }
      const body = JSON.stringify({
        ...{ application_id: 3001, kind: 'demo', applicant, service: applied, callback_url: `${origin}/callback` },
      })
      const post = (headers: object) =>
        fetch(`${strict.url}/api/tenant/webhook/auto-provision`, {
          method: 'POST',
          headers: { 'X-API-Key': KEY, 'Content-Type': 'application/json', ...headers },
          body,
        })
      expect((await post({})).status).toBe(401)
      const signed = signCallback({ id: 'msg_1', timestamp: new Date(), body, secrets: [secret] })
      const first = await post(signed)
      expect(first.status).toBe(200)
      const again = await post(signed)
      expect(await again.text()).toBe(await first.text())
      expect(again.headers.get('idempotent-replay')).toBe('true')
      const credentials = { apiKeys: ['svc-key'], secrets: [callbackSecret], now: new Date() }
      expect(verifyCallback(await called, credentials)).toMatchObject({ valid: true })
    } finally {
      await strict.close()
      receiver.close()
    }
  })
})
