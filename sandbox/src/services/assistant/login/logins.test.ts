import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advisor } from '../../advisor/advisor.ts'
import { InvitationAnswer, LoginAnswer, MeAnswer, RefusalAnswer } from '../assistant-answers.test.support.ts'
import { type AssistantBed, BED_PASSWORD, openAssistantBed } from '../assistant-bed.test.support.ts'

let time = new Date('2026-01-31T09:00:00Z').getTime()
let bed: AssistantBed
let admin: string

beforeAll(async () => {
  bed = await openAssistantBed(advisor, { now: () => new Date(time) })
  admin = await bed.tenant('hallym')
})

afterAll(() => bed?.close())

function login(email: string, password: string, more: { path?: string; tenant?: string; language?: string } = {}) {
  const { path = '/api/auth/login', tenant = 'hallym', language = 'ko' } = more
  const headers = { 'Accept-Language': language }
  return bed.send(path, { body: { tenant_id: tenant, email, password }, headers })
}

describe('a login', () => {
  it('gives a token of the user for the tenant, whatever the case of the e-mail', async () => {
    const user = { email: 'Kim@hallym.kr', name: 'kim', password: BED_PASSWORD }
    await bed.market('/mt/tenant/hallym/users', { body: user })
    const entered = await login('KIM@hallym.kr', BED_PASSWORD.normalize('NFD'))
    expect(entered.status).toBe(200)
    expect(entered.json).toMatchObject({ token_type: 'Bearer', expires_in: 1_800, user: { role: 'user', name: 'kim' } })
    const me = await bed.send('/api/me', { token: entered.as(LoginAnswer).token })
    expect(me.json).toMatchObject({
      user: { email: 'Kim@hallym.kr', last_login: '2026-01-31T09:00:00Z' },
      tenant: { tenant_id: 'hallym', tenant_name: 'hallym 대학교' },
    })
    expect(await bed.send('/api/me')).toMatchObject({ status: 401, json: { error: 'UNAUTHORIZED' } })
  })

  it('says nothing of what is wrong, in the language of the caller', async () => {
    const wrong = [
      await login('kim@hallym.kr', 'wrong'),
      await login('nobody@hallym.kr', BED_PASSWORD),
      await login('kim@hallym.kr', BED_PASSWORD, { tenant: 'nobody' }),
      await login('contact@hallym.kr', ''),
    ]
    for (const { status, json } of wrong) {
      expect(status).toBe(401)
      expect(json).toMatchObject({ error: 'UNAUTHORIZED', message: '이메일 또는 비밀번호가 올바르지 않습니다.' })
    }
    const english = await login('kim@hallym.kr', 'wrong', { language: 'en' })
    expect(english.as(RefusalAnswer).message).toBe('The e-mail or the password is wrong.')
    expect(await login('kim@hallym.kr', 'a\0')).toMatchObject({ status: 422 })
    expect(await bed.send('/api/auth/login', { body: { email: 'x' } })).toMatchObject({ status: 422 })
  })

  it('of an administrator is for administrators', async () => {
    const path = '/api/admin/login'
    expect(await login('admin@hallym.kr', BED_PASSWORD, { path })).toMatchObject({ status: 200 })
    expect(await login('kim@hallym.kr', BED_PASSWORD, { path })).toMatchObject({
      status: 403,
      json: { error: 'FORBIDDEN', message: '관리자 계정이 아닙니다.' },
    })
  })

  it('is closed for a while after ten refusals, also at once, and for this account only', async () => {
    await bed.user('hallym', 'lee')
    const tries = await Promise.all(Array.from({ length: 14 }, () => login('lee@hallym.kr', 'wrong')))
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(10)
    const refused = await login('lee@hallym.kr', BED_PASSWORD)
    expect(refused).toMatchObject({ status: 429, json: { error: 'TOO_MANY_REQUESTS' } })
    expect(refused.headers.get('retry-after')).toBe('900')
    expect(await login('kim@hallym.kr', BED_PASSWORD)).toMatchObject({ status: 200 })
    time += 900_000
    expect(await login('lee@hallym.kr', BED_PASSWORD)).toMatchObject({ status: 200 })
  })

  it('is not limited where the password is right', async () => {
    for (let count = 0; count < 12; count += 1) {
      expect(await login('lee@hallym.kr', BED_PASSWORD)).toMatchObject({ status: 200 })
    }
  })
})

describe('a token', () => {
  it('lets an administrator into the Standard API of the own tenant, and a user only where users may', async () => {
    const token = await bed.user('hallym', 'park')
    const { token: administrator } = (await login('admin@hallym.kr', BED_PASSWORD)).as(LoginAnswer)
    await bed.tenant('other')
    expect(await bed.send('/mt/tenant/hallym/stats', { token: administrator })).toMatchObject({ status: 200 })
    expect(await bed.send('/mt/tenant/other/stats', { token: administrator })).toMatchObject({ status: 403 })
    expect(await bed.send('/mt/tenant/hallym/stats', { token })).toMatchObject({ status: 403 })
    expect(await bed.send('/mt/tenant/hallym/settings', { token })).toMatchObject({ status: 200 })
    const headers = { 'X-Tenant-ID': 'other' }
    expect(await bed.send('/api/me', { token, headers })).toMatchObject({ json: { error: 'TENANT_MISMATCH' } })
  })

  it('is good for half an hour, and as long as its user may get in', async () => {
    const token = await bed.user('hallym', 'choi')
    const me = (await bed.send('/api/me', { token })).as(MeAnswer)
    const path = `/mt/tenant/hallym/users/${me.user.user_id}`
    await bed.market(path, { method: 'PUT', body: { status: 'suspended' } })
    expect(await bed.send('/api/me', { token })).toMatchObject({ status: 401 })
    expect(await login('choi@hallym.kr', BED_PASSWORD)).toMatchObject({
      status: 403,
      json: { message: '사용할 수 없는 계정입니다. 관리자에게 문의하세요.' },
    })
    await bed.market(path, { method: 'PUT', body: { status: 'active' } })
    expect(await bed.send('/api/me', { token })).toMatchObject({ status: 200 })
    time += 31 * 60_000
    expect(await bed.send('/api/me', { token })).toMatchObject({ status: 401 })
    expect(await bed.send('/api/me', { token: admin })).toMatchObject({ status: 401 })
  })
})

describe('an invitation', () => {
  it('lets the first administrator choose a password, once', async () => {
    const { url, email, tenantId } = await bed.service.invite('hallym')
    expect([email, tenantId]).toEqual(['contact@hallym.kr', 'hallym'])
    const [access, invitation = ''] = url.split('#invitation=')
    expect(access).toBe(bed.service.accessUrl('hallym'))
    const choose = (password: string) => bed.send('/api/auth/password', { body: { invitation, password } })
    expect(await choose('short')).toMatchObject({ status: 422 })
    const both = await Promise.all([choose('한글 비밀번호 하나'), choose('한글 비밀번호 둘')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
    const password = both[0]?.status === 200 ? '한글 비밀번호 하나' : '한글 비밀번호 둘'
    expect(await login(email, password, { path: '/api/admin/login' })).toMatchObject({ status: 200 })
    expect(await choose('한글 비밀번호 셋')).toMatchObject({ status: 403, json: { error: 'FORBIDDEN' } })
  })

  it('is made by administrators, and is no token', async () => {
    const { token } = (await login('admin@hallym.kr', BED_PASSWORD)).as(LoginAnswer)
    const body = { email: 'KIM@hallym.kr' }
    const made = await bed.send('/api/admin/invitations', { token, body })
    expect(made).toMatchObject({ status: 201, json: { email: 'Kim@hallym.kr' } })
    const invitation = made.as(InvitationAnswer).url.split('#invitation=')[1]
    expect(await bed.send('/api/me', { token: invitation })).toMatchObject({ status: 401 })
    const forged = { invitation: token, password: BED_PASSWORD }
    expect(await bed.send('/api/auth/password', { body: forged })).toMatchObject({ status: 403 })
    const user = (await login('kim@hallym.kr', BED_PASSWORD)).as(LoginAnswer).token
    expect(await bed.send('/api/admin/invitations', { token: user, body })).toMatchObject({ status: 403 })
    const unknown = { token, body: { email: 'nobody@hallym.kr' } }
    expect(await bed.send('/api/admin/invitations', unknown)).toMatchObject({ status: 404 })
  })
})
