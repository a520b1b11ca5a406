import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { parseApiKeys } from './api-keys.ts'
import { type AuthenticatorOptions, type CredentialSource, createAuthenticator } from './authenticator.ts'
import { bearerAuth } from './bearer-auth.ts'
import type { UserCaller } from './caller.ts'
import { failureLimit } from './failure-limit.ts'

const SECRET = 's'.repeat(32)
const bearer = bearerAuth({ secret: SECRET, issuer: 'issuer', audience: 'advisor' })
const token = await new SignJWT({ tenant_id: 'hallym', iss: 'issuer', aud: 'advisor', sub: 'u' })
  .setProtectedHeader({ alg: 'HS256' })
  .setIssuedAt()
  .setExpirationTime('1h')
  .sign(Buffer.from(SECRET))
const presetCaller: UserCaller = { kind: 'user', userId: 'preset', tenantId: 'other', role: 'user', claims: {} }

const keys = parseApiKeys('good-key,spare-key')
const market = { kind: 'market', keyId: keys.identify('good-key') }
const user = { kind: 'user', userId: 'u', tenantId: 'hallym', role: 'user' }
const refused = { error: 'UNAUTHORIZED', status: 401 }

function setUp(options: Partial<AuthenticatorOptions> = {}, max = 3) {
  const failures = failureLimit({ max, windowMs: 10_000, now: () => 0 })
  const base = { header: 'X-Market-API-Key', keys, requireAuth: true, whenKeyMissing: 'internal', failures } as const
  const authenticator = createAuthenticator({ ...base, ...options })
  const authenticate = (headers: CredentialSource['headers'], rest: Partial<CredentialSource> = {}) =>
    authenticator.authenticate({ headers, address: '127.0.0.1', ...rest })
  /** The caller, or what was thrown, at once or later. */
  const outcome = async (...request: Parameters<typeof authenticate>): Promise<unknown> => {
    try {
      return await authenticate(...request)
    } catch (error) {
      return error
    }
  }
  return { authenticate, outcome }
}

const withKey = (key: string) => ({ 'x-market-api-key': key })
const withToken = (text: string) => ({ authorization: `Bearer ${text}` })

describe('createAuthenticator', () => {
  it("knows the market by its key without a promise, whatever the case of the header's configured name", () => {
    for (const header of ['X-Market-API-Key', 'x-market-api-key', 'X-MARKET-API-KEY']) {
      expect(setUp({ header, bearer }).authenticate({ ...withKey('good-key'), ...withToken('bad') })).toEqual(market)
    }
  })

  it('refuses a header name that HTTP does not allow at once', () => {
    expect(() => setUp({ header: 'X Key' })).toThrow(TypeError)
    expect(() => setUp({ header: '' })).toThrow(TypeError)
  })

  it.each([{}, withKey(''), withKey('bad'), withKey('GOOD-KEY'), { 'x-api-key': 'good-key' }, withToken(token)])(
    'refuses %j when only keys are accepted',
    async (headers) => {
      expect(await setUp().outcome(headers)).toMatchObject(refused)
    },
  )

  it('knows a user by a token, with or without a wrong key beside it', async () => {
    const { outcome } = setUp({ bearer })
    expect(await outcome(withToken(token))).toMatchObject(user)
    expect(await outcome({ ...withKey('bad'), ...withToken(token) })).toMatchObject(user)
    expect(await outcome(withToken('bad'))).toMatchObject(refused)
    expect(await outcome({ authorization: 'Basic dTpw' })).toMatchObject(refused)
    expect(await outcome({})).toMatchObject(refused)
  })

  it('takes the preset user after key and token', async () => {
    const { outcome } = setUp({ bearer })
    expect(await outcome({}, { presetCaller })).toBe(presetCaller)
    expect(await outcome(withKey('bad'), { presetCaller })).toBe(presetCaller)
    expect(await outcome(withToken('bad'), { presetCaller })).toBe(presetCaller)
    expect(await outcome(withToken(token), { presetCaller })).toMatchObject(user)
    expect(await outcome(withKey('good-key'), { presetCaller })).toEqual(market)
  })

  it.each([
    ['internal', { error: 'INTERNAL_ERROR', status: 500, message: 'Internal server error' }],
    ['unauthorized', refused],
  ] as const)('answers as %s when no key is configured', async (whenKeyMissing, expected) => {
    const { outcome } = setUp({ keys: parseApiKeys(' , '), whenKeyMissing, bearer }, 100)
    for (const headers of [{}, withKey('good-key'), withKey('')]) expect(await outcome(headers)).toMatchObject(expected)
    expect(await outcome(withToken(token))).toMatchObject(user)
    expect(await outcome({}, { presetCaller })).toBe(presetCaller)
    expect(await outcome(withToken('bad'))).toMatchObject(refused)
  })

  it('refuses nobody when authentication is switched off, yet knows valid credentials', async () => {
    for (const whenKeyMissing of ['internal', 'unauthorized'] as const) {
      const { authenticate, outcome } = setUp({ requireAuth: false, bearer, whenKeyMissing }, 0)
      for (const headers of [{}, withKey('bad'), withToken('bad'), { ...withKey('bad'), ...withToken('bad') }]) {
        expect(await outcome(headers)).toEqual({ kind: 'anonymous' })
      }
      expect(authenticate(withKey('good-key'))).toEqual(market)
      expect(await outcome(withToken(token))).toMatchObject(user)
      expect(await outcome({}, { presetCaller })).toBe(presetCaller)
    }
    const { outcome } = setUp({ requireAuth: false, keys: parseApiKeys('') }, 0)
    expect(await outcome(withKey('any'))).toEqual({ kind: 'anonymous' })
  })

  it('counts refused and missing credentials by address and then says when to come back', async () => {
    const { outcome } = setUp({ bearer })
    for (const headers of [{}, withKey('bad'), withToken('bad')]) expect(await outcome(headers)).toMatchObject(refused)
    const tooMany = { error: 'TOO_MANY_REQUESTS', status: 429, headers: { 'Retry-After': '10' } }
    for (const headers of [{}, withKey('bad'), withToken('bad')]) expect(await outcome(headers)).toMatchObject(tooMany)
    expect(await outcome({}, { address: '127.0.0.2' })).toMatchObject(refused)
  })

  it('never locks out nor counts a valid credential', async () => {
    const { outcome } = setUp({ bearer }, 1)
    const valid = [withKey('good-key'), withToken(token), { ...withKey('bad'), ...withToken(token) }]
    for (const headers of [...valid, ...valid]) expect(await outcome(headers)).not.toBeInstanceOf(Error)
    expect(await outcome(withKey('bad'))).toMatchObject(refused)
    expect(await outcome(withKey('bad'))).toMatchObject({ status: 429 })
    for (const headers of valid) expect(await outcome(headers)).not.toBeInstanceOf(Error)
    expect(await outcome({}, { presetCaller })).toBe(presetCaller)
  })

  it('passes on that tokens cannot be checked now, without counting it', async () => {
    const closed = createServer()
    await once(closed.listen(0, '127.0.0.1'), 'listening')
    const jwksUrl = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`
    await once(closed.close(), 'close')
    const offline = bearerAuth({ jwksUrl, issuer: 'issuer', audience: 'advisor', algorithms: ['RS256'] })
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const headers = withToken(`${encoded({ alg: 'RS256' })}.${encoded({})}.AAAA`)
    const { outcome } = setUp({ bearer: offline }, 0)
    for (const _ of [1, 2]) expect(await outcome(headers)).toMatchObject({ error: 'SERVICE_UNAVAILABLE', status: 503 })
    expect(await setUp({ bearer: offline, requireAuth: false }).outcome(headers)).toEqual({ kind: 'anonymous' })
  })

  it.each([
    [['good-key'], 200],
    [['good-key', 'bad'], 200],
    [['spare-key', 'good-key'], 200],
    [['bad', 'good-key'], 401],
    [['', 'good-key'], 401],
    [['good-key, bad'], 200],
    [['good-key,bad'], 401],
    [[], 401],
  ])('goes by the first of repeated headers %j', async (values, expected) => {
    const { outcome } = setUp()
    const server = createServer(async (incoming, response) => {
      const found = await outcome(incoming.headers)
      response.writeHead(found instanceof Error ? 401 : 200).end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const outgoing = request({ port, host: '127.0.0.1', agent: false })
    outgoing.setHeader('X-Market-Api-Key', values)
    const [response] = await once(outgoing.end(), 'response')
    response.resume()
    server.close()
    expect(response.statusCode).toBe(expected)
  })
})
