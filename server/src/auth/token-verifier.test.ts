import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type TokenVerifierOptions, tokenVerifier } from './token-verifier.ts'

const NOW = 1_800_000_000
const HOUR = 3600
const SECRET = 's'.repeat(32)
const good = {
  iss: 'issuer',
  aud: 'advisor',
  sub: 'u',
  tenant_id: 'hallym',
  role: 'moderator',
  iat: NOW,
  exp: NOW + HOUR,
}
const shared = { issuer: good.iss, audience: good.aud, currentDate: () => new Date(NOW * 1000) }

interface Issuer {
  readonly jwk: JSONWebKeySet['keys'][number]
  issue(claims?: Record<string, unknown>, header?: { kid?: string | undefined }): Promise<string>
}

async function issuer(alg: string, kid?: string): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair(alg)
  const jwk = { ...(await exportJWK(publicKey)), ...(kid === undefined ? {} : { kid }) }
  return {
    jwk,
    issue: (claims = {}, header = { kid }) =>
      new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg, ...(header.kid === undefined ? {} : { kid: header.kid }) })
        .sign(privateKey),
  }
}

const bySecret = (claims: Record<string, unknown> = {}, alg = 'HS256') =>
  new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg }).sign(Buffer.from(SECRET))

const refused = { error: 'UNAUTHORIZED', status: 401 }
const unavailable = { error: 'SERVICE_UNAVAILABLE', status: 503, headers: { 'Retry-After': '5' } }

describe('tokenVerifier', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('accepts %s by a local set of several keys', async (alg) => {
    const signing = await issuer(alg, 'mine')
    const others = await Promise.all(['RS256', 'ES256', 'EdDSA'].map((name) => issuer(name, `other ${name}`)))
    const verify = tokenVerifier({ ...shared, jwks: { keys: [...others.map(({ jwk }) => jwk), signing.jwk] } })
    await expect(verify(await signing.issue())).resolves.toEqual({
      ...{ kind: 'user', userId: 'u', tenantId: 'hallym', role: 'moderator' },
      claims: good,
    })
  })

  it('finds the key of a token without kid among several', async () => {
    const [first, second, stranger] = await Promise.all([issuer('ES256'), issuer('ES256'), issuer('ES256')])
    const verify = tokenVerifier({ ...shared, jwks: { keys: [first.jwk, second.jwk] } })
    for (const known of [first, second]) {
      await expect(verify(await known.issue())).resolves.toMatchObject({ userId: 'u' })
      await expect(verify(await known.issue({ aud: 'chatbot' }))).rejects.toMatchObject(refused)
    }
    await expect(verify(await stranger.issue())).rejects.toMatchObject(refused)
  })

  it.each([
    ['exp within tolerance', { exp: NOW - 29 }],
    ['nbf within tolerance', { nbf: NOW + 30 }],
    ['iat within tolerance', { iat: NOW + 30 }],
    ['the greatest age', { iat: NOW - 12 * HOUR - 30 }],
    ['an audience list with ours', { aud: ['chatbot', 'advisor'] }],
    ['further claims', { scope: 'openid' }],
  ])('accepts %s', async (_, claims) => {
    await expect(tokenVerifier({ ...shared, secret: SECRET })(await bySecret(claims))).resolves.toMatchObject({
      claims,
    })
  })

  it.each([
    [
      'tenantClaim and roleClaim',
      { tenantClaim: 'org', roleClaim: 'https://x/role' },
      { org: 'other', 'https://x/role': 'admin' },
    ],
    ['a list of issuers', { issuer: ['old', 'new'] }, { iss: 'new' }],
    ['a list of audiences', { audience: ['a', 'b'] }, { aud: 'b' }],
    ['maxTokenAge in words', { maxTokenAge: '2 days' }, { iat: NOW - 47 * HOUR }],
    ['maxTokenAge in seconds', { maxTokenAge: 100_000 }, { iat: NOW - 100_000 }],
    ['clockTolerance', { clockTolerance: 120 }, { exp: NOW - 119 }],
  ])('goes by %s', async (_, options, claims) => {
    const adjusted = tokenVerifier({ ...shared, secret: SECRET, ...options })
    await expect(adjusted(await bySecret(claims))).resolves.toMatchObject({ claims })
    const usual = tokenVerifier({ ...shared, secret: SECRET })
    const outcome = await usual(await bySecret(claims)).catch((error: unknown) => error)
    expect(outcome).not.toMatchObject({ kind: 'user', tenantId: 'other' })
    if (!('org' in claims)) expect(outcome).toMatchObject(refused)
  })

  it('takes a token without a role as one of a user', async () => {
    const verify = tokenVerifier({ ...shared, secret: SECRET })
    await expect(verify(await bySecret({ role: undefined }))).resolves.toMatchObject({ role: 'user' })
  })

  it('accepts another algorithm only when it is named', async () => {
    const token = await new SignJWT(good).setProtectedHeader({ alg: 'HS512' }).sign(Buffer.from(SECRET.repeat(2)))
    const verify = tokenVerifier({ ...shared, secret: SECRET.repeat(2), algorithms: ['HS512'] })
    await expect(verify(token)).resolves.toMatchObject({ userId: 'u' })
    await expect(tokenVerifier({ ...shared, secret: SECRET.repeat(2) })(token)).rejects.toMatchObject(refused)
  })

  it("goes by the system's clock when none is given", async () => {
    const now = Math.floor(Date.now() / 1000)
    const verify = tokenVerifier({ issuer: good.iss, audience: good.aud, secret: SECRET })
    await expect(verify(await bySecret({ iat: now, exp: now + HOUR }))).resolves.toMatchObject({ userId: 'u' })
    await expect(verify(await bySecret({ iat: now - HOUR, exp: now - 60 }))).rejects.toMatchObject(refused)
  })

  const broken = { kty: 'RSA', n: 'AQAB', e: 'AQAB' }
  it.each<[string, Record<string, unknown>]>([
    ['exactly one of secret, jwksUrl and jwks', { secret: undefined }],
    ['exactly one of secret, jwksUrl and jwks', { jwks: { keys: [] } }],
    ['exactly one of secret, jwksUrl and jwks', { jwksUrl: 'https://id.example.com/jwks' }],
    ['secret', { secret: 'too short, 31 bytes ...........' }],
    ['secret', { secret: '' }],
    ['secret', { secret: 12 }],
    ['jwksUrl', { secret: undefined, jwksUrl: 'not a url' }],
    ['jwksUrl', { secret: undefined, jwksUrl: '' }],
    ['jwksUrl', { secret: undefined, jwksUrl: 'file:///etc/jwks.json' }],
    ['jwksUrl', { secret: undefined, jwksUrl: 'https://user:word@id.example.com/jwks' }],
    ['jwksUrl', { secret: undefined, jwksUrl: 'https://user@id.example.com/jwks' }],
    ['jwksUrl', { secret: undefined, jwksUrl: 'https://:word@id.example.com/jwks' }],
    ['jwks', { secret: undefined, jwks: { keys: [] } }],
    ['jwks', { secret: undefined, jwks: null }],
    ['jwks', { secret: undefined, jwks: { keys: ['key'] } }],
    ['jwks', { secret: undefined, jwks: { keys: [{ kty: 'oct', k: SECRET }] } }],
    ['jwks', { secret: undefined, jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', d: 'AA' }] } }],
    ['jwks', { secret: undefined, jwks: { keys: [broken] } }],
    ['algorithms', { algorithms: [] }],
    ['algorithms', { algorithms: ['none'] }],
    ['algorithms', { algorithms: ['HS256', 'NONE'] }],
    ['algorithms', { algorithms: ['RS256'] }],
    ['algorithms', { algorithms: 'HS256' }],
    ['algorithms', { secret: undefined, jwksUrl: 'https://id.example.com/jwks', algorithms: ['RS256', 'HS256'] }],
    ['algorithms', { secret: undefined, jwksUrl: 'https://id.example.com/jwks', algorithms: ['none'] }],
    ['issuer', { issuer: undefined }],
    ['issuer', { issuer: '' }],
    ['issuer', { issuer: [] }],
    ['audience', { audience: undefined }],
    ['audience', { audience: ['advisor', ''] }],
    ['tenantClaim', { tenantClaim: '' }],
    ['roleClaim', { roleClaim: 5 }],
    ['maxTokenAge', { maxTokenAge: 'for ever' }],
    ['maxTokenAge', { maxTokenAge: '12h ago' }],
    ['maxTokenAge', { maxTokenAge: '0h' }],
    ['maxTokenAge', { maxTokenAge: Number.POSITIVE_INFINITY }],
    ['maxTokenAge', { maxTokenAge: -1 }],
    ['clockTolerance', { clockTolerance: -1 }],
    ['clockTolerance', { clockTolerance: '30' }],
    ['currentDate', { currentDate: new Date() }],
  ])('names %s when the options are %j', (name, options) => {
    const build = () => tokenVerifier({ ...shared, secret: SECRET, ...options } as TokenVerifierOptions)
    expect(build).toThrow(TypeError)
    expect(build).toThrow(new RegExp(`^${name} must be`))
    expect(build).not.toThrow(/too short, 31|ssss/)
  })
})

describe('tokenVerifier with a remote key set', () => {
  const closing: (() => void)[] = []
  afterEach(() => {
    vi.useRealTimers()
    for (const close of closing.splice(0)) close()
  })

  async function endpoint() {
    const state = { status: 200, body: '', requests: 0 }
    const server = createServer((_, response) => {
      state.requests += 1
      response.writeHead(state.status, { 'Content-Type': 'application/json', Location: '/elsewhere' }).end(state.body)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    closing.push(() => server.close().closeAllConnections())
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`
    const publish = (...issuers: Issuer[]) => {
      state.body = JSON.stringify({ keys: issuers.map(({ jwk }) => jwk) })
    }
    return { state, publish, verify: tokenVerifier({ ...shared, jwksUrl }) }
  }

  it('fetches the keys once for many tokens, unknown keys included', async () => {
    const [known, stranger] = await Promise.all([issuer('ES256', 'a'), issuer('ES256', 'b')])
    const { state, publish, verify } = await endpoint()
    publish(known)
    await Promise.all(Array.from({ length: 10 }, async () => verify(await known.issue())))
    for (let sent = 0; sent < 20; sent += 1) {
      await expect(verify(await stranger.issue({}, { kid: `made up ${sent}` }))).rejects.toMatchObject(refused)
    }
    expect(state.requests).toBe(1)
  })

  it('follows a rotation: the new key is accepted, then the old one no longer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const [old, next] = await Promise.all([issuer('RS256', 'old'), issuer('RS256', 'next')])
    const { publish, verify } = await endpoint()
    publish(old)
    await expect(verify(await old.issue())).resolves.toMatchObject({ userId: 'u' })
    publish(old, next)
    vi.advanceTimersByTime(31_000)
    await expect(verify(await next.issue())).resolves.toMatchObject({ userId: 'u' })
    await expect(verify(await old.issue())).resolves.toMatchObject({ userId: 'u' })
    publish(next)
    vi.advanceTimersByTime(601_000)
    await expect(verify(await old.issue())).rejects.toMatchObject(refused)
    await expect(verify(await next.issue())).resolves.toMatchObject({ userId: 'u' })
  })

  it.each([
    ['fails', 500, '{"keys":[]}'],
    ['redirects', 302, ''],
    ['sends no JSON', 200, '<html>'],
    ['sends no key set', 200, '{"keys":1}'],
  ])('is unavailable, not refusing, while the endpoint %s', async (_, status, body) => {
    const known = await issuer('EdDSA', 'a')
    const { state, publish, verify } = await endpoint()
    Object.assign(state, { status, body })
    await expect(verify(await known.issue())).rejects.toMatchObject(unavailable)
    state.status = 200
    publish(known)
    await expect(verify(await known.issue())).resolves.toMatchObject({ userId: 'u' })
  })

  it('keeps accepting known keys when the endpoint goes away for a while', async () => {
    const known = await issuer('ES256', 'a')
    const { state, publish, verify } = await endpoint()
    publish(known)
    await verify(await known.issue())
    state.status = 500
    await expect(verify(await known.issue())).resolves.toMatchObject({ userId: 'u' })
  })

  it('fetches nothing for a token that cannot be good', async () => {
    const { state, verify } = await endpoint()
    await expect(verify(await bySecret())).rejects.toMatchObject(refused)
    await expect(verify('not.a.token')).rejects.toMatchObject(refused)
    expect(state.requests).toBe(0)
  })
})
