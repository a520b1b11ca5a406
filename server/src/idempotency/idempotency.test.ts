import { describe, expect, it } from 'vitest'
import { activation, KEY, serveExample } from '../api/example-service.test.support.ts'
import { StandardApiError, TenantExistsError } from '../error/index.ts'
import type { Procedure } from '../handler/index.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import { memoryIdempotencyStore } from './memory-idempotency-store.ts'

const path = '/mt/tenant/t1/users'
const user = { email: 'kim@hallym.ac.kr', name: '김' }

const remembering = () => ({ idempotency: memoryIdempotencyStore() })

/** A service that counts its effects, and what the counter has made of the next request. */
async function countingService(options: { readonly idempotency?: IdempotencyStore } = remembering()) {
  const effects: string[] = []
  const answers: (() => unknown)[] = []
  const createUser: Procedure<'createUser'> = async ({ input: { name, email, role }, ctx }) => {
    effects.push(email)
    await answers.shift()?.()
    const user_id = `user_${effects.length}`
    ctx.reply.setHeader('Location', `/mt/tenant/t1/users/${user_id}`)
    return {
      user_id,
      email,
      name,
      role,
      status: 'active',
      created_at: '2026-01-31T09:00:00Z',
      temporary_password: true,
    }
  }
  const service = await serveExample({ createUser }, options)
  const send = (key: string | undefined, body: object = user, headers: Record<string, string> = {}) =>
    service.send({
      method: 'POST',
      path,
      body,
      headers: {
        'content-type': 'application/json',
        'X-Market-API-Key': KEY,
        ...(key !== undefined && { 'Idempotency-Key': key }),
        ...headers,
      },
    })
  return { service, effects, answers, send, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() }
}

describe('a mutation that is sent again with its key', () => {
  it('has no effect again and gets the same answer, byte for byte', async () => {
    await using counting = await countingService()
    const first = await counting.send('k1')
    const again = await counting.send('k1')
    expect(first).toMatchObject({ status: 201, headers: { location: '/mt/tenant/t1/users/user_1' } })
    expect([again.status, again.text, again.headers.location]).toEqual([201, first.text, first.headers.location])
    expect([first.headers['idempotent-replay'], again.headers['idempotent-replay']]).toEqual([undefined, 'true'])
    expect(counting.effects).toHaveLength(1)
  })

  it('is the same whatever the order of its members and its blanks', async () => {
    await using counting = await countingService()
    await counting.send('k1', { email: user.email, name: user.name, role: 'user' })
    expect((await counting.send('k1', { role: 'user', name: user.name, email: user.email })).status).toBe(201)
    expect(counting.effects).toHaveLength(1)
  })

  it('is refused with another body, and has no effect', async () => {
    await using counting = await countingService()
    await counting.send('k1')
    const other = await counting.send('k1', { ...user, name: 'Lee' })
    expect(other).toMatchObject({ status: 422, json: { error: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(counting.effects).toHaveLength(1)
  })

  it('gets 409 with Retry-After while the first still runs', async () => {
    await using counting = await countingService()
    const { promise, resolve } = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    counting.answers.push(() => {
      begun.resolve()
      return promise
    })
    const first = counting.send('k1')
    await begun.promise
    const second = await counting.send('k1')
    expect(second).toMatchObject({
      status: 409,
      json: { error: 'OPERATION_IN_PROGRESS' },
      headers: { 'retry-after': '1' },
    })
    resolve()
    expect((await counting.send('k1')).status).not.toBe(500)
    expect((await first).status).toBe(201)
    expect(counting.effects).toHaveLength(1)
  })

  it('gets an error that was final again, with the id of the request that met it', async () => {
    await using counting = await countingService()
    counting.answers.push(() => {
      throw new TenantExistsError('t1')
    })
    const first = await counting.send('k1')
    const again = await counting.send('k1')
    expect(first).toMatchObject({ status: 409, json: { request_id: first.headers['x-request-id'] } })
    expect([again.status, again.text]).toEqual([409, first.text])
    expect(again.headers['idempotent-replay']).toBe('true')
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
    expect(counting.effects).toHaveLength(1)
  })

  it.each([
    ['400', () => StandardApiError.badRequest('no')],
    ['401', () => StandardApiError.unauthorized()],
    ['403', () => StandardApiError.forbidden()],
    ['422', () => StandardApiError.invalidRequest([])],
    ['429', () => StandardApiError.tooManyFailures(1)],
    ['500', () => new Error('broken')],
    ['503', () => StandardApiError.unavailable(1, undefined)],
    ['409 of an operation that runs', () => StandardApiError.operationInProgress(1)],
  ])('is run again after %s', async (_name, error) => {
    await using counting = await countingService()
    counting.answers.push(() => {
      throw error()
    })
    expect((await counting.send('k1')).status).toBe(error() instanceof StandardApiError ? Object(error()).status : 500)
    expect(await counting.send('k1')).toMatchObject({ status: 201 })
    expect(counting.effects).toHaveLength(2)
  })

  it('is run again after a body that did not fit', async () => {
    await using counting = await countingService()
    expect((await counting.send('k1', { name: 'Kim' })).status).toBe(422)
    expect((await counting.send('k1')).status).toBe(201)
  })
})

describe('a key', () => {
  it.each(['', '한림', 'a\tb', 'x'.repeat(256)])('%j is refused with 400', async (key) => {
    await using counting = await countingService()
    const latin1 = Buffer.from(key).toString('latin1')
    expect(await counting.send(latin1)).toMatchObject({ status: 400, json: { error: 'INVALID_REQUEST' } })
    expect(counting.effects).toEqual([])
  })

  it.each(['x', 'a b~!', 'x'.repeat(255)])('%j is accepted', async (key) => {
    await using counting = await countingService()
    await counting.send(key)
    expect((await counting.send(key)).headers['idempotent-replay']).toBe('true')
  })

  it('means nothing for another tenant or another procedure', async () => {
    await using counting = await countingService()
    const { service } = counting
    const headers = { 'content-type': 'application/json', 'X-Market-API-Key': KEY, 'Idempotency-Key': 'k1' }
    const calls = [
      { method: 'POST', path, body: user, headers },
      { method: 'POST', path: path.replace('t1', 't2'), body: user, headers },
      { method: 'DELETE', path: `${path}/u1`, headers },
    ]
    for (const call of calls) expect((await service.send(call)).headers['idempotent-replay']).toBeUndefined()
    expect(counting.effects).toHaveLength(2)
  })

  it('means nothing without a store, nor with a query', async () => {
    await using plain = await countingService({})
    await using counting = await countingService()
    for (const key of ['k1', 'k1', '']) await plain.send(key)
    expect(plain.effects).toHaveLength(3)
    const read = { path: '/mt/tenant/t1/status', headers: { 'X-Market-API-Key': KEY, 'Idempotency-Key': '' } }
    expect((await counting.service.send(read)).status).toBe(200)
  })

  it('that nobody can look up is 503, and nothing happens', async () => {
    const gone = () => Promise.reject(new Error('gone'))
    await using counting = await countingService({ idempotency: { claim: gone, finish: gone, release: gone } })
    expect(await counting.send('k1')).toMatchObject({ status: 503, headers: { 'retry-after': '1' } })
    expect(counting.effects).toEqual([])
  })
})

describe('over the tRPC protocol, a key', () => {
  it('has its effect once, and gives output and error again', async () => {
    await using counting = await countingService()
    const client = counting.service.client({ headers: { 'X-Market-API-Key': KEY, 'Idempotency-Key': 'k1' } })
    const create = { tenant_id: 't1', ...user }
    const first = await client.createUser.mutate(create)
    expect(await client.createUser.mutate(create)).toEqual(first)
    const reused = client.createUser.mutate({ ...create, name: 'Lee' })
    await expect(reused).rejects.toMatchObject({ data: { error: 'IDEMPOTENCY_KEY_REUSED', httpStatus: 422 } })
    expect(counting.effects).toHaveLength(1)
  })

  it('counts for each call of a batch by itself', async () => {
    await using counting = await countingService()
    const headers = { 'X-Market-API-Key': KEY, 'Idempotency-Key': 'k1' }
    const batch = () => {
      const client = counting.service.client({ headers, batch: true })
      return Promise.all(
        ['a@b.c', 'd@e.f'].map((email) => client.createUser.mutate({ tenant_id: 't1', name: 'n', email })),
      )
    }
    expect(await batch()).toEqual(await batch())
    expect(counting.effects.toSorted()).toEqual(['a@b.c', 'd@e.f'])
  })
})

describe('the store in memory', () => {
  const request = (key: string) => ({ scope: 's', key, bodyHash: 'h' })

  it('forgets an answer after a day, and the oldest ones when there are too many', async () => {
    let now = new Date('2026-01-31T09:00:00Z')
    const store = memoryIdempotencyStore({ max: 2, now: () => now })
    async function run(key: string) {
      const claim = await store.claim(request(key))
      if (claim.state === 'claimed') await store.finish(claim.claimId, `answer ${key}`)
      return claim.state
    }
    expect([await run('a'), await run('b'), await run('a')]).toEqual(['claimed', 'claimed', 'finished'])
    await run('c')
    expect([await run('b'), await run('a')]).toEqual(['finished', 'claimed'])
    now = new Date(now.getTime() + 86_400_000)
    expect(await run('a')).toBe('claimed')
  })

  it('forgets no request that still runs', async () => {
    const store = memoryIdempotencyStore({ max: 1 })
    await store.claim(request('running'))
    for (const key of ['a', 'b', 'c']) {
      const claim = await store.claim(request(key))
      if (claim.state === 'claimed') await store.finish(claim.claimId, key)
    }
    expect(await store.claim(request('running'))).toEqual({ state: 'running' })
  })
})

it('activations are remembered by the tenant of the path', async () => {
  await using service = await serveExample({}, { idempotency: memoryIdempotencyStore() })
  const headers = { 'content-type': 'application/json', 'X-Market-API-Key': KEY, 'Idempotency-Key': 'once' }
  const activate = () => service.send({ method: 'POST', path: '/mt/tenant/t1/activate', body: activation, headers })
  const [first, again] = [await activate(), await activate()]
  expect([again.status, again.text]).toEqual([first.status, first.text])
})

it('the document tells of the key where it means something', async () => {
  const headers = { 'X-Market-API-Key': KEY }
  for (const options of [remembering(), {}]) {
    await using service = await serveExample({}, options)
    const { json } = await service.send({ path: '/mt/openapi.json', headers })
    const paths = Object(json).paths as Record<string, Record<string, { parameters?: { name: string }[] }>>
    const telling = Object.values(paths).flatMap((methods) =>
      Object.entries(methods)
        .filter(([, { parameters }]) => parameters?.some(({ name }) => name === 'Idempotency-Key'))
        .map(([method]) => method),
    )
    expect(telling.toSorted()).toEqual('idempotency' in options ? ['delete', 'post', 'post', 'post', 'put', 'put'] : [])
  }
})
