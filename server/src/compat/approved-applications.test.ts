import { describe, expect, it } from 'vitest'
import { applicant, flat, nested, serveCompat, tenantService } from './compat-service.test.support.ts'
import type { CompatHandler } from './market-compat-api.ts'

describe('an approved application', () => {
  it.each([
    ['auto-provision', flat],
    ['auto-provision', nested],
    ['application-approved', flat],
    ['application-approved', nested],
  ])('at %s becomes a tenant, whichever shape it has', async (path, payload) => {
    const { handler, tenants } = tenantService()
    const { post } = await serveCompat(handler)
    const { status, answer } = await post(path, payload)
    expect(status).toBe(200)
    expect(answer).toEqual({
      success: true,
      status: 'approved',
      tenant_id: 'demo_hanlimdaehaggyo_17',
      tenant_url: 'https://svc.example.com/demo_hanlimdaehaggyo_17',
      access_url: 'https://svc.example.com/demo_hanlimdaehaggyo_17',
      message: "테넌트 '한림대학교' 생성 완료",
      expires_at: '2026-03-02T09:00:00Z',
      admin_credentials: { email: 'hong@hallym.ac.kr', note: null },
      created_at: '2026-01-31T09:00:00Z',
    })
    expect(tenants.get('demo_hanlimdaehaggyo_17')).toMatchObject({ name: '한림대학교', config: { kind: 'demo' } })
  })

  it.each([
    ['서울대학교', 'svc_seouldaehaggyo_17'],
    ['Université de Genève', 'svc_universite_de_geneve_17'],
    ['A', 'svc_a_17'],
    ['../../etc/passwd', 'svc_etc_passwd_17'],
  ])('of %s gets the readable, safe id %s', async (university_name, id) => {
    const { post } = await serveCompat(tenantService().handler)
    const { answer } = await post('auto-provision', {
      ...flat,
      kind: 'service',
      applicant: { ...applicant, university_name },
    })
    expect(answer.tenant_id).toBe(id)
  })

  it('of a university without letters gets an id all the same', async () => {
    const { post } = await serveCompat(tenantService().handler)
    const { answer } = await post('auto-provision', { ...flat, applicant: { ...applicant, university_name: '…—…' } })
    expect(answer.tenant_id).toMatch(/^demo_[a-z0-9_]+_17$/)
    expect(answer.tenant_id).not.toMatch(/^demo__/)
  })

  it('of the same applicant, in any case of the e-mail, reuses the tenant', async () => {
    const { handler, tenants } = tenantService()
    const { post } = await serveCompat(handler)
    const { answer: first } = await post('auto-provision', flat)
    const { answer: again } = await post('application-approved', {
      ...nested,
      application: { ...nested.application, id: 18 },
      applicant: { ...applicant, email: ' HONG@hallym.ac.kr' },
    })
    expect(again).toMatchObject({
      success: true,
      status: 'approved',
      tenant_id: first.tenant_id,
      expires_at: null,
      message: `기존 테넌트 '${first.tenant_id}'에 신규 서비스 신청이 추가되었습니다.`,
    })
    expect(tenants.size).toBe(1)
  })

  it('that turns a demo into a service extends it', async () => {
    const { post } = await serveCompat(tenantService().handler)
    await post('auto-provision', flat)
    const upgrade = { ...flat, application_id: 18, kind: 'service', end_date: '2026-12-31' }
    expect((await post('auto-provision', upgrade)).answer.expires_at).toBe('2026-12-31T23:59:59Z')
  })

  it('without an e-mail never shares a tenant', async () => {
    const { handler, tenants } = tenantService()
    const { post } = await serveCompat(handler)
    const nobody = { ...applicant, email: '' }
    await post('auto-provision', { ...flat, applicant: nobody })
    await post('auto-provision', { ...flat, application_id: 18, applicant: nobody })
    expect(tenants.size).toBe(2)
  })

  it('sent twenty times at once makes one tenant', async () => {
    const { handler, tenants } = tenantService()
    const { post } = await serveCompat(handler)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post('auto-provision', { ...flat, application_id: 17 + index })),
    )
    expect(tenants.size).toBe(1)
    expect(new Set(answers.map(({ status, answer }) => `${status} ${answer.tenant_id}`)).size).toBe(1)
  })

  it('with the number of another applicant gets a tenant of its own, and learns nothing of the other', async () => {
    const { handler, tenants } = tenantService()
    const { post } = await serveCompat(handler)
    const { answer: first } = await post('auto-provision', flat)
    for (const status of ['active', 'deactivated']) {
      tenants.set(String(first.tenant_id), { status, config: {}, name: '한림대학교' })
      const stranger = { ...applicant, email: `${status}@hallym.ac.kr` }
      const { answer } = await post('auto-provision', { ...flat, applicant: stranger })
      expect(answer).toMatchObject({ status: 'approved', admin_credentials: { email: stranger.email } })
      expect(answer.tenant_id).toMatch(/^demo_hanlimdaehaggyo_17_[0-9a-f]{8}$/)
      const { answer: again } = await post('auto-provision', { ...flat, applicant: stranger })
      expect(again.tenant_id).toBe(answer.tenant_id)
    }
    expect(tenants.size).toBe(3)
    expect(tenants.get(String(first.tenant_id))?.status).toBe('deactivated')
  })

  it('sent again after a restart finds its tenant', async () => {
    const { handler } = tenantService()
    const before = await serveCompat(handler)
    await before.post('auto-provision', flat)
    await before.close()
    const { status, answer } = await (await serveCompat(handler)).post('auto-provision', flat)
    expect(status).toBe(200)
    expect(answer).toMatchObject({ status: 'approved', tenant_id: 'demo_hanlimdaehaggyo_17' })
  })

  it('of a tenant that was deactivated resumes it', async () => {
    const { handler, tenants } = tenantService()
    const { post } = await serveCompat(handler)
    await post('auto-provision', flat)
    tenants.set('demo_hanlimdaehaggyo_17', { status: 'deactivated', config: {}, name: '한림대학교' })
    const { answer } = await post('auto-provision', { ...flat, application_id: 18 })
    expect(answer).toMatchObject({ status: 'approved', tenant_id: 'demo_hanlimdaehaggyo_17' })
    expect(tenants.get('demo_hanlimdaehaggyo_17')?.status).toBe('active')
  })

  it.each([
    [{ kind: 'demo', end_date: '2027-01-01' }, '2026-03-02T09:00:00Z'],
    [{ kind: 'service', end_date: '2026-12-31' }, '2026-12-31T23:59:59Z'],
    [{ kind: 'service' }, '2027-01-31T09:00:00Z'],
    [{ kind: 'service', end_date: 'tomorrow' }, '2027-01-31T09:00:00Z'],
    [{ kind: 'service', end_date: '2026-02-30' }, '2027-01-31T09:00:00Z'],
  ])('%j lasts until %s', async (change, expiry) => {
    const { post } = await serveCompat(tenantService().handler)
    expect((await post('auto-provision', { ...flat, ...change })).answer.expires_at).toBe(expiry)
  })

  it.each([
    [{ ...flat, applicant: { ...applicant, university_name: null } }, [['body', 'applicant', 'university_name']]],
    [{ ...flat, kind: 'gift' }, [['body', 'kind']]],
    [
      { application_id: 1 },
      [
        ['body', 'kind'],
        ['body', 'applicant'],
        ['body', 'service'],
      ],
    ],
    [{ ...nested, application: { kind: 'demo' } }, [['body', 'application', 'id']]],
    [{ ...nested, application: null }, [['body', 'application']]],
  ])('that does not fit is 422 and names the places: %j', async (payload, locs) => {
    const { post } = await serveCompat(tenantService().handler)
    const { status, answer } = await post('auto-provision', payload)
    expect(status).toBe(422)
    expect(answer).toMatchObject({ error: 'INVALID_REQUEST', details: { issues: locs.map((loc) => ({ loc })) } })
  })

  it('may be treated by the handler in its own way', async () => {
    const { handler, tenants } = tenantService()
    const own: CompatHandler = {
      ...handler,
      onApplicationApproved: async ({ application }) => ({
        success: true,
        status: 'processing',
        tenant_id: null,
        tenant_url: null,
        access_url: null,
        message: `${application.applicant.university_name} ${application.id}`,
        expires_at: null,
        admin_credentials: null,
        created_at: null,
      }),
    }
    const { post } = await serveCompat(own)
    const { status, answer } = await post('application-approved', nested)
    expect(status).toBe(200)
    expect(answer).toMatchObject({ status: 'processing', message: '한림대학교 17' })
    expect(tenants.size).toBe(0)
  })
})

describe('auto-provision with the body of an activation', () => {
  const activation = {
    tenant_id: 'new_univ',
    tenant_name: '새대학교',
    plan: 'premium',
    features: ['rag'],
    contact: { email: 'a@b.kr', name: 'A' },
  }

  it('activates as the standard path does, with its errors', async () => {
    const { post } = await serveCompat(tenantService().handler)
    expect(await post('auto-provision', activation)).toMatchObject({ status: 200, answer: { tenant_id: 'new_univ' } })
    expect(await post('auto-provision', activation)).toMatchObject({ status: 409, answer: { error: 'TENANT_EXISTS' } })
  })

  it('is what an empty object is taken for', async () => {
    const { post } = await serveCompat(tenantService().handler)
    const { status, answer } = await post('auto-provision', {})
    expect(status).toBe(422)
    const places = ['tenant_id', 'tenant_name', 'plan', 'features', 'contact'].map((name) => ({ loc: ['body', name] }))
    expect(answer.details).toMatchObject({ issues: places })
  })
})
