import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  APPROVED,
  type CannedAnswer,
  call,
  type RecordedRequest,
  type RecordingService,
  startRecordingService,
} from './recording-service.test.support.ts'
import { type Simulator, startSimulator } from './start-simulator.ts'

let simulator: Simulator
let service: RecordingService
let answer: (request: RecordedRequest) => CannedAnswer | null

beforeEach(async () => {
  answer = () => APPROVED
  service = await startRecordingService((request) => answer(request))
  simulator = await startSimulator({ port: 0 })
  await simulator.engine.services.save({ slug: 'advisor', base_url: service.url })
})

afterEach(async () => {
  await simulator?.close()
  await service?.close()
})

const ask = (path: string, init?: Parameters<typeof call>[2]) => call(simulator.url, path, init)

describe("the old simulator's paths", () => {
  it('apply, send and show what came back', async () => {
    const made = await ask('/applications/demo', { body: { applicant: { university_name: '서울대학교' } } })
    expect(made).toMatchObject({ status: 200, json: { id: 1_000, kind: 'demo', status: 'pending' } })
    const sent = await ask('/applications/1000/send', { body: {} })
    expect(sent.json).toMatchObject({
      success: true,
      application: { status: 'completed', tenant_id: 'hallym', access_url: 'http://t' },
      result: { success: true, status_code: 200, state: 'delivered', application_id: 1_000 },
    })
    expect((await ask('/applications?status=completed')).json).toMatchObject({
      total: 1,
      applications: [{ id: 1_000 }],
    })
    const { json } = await ask('/applications/1000')
    expect(json).toMatchObject({ deliveries: [{ state: 'delivered' }] })
    expect((json.timeline as { type: string }[]).map(({ type }) => type)).toEqual([
      'application.created',
      'delivery.created',
      'attempt.succeeded',
      'application.completed',
    ])
    const results = await ask('/results')
    expect(results.json).toMatchObject({ total: 1, results: [{ success: true, response: APPROVED.body }] })
    expect((await ask('/results/application/1000')).json).toEqual(results.json)
    const [{ id }] = results.json.results as [{ id: string }]
    expect((await ask(`/results/${id}`)).json).toMatchObject({
      id,
      attempts_made: [{ number: 1, response: { status: 200, findings: [{ ok: true }, { ok: true }] } }],
    })
  })

  it('provision at once in the flat shape, and remember it', async () => {
    const { json } = await ask('/simulate/provision', { body: { kind: 'service' } })
    expect(json).toMatchObject({ success: true, application: { kind: 'service', shape: 'flat', status: 'completed' } })
    expect((await ask('/history')).json).toMatchObject({ results: [{ source: 'provision' }] })
  })

  it("send messages of one's own, byte for byte", async () => {
    const { json } = await ask('/simulate/custom', {
      body: { webhook_url: `${service.url}/own`, body: '{ "a" : 1 }\n', headers: { 'User-Agent': 'me' }, times: 2 },
    })
    expect(json).toMatchObject({ success: true, results: [{ source: 'custom' }, { source: 'custom' }] })
    expect(service.requests.map(({ path, body, headers }) => [path, body.toString(), headers['user-agent']])).toEqual(
      Array.from({ length: 2 }, () => ['/own', '{ "a" : 1 }\n', 'me']),
    )
  })

  it('read the tenants of a service whatever it calls them', async () => {
    answer = ({ path, headers }) =>
      headers['x-api-key'] !== 'mt_dev_key_12345'
        ? { status: 401 }
        : path === '/api/tenant/list'
          ? { body: { tenants: ['a', { id: 'b' }, { tenant_id: 'c', status: 'active' }] } }
          : { body: { path } }
    expect((await ask('/admin/tenants')).json).toMatchObject({
      count: 3,
      tenants: [{ tenant_id: 'a' }, { tenant_id: 'b' }, { tenant_id: 'c' }],
    })
    expect((await ask('/admin/tenants/a%20b')).json).toEqual({ path: '/api/tenant/status/a%20b' })
    expect((await ask('/admin/tenants/a/users')).json).toEqual({ path: '/api/tenant/a/users' })
    expect((await ask('/admin/tenants/a/stats')).json).toEqual({ path: '/api/tenant/a/stats' })
    answer = () => ({ status: 500 })
    expect(await ask('/admin/tenants')).toMatchObject({ status: 502 })
  })
})

describe('answers of services', () => {
  it.each([
    ['status approved alone', 'completed', { status: 'approved', tenant_id: 't' }],
    ['success alone', 'completed', { success: true, tenant_id: 't' }],
    ['processing', 'sent', { status: 'processing', tenant_id: 't' }],
    ['rejected', 'failed', { status: 'rejected', message: 'no' }],
    ['an error with 200', 'failed', { status: 'error', tenant_id: null, message: 'parse' }],
    ['success false', 'failed', { success: false }],
    ['an empty object', 'sent', {}],
    ['a JSON array', 'sent', [1, 2]],
    ['null', 'sent', null],
    ['no JSON', 'sent', '<html>'],
    ['nothing', 'sent', ''],
  ])('%s makes an application %s', async (_name, expected, body) => {
    answer = () => ({ body: body === null ? 'null' : body })
    await ask('/simulate/provision', { body: {} })
    expect((await simulator.engine.applications.get(1_000)).status).toBe(expected)
    for (const path of ['/results', '/applications', '/stats', '/history', '/results/application/1000']) {
      expect((await ask(path)).status).toBe(200)
    }
  })

  it('that are compressed are kept as they came and read as what they say', async () => {
    const zipped = gzipSync(JSON.stringify(APPROVED.body))
    answer = () => ({ headers: { 'content-encoding': 'gzip' }, body: zipped })
    const { json } = await ask('/simulate/provision', { body: {} })
    expect(json).toMatchObject({ application: { status: 'completed' }, result: { response: APPROVED.body } })
    const { json: attempt } = await ask('/attempts/1')
    expect(attempt).toMatchObject({ response: { body_base64: zipped.toString('base64') } })
  })

  it('that never come are told apart', async () => {
    answer = () => null
    await ask('/simulate/provision', { body: {} })
    const gone = await startRecordingService()
    await gone.close()
    await ask('/simulate/custom', { body: { webhook_url: gone.url } })
    expect((await simulator.engine.statistics()).failures).toEqual([
      { reason: 'connection_refused', count: 1 },
      { reason: 'connection_reset', count: 1 },
    ])
  })
})

describe('a service on localhost', () => {
  it.each(['demo', 'slow'])('is reached on whichever of its addresses it listens (%s)', async (scenario) => {
    const { port } = new URL(service.url)
    await simulator.engine.services.save({ slug: 'advisor', base_url: `http://localhost:${port}` })
    expect(await simulator.engine.trigger(scenario)).toMatchObject({ ok: true })
    expect(service.requests[0]?.headers.host).toBe(`localhost:${port}`)
  })

  it('that is not there is told so, even to requests that are to be cut', async () => {
    await service.close()
    const { steps } = await simulator.engine.trigger('cut-off')
    expect(steps).toMatchObject([{ attempts: [{ state: 'failed', reason: 'connection_refused' }] }])
  })
})

describe('what does not fit', () => {
  it.each<[string, string, unknown, number]>([
    ['an unknown member', '/applications/demo', { universtiy: 'x' }, 422],
    ['a wrong date', '/applications/service', { end_date: '2026-02-30' }, 422],
    ['an unknown service', '/applications/demo', { service: 'nope' }, 422],
    ['a target elsewhere', '/applications/demo', { webhook_url: 'http://169.254.169.254/latest' }, 422],
    ['a target that is none', '/applications/demo', { webhook_url: 'ftp://127.0.0.1/' }, 422],
    ['a target with credentials', '/simulate/custom', { webhook_url: 'http://a:b@127.0.0.1/' }, 422],
    ['an IPv6 way around', '/simulate/custom', { webhook_url: 'http://[::ffff:10.0.0.1]/' }, 422],
    ['a name that leads nowhere', '/simulate/custom', { webhook_url: 'http://nowhere.invalid/' }, 422],
    ['a header that is none', '/simulate/custom', { webhook_url: 'http://127.0.0.1/', headers: { 'a b': 'c' } }, 422],
    [
      'a forged length',
      '/simulate/custom',
      { webhook_url: 'http://127.0.0.1/', headers: { 'Content-Length': '1' } },
      422,
    ],
    ['a short secret', '/services', { slug: 'a', base_url: 'http://127.0.0.1', signing_secret: 'x' }, 422],
    ['an unknown scenario', '/trigger/nope', {}, 404],
    ['a signature scenario without a secret', '/trigger/wrong-signature', {}, 422],
    ['a clock that goes back', '/clock/advance', { ms: -1 }, 422],
    ['an unknown application', '/applications/7/send', {}, 404],
    ['an unknown delivery', '/deliveries/msg_x/replay', {}, 404],
  ])('%s is refused with a reason', async (_name, ...[path, body, status]) => {
    const refused = await ask(path, { body })
    expect(refused).toMatchObject({ status, json: { success: false, message: expect.stringMatching(/\S/) } })
    expect(service.requests).toEqual([])
  })

  it('an id twice is refused', async () => {
    await ask('/applications/demo', { body: { application_id: 5 } })
    expect(await ask('/applications/demo', { body: { application_id: 5 } })).toMatchObject({ status: 409 })
  })

  it('wrong methods and paths are told', async () => {
    expect(await ask('/applications/demo', { method: 'PUT', body: {} })).toMatchObject({ status: 405 })
    expect(await ask('/nowhere')).toMatchObject({ status: 404, json: { error: 'NOT_FOUND' } })
  })

  it('a page from elsewhere cannot use it', async () => {
    const response = await fetch(`${simulator.url}/applications/demo`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: '{}',
    })
    expect(response.status).toBe(403)
  })
})

describe('events', () => {
  it('are streamed as they happen, and a reader that comes back misses none', async () => {
    const read = async (lastEventId: string | undefined, until: string) => {
      const cut = new AbortController()
      const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
      const response = await fetch(`${simulator.url}/events`, { headers, signal: cut.signal })
      let text = ''
      const decoder = new TextDecoder()
      const reading = (async () => {
        for await (const chunk of response.body ?? []) {
          text += decoder.decode(chunk, { stream: true })
          if (text.includes(`event: ${until}\n`)) cut.abort()
        }
      })().catch(() => undefined)
      return { done: reading.then(() => [...text.matchAll(/^id: (\d+)\nevent: (.+)$/gm)]) }
    }
    const live = await read(undefined, 'application.completed')
    await ask('/simulate/provision', { body: {} })
    const first = (await live.done).map(([, , type]) => type)
    expect(first).toEqual(['application.created', 'delivery.created', 'attempt.succeeded', 'application.completed'])
    await ask('/clock/advance', { body: { ms: 1 } })
    const again = await read('2', 'clock.moved')
    expect((await again.done).map(([, id]) => id)).toEqual(['3', '4', '5', '6'])
  })
})
