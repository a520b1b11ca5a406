import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it } from 'vitest'
import { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.ts'
import {
  APPROVED,
  type RecordedRequest,
  type RecordingService,
  startRecordingService,
} from './recording-service.test.support.ts'

const NOW = Date.UTC(2026, 0, 31, 9)
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ok!').toString('base64')}`
let sandbox: Sandbox
let service: RecordingService

afterEach(async () => {
  await sandbox?.close()
  await service?.close()
})

async function begin(options: Partial<SandboxOptions> = {}) {
  service = await startRecordingService()
  sandbox = await createSandbox({
    target: service.url,
    now: () => NOW,
    callbackUrl: 'http://simulator:9000/callback',
    ...options,
  })
}

function only(): RecordedRequest {
  expect(service.requests).toHaveLength(1)
  return service.requests[0] as RecordedRequest
}

describe('what the market sends', () => {
  it('is the nested body to application-approved, byte for byte, with the recorded headers', async () => {
    await begin()
    const { steps } = await sandbox.trigger('service-nested')
    const { method, path, rawHeaders, body } = only()
    expect([method, path]).toEqual(['POST', '/api/tenant/webhook/application-approved'])
    expect(body.toString('utf8')).toBe(
      '{"application":{"id":1000,"kind":"service","contact":"02-2000-8000","reason":"한림대학교 service 신청"},' +
        '"applicant":{"id":1,"name":"홍길동","email":"admin@hallym.ac.kr","university_name":"한림대학교"},' +
        '"service":{"id":1,"slug":"advisor","title":"Advisor"}}',
    )
    expect(rawHeaders).toEqual([
      ...['Host', new URL(service.url).host],
      ...['Accept', '*/*'],
      ...['Accept-Encoding', 'gzip, deflate'],
      ...['Connection', 'keep-alive'],
      ...['User-Agent', 'python-httpx/0.28.1'],
      ...['Content-Type', 'application/json'],
      ...['X-API-Key', 'mt_dev_key_12345'],
      ...['content-length', String(body.length)],
    ])
    const attempt = steps[0]?.attempts[0]
    expect(Buffer.from(attempt?.requestBody ?? '').equals(body)).toBe(true)
    expect(Object.entries(attempt?.requestHeaders ?? {}).flat()).toEqual(rawHeaders)
  })

  it('is the flat body to auto-provision, with dates and callback address', async () => {
    await begin()
    await sandbox.trigger('demo')
    const { path, body } = only()
    expect(path).toBe('/api/tenant/webhook/auto-provision')
    expect(body.toString('utf8')).toBe(
      '{"application_id":1000,"kind":"demo","contact":"02-2000-8000","reason":"한림대학교 demo 신청",' +
        '"applicant":{"id":1,"name":"홍길동","email":"admin@hallym.ac.kr","university_name":"한림대학교"},' +
        '"service":{"id":1,"slug":"advisor","title":"Advisor"},' +
        '"callback_url":"http://simulator:9000/callback","start_date":"2026-01-31","end_date":"2026-03-02"}',
    )
  })

  it('lasts a year for a service unless an end is asked for', async () => {
    await begin()
    await sandbox.trigger('service')
    await sandbox.trigger('service', { end_date: '2028-02-29' })
    const sent = service.requests.map(({ body }): unknown => JSON.parse(body.toString()))
    expect(sent).toMatchObject([{ end_date: '2027-01-31' }, { end_date: '2028-02-29' }])
  })

  it('makes telephone numbers as the market does', async () => {
    await begin()
    await sandbox.trigger('demo', { application_id: 17_003 })
    expect(JSON.parse(only().body.toString())).toMatchObject({ contact: '02-9003-3021' })
  })

  it("is an activation with the market's own key for the Standard API", async () => {
    await begin({ apiKey: 'market-key' })
    const { steps } = await sandbox.trigger('standard')
    const { path, headers, body } = only()
    expect(path).toBe('/mt/tenant/demo_advisor_1000/activate')
    expect(headers).toMatchObject({ 'x-market-api-key': 'market-key', 'idempotency-key': steps[0]?.delivery.id })
    expect(headers['x-api-key']).toBeUndefined()
    expect(JSON.parse(body.toString())).toMatchObject({
      tenant_id: 'demo_advisor_1000',
      tenant_name: '한림대학교',
      plan: 'demo',
      contact: { email: 'admin@hallym.ac.kr', name: '홍길동' },
    })
  })

  it('is signed by Standard Webhooks when the service has a secret, as its library agrees, fresh and with one id over all attempts', async () => {
    service = await startRecordingService(() => ({ status: 500 }))
    sandbox = await createSandbox({ target: service.url, signingSecret: SECRET })
    const application = await sandbox.engine.applications.create('demo')
    const { delivery } = await sandbox.engine.attempted(() => sandbox.engine.deliveries.ofApplication(application))
    await sandbox.advance(1_000)
    await sandbox.advance(76 * 3_600_000)
    expect(service.requests).toHaveLength(10)
    for (const { headers, body } of service.requests) {
      const verified = new Webhook(SECRET).verify(body.toString('utf8'), headers as Record<string, string>)
      expect(verified).toMatchObject({ application: { id: 1000 } })
    }
    expect(new Set(service.requests.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery.id]))
  })

  it('carries the key and secret that the service has by then, under the same id', async () => {
    service = await startRecordingService(({ headers }) =>
      headers['x-api-key'] === 'corrected' ? APPROVED : { status: 401 },
    )
    sandbox = await createSandbox({ target: service.url, apiKey: 'mistyped' })
    const application = await sandbox.engine.applications.create('demo')
    const { delivery } = await sandbox.engine.attempted(() => sandbox.engine.deliveries.ofApplication(application))
    expect(delivery.state).toBe('waiting')
    await sandbox.engine.services.save({ slug: 'advisor', api_key: 'corrected', signing_secret: SECRET })
    const replayed = await sandbox.engine.attempted(() => sandbox.engine.deliveries.replay(delivery.id))
    expect(replayed.delivery).toMatchObject({ id: delivery.id, state: 'delivered' })
    expect(service.requests[1]?.headers['webhook-id']).toBe(delivery.id)
  })

  it('is the same for the same seed', async () => {
    await begin({ seed: 'one' })
    const first = (await sandbox.trigger('demo')).steps[0]?.delivery.id
    await sandbox.close()
    await service.close()
    await begin({ seed: 'one' })
    expect((await sandbox.trigger('demo')).steps[0]?.delivery.id).toBe(first)
    await sandbox.reset()
    expect((await sandbox.trigger('demo')).steps[0]?.delivery.id).not.toBe(first)
  })
})
