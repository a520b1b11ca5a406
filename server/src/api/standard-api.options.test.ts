import { describe, expect, it } from 'vitest'
import { TransitionRefusedError } from '../error/index.ts'
import { activation, exampleHandler, KEY, serveExample } from './example-service.test.support.ts'
import { lifecycleApi, standardApi } from './standard-api.ts'

const status = '/mt/tenant/t1/status'
const withKey = (key: string, header = 'X-Market-API-Key') => ({ [header]: key })

describe('the key of the Standard API', () => {
  it.each([{}, { MARKET_API_KEY: undefined }, { MARKET_API_KEY: '' }, { MARKET_API_KEY: ' , ' }])(
    'must be configured: with %j the service does not start',
    (env) => {
      expect(() => standardApi(exampleHandler, { env })).toThrow(/MARKET_API_KEY is not set/)
      expect(() => lifecycleApi(exampleHandler, { env })).toThrow(/MARKET_API_KEY is not set/)
      expect(() => standardApi(exampleHandler, { env, apiKeyEnv: 'MY_KEY' })).toThrow(/MY_KEY is not set/)
      expect(() => standardApi(exampleHandler, { env, requireAuth: false })).not.toThrow()
    },
  )

  it("may be missing with whenKeyMissing: 'respond', and then nothing but health answers", async () => {
    await using service = await serveExample({}, { env: {}, whenKeyMissing: 'respond' })
    for (const headers of [{}, withKey('any')]) {
      const answer = await service.send({ path: status, headers })
      expect(answer).toMatchObject({ status: 500, json: { error: 'INTERNAL_ERROR', message: 'Internal server error' } })
      expect(answer.text).not.toContain('MARKET_API_KEY')
    }
    expect(await service.send({ path: '/mt/health' })).toMatchObject({ status: 200 })
    expect(service.failures).toHaveLength(2)
  })

  it('may be one of several while keys are exchanged', async () => {
    await using service = await serveExample({}, { env: { MARKET_API_KEY: 'old-key, new-key,' } })
    for (const [key, expected] of [
      ['old-key', 200],
      ['new-key', 200],
      ['old-key, new-key', 200],
      ['old-key,new-key', 401],
      ['OLD-KEY', 401],
      ['old', 401],
      [',', 401],
      ['', 401],
    ] as const) {
      expect(await service.send({ path: status, headers: withKey(key) }), key).toMatchObject({ status: expected })
    }
  })

  it('comes in the header and from the variable that options name', async () => {
    const options = { apiKeyHeader: 'X-My-Key', apiKeyEnv: 'MY_KEY', env: { MY_KEY: 'k', MARKET_API_KEY: 'other' } }
    await using service = await serveExample({}, options)
    expect(await service.send({ path: status, headers: withKey('k', 'x-my-key') })).toMatchObject({ status: 200 })
    for (const headers of [withKey('k'), withKey('other'), withKey('other', 'X-My-Key')]) {
      expect(await service.send({ path: status, headers })).toMatchObject({ status: 401 })
    }
  })

  it('is asked for before the body is read: without it, malformed JSON is 401', async () => {
    await using service = await serveExample()
    for (const body of ['{', '['.repeat(50_000), 'a'.repeat(2_000_000)]) {
      const request = { method: 'POST', path: '/mt/tenant/t1/activate', headers: {}, body }
      expect(await service.send(request)).toMatchObject({ status: 401, json: { error: 'UNAUTHORIZED' } })
    }
  })

  it('is not asked for with requireAuth: false', async () => {
    await using service = await serveExample({}, { env: {}, requireAuth: false })
    expect(await service.send({ path: status, headers: {} })).toMatchObject({ status: 200 })
  })

  it('may not be guessed without end: refusals are limited by address, the right key never', async () => {
    await using service = await serveExample({}, { failureLimit: { max: 3, windowMs: 60_000 } })
    const tryKey = (key: string) => service.send({ path: status, headers: withKey(key) })
    for (let round = 0; round < 3; round++) expect(await tryKey('guess')).toMatchObject({ status: 401 })
    const limited = await tryKey('guess')
    expect(limited).toMatchObject({ status: 429, json: { error: 'TOO_MANY_REQUESTS' } })
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
    expect(await tryKey(KEY)).toMatchObject({ status: 200 })
  })
})

describe('the prefix of the Standard API', () => {
  it.each(['', '/svc', '/api/v2', '/a.b~c-d_e'])('may be %j', async (prefix) => {
    await using service = await serveExample({}, { prefix })
    expect(await service.send({ path: `${prefix}/health` })).toMatchObject({ status: 200 })
    expect(await service.send({ path: `${prefix}/trpc/checkHealth?input={}` })).toMatchObject({ status: 200 })
    expect(await service.send({ path: `${prefix}/nothing` })).toMatchObject({ status: 404, json: { success: false } })
    expect(await service.send({ path: '/mt/health' })).toMatchObject({ status: 404 })
  })

  it.each(['mt', '/mt/', '/', '//mt', '/m t', '/mt?x', '/{mt}', '/%6dt', '/mt\n', '/../mt', '/a/.'])(
    'cannot be %j',
    (prefix) => {
      const options = { prefix, env: { MARKET_API_KEY: KEY } }
      expect(() => standardApi(exampleHandler, options)).toThrow(TypeError)
      expect(() => standardApi(exampleHandler, options)).toThrow(/prefix/)
    },
  )
})

describe('hooks around the lifecycle', () => {
  const activate = { method: 'POST', path: '/mt/tenant/t1/activate', body: activation }
  const deactivate = { method: 'POST', path: '/mt/tenant/t1/deactivate', body: { reason: 'violation' } }

  it('run before and after, with the input, the context and the output', async () => {
    const events: unknown[] = []
    const note =
      (name: string) =>
      ({ input, ctx, ...rest }: { input: { tenant_id: string }; ctx: { tenantId: string | undefined } }) => {
        events.push([name, input.tenant_id, ctx.tenantId, ...Object.keys(rest)])
      }
    await using service = await serveExample({
      beforeActivate: note('before'),
      activateTenant: (options) => {
        events.push(['activate'])
        return exampleHandler.activateTenant(options)
      },
      afterActivate: note('after'),
      beforeDeactivate: note('beforeDeactivate'),
      afterDeactivate: note('afterDeactivate'),
    })
    await service.send(activate)
    await service.client().deactivateTenant.mutate({ tenant_id: 't2', reason: '' })
    expect(events).toEqual([
      ['before', 't1', 't1'],
      ['activate'],
      ['after', 't1', 't1', 'output'],
      ['beforeDeactivate', 't2', 't2'],
      ['afterDeactivate', 't2', 't2', 'output'],
    ])
  })

  it('may refuse the transition, with a message for the caller', async () => {
    const called: string[] = []
    await using service = await serveExample({
      beforeActivate: async () => {
        throw new TransitionRefusedError('Contract is not signed yet')
      },
      activateTenant: (options) => {
        called.push('activate')
        return exampleHandler.activateTenant(options)
      },
      afterActivate: () => {
        called.push('after')
      },
      beforeDeactivate: () => {
        throw new Error('hunter2')
      },
    })
    const message = 'Contract is not signed yet'
    expect(await service.send(activate)).toMatchObject({
      status: 409,
      json: { success: false, error: 'TRANSITION_REFUSED', message, detail: message },
    })
    const answer = await service.send(deactivate)
    expect(answer).toMatchObject({ status: 500, json: { error: 'INTERNAL_ERROR' } })
    expect(answer.text).not.toContain('hunter2')
    expect(called).toEqual([])
  })

  it('cannot undo what was done: a failure afterwards is reported and the call succeeds', async () => {
    const failure = new Error('mail server down')
    await using service = await serveExample({
      afterActivate: () => Promise.reject(failure),
      afterDeactivate: () => {
        throw failure
      },
    })
    expect(await service.send(activate)).toMatchObject({ status: 200, json: { success: true } })
    expect(await service.send(deactivate)).toMatchObject({ status: 200, json: { success: true } })
    expect(service.failures.map(({ error }) => error.cause)).toEqual([failure, failure])
    expect(service.failures.map(({ requestId }) => requestId)).toEqual([expect.any(String), expect.any(String)])
  })

  it('do not run after a failure', async () => {
    const called: string[] = []
    await using service = await serveExample({
      activateTenant: () => Promise.reject(new Error('x')),
      afterActivate: () => {
        called.push('after')
      },
    })
    expect(await service.send(activate)).toMatchObject({ status: 500 })
    expect(called).toEqual([])
  })
})
