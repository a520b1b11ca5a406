import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EncryptJWT } from 'jose'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BearerAuth, type BearerAuthOptions, bearerAuth } from './bearer-auth.ts'

type Json = Record<string, unknown>

const NOW = 1_800_000_000
const HOUR = 3600
const SECRET = 'a secret of thirty-two bytes, 한림'
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const attackerRsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const attackerEc = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwkOf = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid })
const jwks = { keys: [jwkOf(rsa.publicKey, 'rsa'), jwkOf(ec.publicKey, 'ec'), jwkOf(ed.publicKey, 'ed')] }

const good = {
  iss: 'https://id.example.com',
  aud: 'advisor',
  sub: 'user_001',
  tenant_id: 'hallym',
  role: 'admin',
  iat: NOW - 60,
  exp: NOW + HOUR,
}
const shared: BearerAuthOptions = {
  issuer: good.iss,
  audience: good.aud,
  currentDate: () => new Date(NOW * 1000),
}
const bySecret = bearerAuth({ ...shared, secret: SECRET })
const byKeys = bearerAuth({ ...shared, jwks })

const base64 = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
type Signer = (input: string) => Buffer
const seal = (header: unknown, claims: unknown, signer: Signer) => {
  const input = `${base64(header)}.${base64(claims)}`
  return `${input}.${signer(input).toString('base64url')}`
}
const hmac =
  (key: string | Buffer = SECRET, digest = 'sha256'): Signer =>
  (input) =>
    createHmac(digest, key).update(input).digest()
const rs =
  (key: KeyObject, digest = 'sha256'): Signer =>
  (input) =>
    sign(digest, Buffer.from(input), key)
const es =
  (key: KeyObject): Signer =>
  (input) =>
    sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })

const hs = (claims: unknown, header: Json = {}, signer = hmac()) => seal({ alg: 'HS256', ...header }, claims, signer)
const without = (...claims: string[]) =>
  hs(Object.fromEntries(Object.entries(good).filter(([name]) => !claims.includes(name))))
const altered = (claims: Json) => hs({ ...good, ...claims })
const forgedRs = (header: Json, signer = rs(attackerRsa.privateKey)) =>
  seal({ alg: 'RS256', kid: 'rsa', ...header }, good, signer)

const token = hs(good)
const [head = '', body = '', signature = ''] = token.split('.')
const tokens = {
  HS256: token,
  RS256: seal({ alg: 'RS256', kid: 'rsa' }, good, rs(rsa.privateKey)),
  ES256: seal({ alg: 'ES256', kid: 'ec' }, good, es(ec.privateKey)),
  EdDSA: seal({ alg: 'EdDSA', kid: 'ed' }, good, (input) => sign(null, Buffer.from(input), ed.privateKey)),
}
const modulus = Buffer.from(rsa.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url')
const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' })
const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })
const withBothSpecials = (serial = 0): string => {
  const candidate = hs({ ...good, serial })
  return /\.[^.]*-[^.]*$/.test(candidate) && /\.[^.]*_[^.]*$/.test(candidate) ? candidate : withBothSpecials(serial + 1)
}
const lastBitsSet = () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return `${head}.${body}.${signature.slice(0, -1)}${letters[letters.indexOf(signature.slice(-1)) + 1]}`
}

async function listen(listener: RequestListener) {
  const server = createServer({ maxHeaderSize: 262_144 }, listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function protectedBy(auth: BearerAuth) {
  const app = new Koa()
  app.use(auth).use((ctx) => {
    ctx.body = { caller: ctx.state.caller }
  })
  return listen(app.callback())
}

const jwe = await new EncryptJWT(good)
  .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
  .encrypt(Buffer.from(SECRET).subarray(0, 32))
const visits: string[] = []
const attacker = await listen((request, response) => {
  visits.push(request.url ?? '')
  response.setHeader('Content-Type', 'application/json')
  response.end(JSON.stringify({ keys: [jwkOf(attackerRsa.publicKey, 'rsa')] }))
})
const lured = {
  jku: forgedRs({ jku: `${attacker.url}/jku` }),
  'jku with an unknown kid': forgedRs({ jku: `${attacker.url}/jku`, kid: 'other' }),
  x5u: forgedRs({ x5u: `${attacker.url}/x5u` }),
  'iss of an attacker': seal({ alg: 'RS256', kid: 'rsa' }, { ...good, iss: attacker.url }, rs(attackerRsa.privateKey)),
}

const againstSecret: Record<string, string> = {
  ...Object.fromEntries(
    ['none', 'None', 'NONE', 'nOnE', 'none ', '', null, undefined, ['HS256'], 'hs256', '__proto__'].flatMap((alg) => [
      [`alg ${JSON.stringify(alg)} unsigned`, `${base64({ alg })}.${base64(good)}.`],
      [`alg ${JSON.stringify(alg)} signed`, seal({ alg }, good, hmac())],
    ]),
  ),
  'no signature, no dot': `${head}.${body}`,
  'stripped signature': `${head}.${body}.`,
  'truncated signature': token.slice(0, -4),
  'extended signature': `${token}AAAA`,
  'first byte of the signature changed': `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
  'signature of zeros': `${head}.${body}.${Buffer.alloc(32).toString('base64url')}`,
  'signature of another token': `${head}.${base64({ ...good, role: 'user', tenant_id: 'other' })}.${signature}`,
  'header changed after signing': `${base64({ alg: 'HS256', typ: 'JWT' })}.${body}.${signature}`,
  'wrong secret': hs(good, {}, hmac('another secret of thirty-two bytes')),
  'empty secret': hs(good, {}, hmac('')),
  'secret with a line break': hs(good, {}, hmac(`${SECRET}\n`)),
  'HS384 with the right secret': seal({ alg: 'HS384' }, good, hmac(SECRET, 'sha384')),
  'HS512 with the right secret': seal({ alg: 'HS512' }, good, hmac(SECRET, 'sha512')),
  'HS256 said, HS512 used': hs(good, {}, hmac(SECRET, 'sha512')),
  'RS256 where a secret is configured': forgedRs({}),
  ...Object.fromEntries(
    ['exp', 'iat', 'sub', 'iss', 'aud', 'tenant_id'].flatMap((claim) => [
      [`no ${claim}`, without(claim)],
      [`${claim} null`, altered({ [claim]: null })],
    ]),
  ),
  'no claims at all': hs({}),
  'exp just beyond tolerance': altered({ exp: NOW - 30 }),
  'exp long ago': altered({ exp: NOW - 40 * HOUR, iat: NOW - 41 * HOUR }),
  'exp as text': altered({ exp: String(NOW + HOUR) }),
  'nbf in the future': altered({ nbf: NOW + 31 }),
  'nbf as text': altered({ nbf: String(NOW - HOUR) }),
  'iat in the future': altered({ iat: NOW + 31 }),
  'iat as text': altered({ iat: String(NOW) }),
  'older than maxTokenAge': altered({ iat: NOW - 12 * HOUR - 31 }),
  'wrong issuer': altered({ iss: 'https://evil.example.com' }),
  'issuer with a slash more': altered({ iss: `${good.iss}/` }),
  'list of issuers with ours': altered({ iss: [good.iss] }),
  'wrong audience': altered({ aud: 'chatbot' }),
  'audience beginning like ours': altered({ aud: 'advisor.evil.example.com' }),
  'audience list without ours': altered({ aud: ['chatbot', 'market'] }),
  'empty audience list': altered({ aud: [] }),
  'audience in a list in a list': altered({ aud: [['advisor']] }),
  'numeric tenant': altered({ tenant_id: 7 }),
  'empty tenant': altered({ tenant_id: '' }),
  'list of tenants': altered({ tenant_id: ['hallym'] }),
  'tenant object': altered({ tenant_id: { id: 'hallym' } }),
  'sub object': altered({ sub: { id: 'user_001' } }),
  'sub number': altered({ sub: 1 }),
  'empty sub': altered({ sub: '' }),
  'unknown role': altered({ role: 'superadmin' }),
  'role in upper case': altered({ role: 'ADMIN' }),
  'role null': altered({ role: null }),
  'list of roles': altered({ role: ['admin'] }),
  'role __proto__': altered({ role: '__proto__' }),
  'unknown crit': hs(good, { crit: ['exp'], exp: 1 }),
  'crit of our own making': hs(good, { crit: ['https://example.com/ext'], 'https://example.com/ext': true }),
  'empty crit': hs(good, { crit: [] }),
  'crit as text': hs(good, { crit: 'b64' }),
  'b64 false with an encoded payload': hs(good, { crit: ['b64'], b64: false }),
  'b64 false with a bare payload': (() => {
    const input = `${base64({ alg: 'HS256', crit: ['b64'], b64: false })}.payload`
    return `${input}.${hmac()(input).toString('base64url')}`
  })(),
  'payload not JSON': hs('tenant_id=hallym'),
  'payload array': hs([good]),
  'payload null': hs('null'),
  'payload text': hs('"hallym"'),
  'header not JSON': seal('alg=HS256', good, hmac()),
  'header array': seal([{ alg: 'HS256' }], good, hmac()),
  'header nested 3,000 deep': seal(`${'['.repeat(3000)}${']'.repeat(3000)}`, good, hmac()),
  'padded signature': `${token}=`,
  'padded payload': `${head}.${body}${'='.repeat((4 - (body.length % 4)) % 4 || 4)}.${signature}`,
  'signature in another spelling of the same bytes': lastBitsSet(),
  'alphabet of plain base64': withBothSpecials().replaceAll('-', '+').replaceAll('_', '/'),
  'space inside the signature': `${head}.${body}.${signature.slice(0, 8)} ${signature.slice(8)}`,
  'four parts': `${token}.AAAA`,
  'five parts': `${token}.AAAA.AAAA`,
  'encrypted token': jwe,
  'empty parts': '..',
  'token in quotes': `"${token}"`,
  'token in JSON serialisation': JSON.stringify({ protected: head, payload: body, signature }),
  'two tokens': `${token} ${token}`,
  'two tokens with a comma': `${token}, ${token}`,
  'trailing garbage': `${token};x=1`,
  'scheme twice': `Bearer ${token}`,
  'tab before the token': `\t${token}`,
  'letters beyond ASCII': `${head}.${body}é.${signature}`,
  'no token': '',
  'signed, of 100 kB': altered({ padding: 'x'.repeat(75_000) }),
  'unsigned noise of 100 kB': randomBytes(75_000).toString('base64url'),
}

const againstKeys: Record<string, string> = {
  ...lured,
  'alg none': `${base64({ alg: 'none', kid: 'rsa' })}.${base64(good)}.`,
  ...Object.fromEntries(
    Object.entries({ rsa, ec, ed }).flatMap(([kid, { publicKey }]) => [
      [`HS256 with the ${kid} key as PEM`, hs(good, { kid }, hmac(spki(publicKey)))],
      [`HS256 with the ${kid} key as PEM, trimmed`, hs(good, { kid }, hmac(spki(publicKey).toString().trim()))],
      [`HS256 with the ${kid} key as DER`, hs(good, { kid }, hmac(der(publicKey)))],
      [`HS256 with the ${kid} key as JWK`, hs(good, { kid }, hmac(JSON.stringify(jwkOf(publicKey, kid))))],
    ]),
  ),
  'HS256 with the modulus': hs(good, { kid: 'rsa' }, hmac(modulus)),
  'HS256 with the whole set': hs(good, {}, hmac(JSON.stringify(jwks))),
  "attacker's RSA key under our kid": forgedRs({}),
  "attacker's EC key under our kid": seal({ alg: 'ES256', kid: 'ec' }, good, es(attackerEc.privateKey)),
  'embedded jwk': forgedRs({ jwk: jwkOf(attackerRsa.publicKey, 'rsa') }),
  'embedded jwk without kid': forgedRs({ jwk: jwkOf(attackerRsa.publicKey, 'x'), kid: undefined }),
  'embedded x5c': forgedRs({ x5c: [der(attackerRsa.publicKey).toString('base64')] }),
  'kid of a file': forgedRs({ kid: '../../etc/passwd' }),
  'kid of an empty file, empty HMAC key': hs(good, { kid: '../../../../dev/null' }, hmac('')),
  'kid with SQL': forgedRs({ kid: "x' UNION SELECT 'key' -- " }),
  'kid __proto__': forgedRs({ kid: '__proto__' }),
  'kid list, right signature': forgedRs({ kid: ['rsa'] }, rs(rsa.privateKey)),
  'kid of another key, right signature': forgedRs({ kid: 'ec' }, rs(rsa.privateKey)),
  'RS512 not allowed, right key': seal({ alg: 'RS512', kid: 'rsa' }, good, rs(rsa.privateKey, 'sha512')),
  'ES256 said, RSA used': seal({ alg: 'ES256', kid: 'rsa' }, good, rs(rsa.privateKey)),
  'ECDSA of zeros': seal({ alg: 'ES256', kid: 'ec' }, good, () => Buffer.alloc(64)),
  'ECDSA in DER': seal({ alg: 'ES256', kid: 'ec' }, good, (input) => sign('sha256', Buffer.from(input), ec.privateKey)),
  'Ed25519 of zeros': seal({ alg: 'EdDSA', kid: 'ed' }, good, () => Buffer.alloc(64)),
}

const attacks = [
  ...Object.entries(againstSecret).map(([name, forged]) => ({ name, forged, target: 'secret' as const })),
  ...Object.entries(againstKeys).map(([name, forged]) => ({ name, forged, target: 'keys' as const })),
]

describe('bearerAuth against forged tokens', () => {
  const targets = { secret: { auth: bySecret, url: '' }, keys: { auth: byKeys, url: '' } }
  const servers = [attacker.server]
  beforeAll(async () => {
    for (const target of Object.values(targets)) {
      const { server, url } = await protectedBy(target.auth)
      servers.push(server)
      target.url = url
    }
  })
  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections()
  })

  it.each(Object.entries(tokens))('accepts the %s token they are made from', async (alg, genuine) => {
    const { auth, url } = alg === 'HS256' ? targets.secret : targets.keys
    const caller = { kind: 'user', userId: 'user_001', tenantId: 'hallym', role: 'admin', claims: good }
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      await expect(auth.authenticate(`${scheme} ${genuine}`)).resolves.toEqual(caller)
      const response = await fetch(url, { headers: { authorization: `${scheme} ${genuine}` } })
      expect([response.status, await response.json()]).toEqual([200, { caller }])
    }
  })

  it('tries each of them once', () => {
    const seen = attacks.map(({ forged, target }) => `${target} ${forged}`)
    expect(attacks.filter((_, at) => seen.indexOf(seen[at] ?? '') !== at)).toEqual([])
    expect(attacks.length).toBeGreaterThanOrEqual(120)
  })

  it.each(attacks)('refuses $name ($target)', async ({ forged, target }) => {
    const { auth, url } = targets[target]
    const authorization = `Bearer ${forged}`
    await expect(auth.authenticate(authorization)).rejects.toMatchObject({ error: 'UNAUTHORIZED', status: 401 })
    const response = await fetch(url, { headers: { authorization, 'X-Request-Id': 'r-1' } })
    const message = 'Invalid or missing credentials'
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({
      ...{ success: false, error: 'UNAUTHORIZED', message, detail: message, details: null },
      request_id: 'r-1',
    })
  })

  it('fetches nothing from an address inside a token', async () => {
    for (const forged of Object.values(lured)) await byKeys.authenticate(`Bearer ${forged}`).catch(() => undefined)
    expect(visits).toEqual([])
    await fetch(`${attacker.url}/really-counts`)
    expect(visits).toEqual(['/really-counts'])
  })
})
