import { SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearerAuth } from '../auth/bearer-auth.ts'
import type { Access, OperationName } from '../contract/index.ts'
import { standardRouter } from '../router/standard-router.ts'
import { type ExampleService, exampleHandler, serveExample } from './example-service.test.support.ts'
import { requestFor, rpcRequestFor } from './operation-request.test.support.ts'

/** Who may call what. An operation that is missing here does not compile. */
const rules: Readonly<Record<OperationName, Access>> = {
  checkHealth: 'public',
  activateTenant: 'market',
  deactivateTenant: 'market',
  getTenantStatus: 'tenant_admin',
  getTenantUsage: 'tenant_admin',
  getTenantStats: 'tenant_admin',
  getTenantCosts: 'tenant_admin',
  getTopUsers: 'tenant_admin',
  listUsers: 'tenant_admin',
  createUser: 'tenant_admin',
  getUser: 'tenant_admin',
  updateUser: 'tenant_admin',
  deleteUser: 'tenant_admin',
  listResources: 'tenant_user',
  getSettings: 'tenant_user',
  updateSettings: 'tenant_admin',
  getBillingUsage: 'tenant_admin',
  getBillingDetail: 'tenant_admin',
}

const SECRET = 'a secret that only this matrix knows'
const rulesOfTokens = { secret: SECRET, issuer: 'https://id.example.com', audience: 'advisor' }
const FIRST_KEY = 'first-key'
const SECOND_KEY = 'second-key'
const now = () => Math.floor(Date.now() / 1000)

type Claims = Readonly<Record<string, unknown>>

const good = (): Claims => ({
  iss: rulesOfTokens.issuer,
  aud: rulesOfTokens.audience,
  sub: 'u1',
  tenant_id: 't1',
  iat: now() - 10,
  exp: now() + 600,
})

function sign(claims: Claims, secret = SECRET): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret))
}

const admin = () => sign({ ...good(), role: 'admin' })
const key = (value: string) => ({ 'X-Market-API-Key': value })
const bearer = async (token: Promise<string> | string) => ({ Authorization: `Bearer ${await token}` })

type Headers = Readonly<Record<string, string>>
type Verdicts = Readonly<Record<Access, 'in' | 401 | 403>>

const nobody: Verdicts = { public: 'in', market: 401, tenant_admin: 401, tenant_user: 401 }
const market: Verdicts = { public: 'in', market: 'in', tenant_admin: 'in', tenant_user: 'in' }
const ownAdmin: Verdicts = { public: 'in', market: 403, tenant_admin: 'in', tenant_user: 'in' }
const ownUser: Verdicts = { public: 'in', market: 403, tenant_admin: 403, tenant_user: 'in' }
const stranger: Verdicts = { public: 'in', market: 403, tenant_admin: 403, tenant_user: 403 }

const callers: readonly (readonly [string, () => Promise<Headers> | Headers, Verdicts])[] = [
  ['without credential', () => ({}), nobody],
  ['with a wrong key', () => key('wrong'), nobody],
  ['with an empty key', () => key(''), nobody],
  ['with both keys in one value', () => key(`${FIRST_KEY},${SECOND_KEY}`), nobody],
  ['with the key', () => key(FIRST_KEY), market],
  ['with the second key', () => key(SECOND_KEY), market],
  ['with the key in the header of the compat paths', () => ({ 'X-API-Key': FIRST_KEY }), nobody],
  ['with the key as a bearer token', () => bearer(FIRST_KEY), nobody],
  ['with the key as a password', () => ({ Authorization: `Basic ${btoa(`market:${FIRST_KEY}`)}` }), nobody],
  ["with an admin's token", () => bearer(admin()), ownAdmin],
  ["with a user's token", () => bearer(sign({ ...good(), role: 'user' })), ownUser],
  ["with a moderator's token", () => bearer(sign({ ...good(), role: 'moderator' })), ownUser],
  ['with a token without role', () => bearer(sign(good())), ownUser],
  ['with a token of an unknown role', () => bearer(sign({ ...good(), role: 'super_admin' })), nobody],
  ["with another tenant's admin's token", () => bearer(sign({ ...good(), role: 'admin', tenant_id: 't2' })), stranger],
  ["with another tenant's user's token", () => bearer(sign({ ...good(), tenant_id: 'T1' })), stranger],
  ['with a token without tenant', () => bearer(sign({ ...good(), role: 'admin', tenant_id: undefined })), nobody],
  ['with an expired token', () => bearer(sign({ ...good(), role: 'admin', exp: now() - 60 })), nobody],
  ['with a token without expiry', () => bearer(sign({ ...good(), role: 'admin', exp: undefined })), nobody],
  ['with a token of another issuer', () => bearer(sign({ ...good(), role: 'admin', iss: 'https://evil' })), nobody],
  ['with a token for another service', () => bearer(sign({ ...good(), role: 'admin', aud: 'chatbot' })), nobody],
  ['with a token of another secret', () => bearer(sign({ ...good(), role: 'admin' }, 'b'.repeat(32))), nobody],
  ['with a token without signature', () => bearer(new UnsecuredJWT({ ...good(), role: 'admin' }).encode()), nobody],
  ['with a token that is none', () => bearer('a.b.c'), nobody],
  ['with a wrong key beside a good token', async () => ({ ...key('wrong'), ...(await bearer(admin())) }), ownAdmin],
  ['with the key beside a bad token', async () => ({ ...key(FIRST_KEY), ...(await bearer('a.b.c')) }), market],
]

const names = Object.keys(standardRouter._def.procedures) as OperationName[]

let withTokens: ExampleService
let keysOnly: ExampleService
const seenTenants: unknown[] = []

beforeAll(async () => {
  const options = {
    env: { MARKET_API_KEY: `${FIRST_KEY},${SECOND_KEY}` },
    failureLimit: { max: Number.MAX_SAFE_INTEGER, windowMs: 60_000 },
  }
  const updateSettings: typeof exampleHandler.updateSettings = (call) => {
    seenTenants.push(call.input.tenant_id, Reflect.get(Object(Reflect.get(call, 'ctx')), 'tenantId'))
    return exampleHandler.updateSettings(call)
  }
  withTokens = await serveExample({ updateSettings }, { ...options, userTokens: bearerAuth(rulesOfTokens) })
  keysOnly = await serveExample({}, options)
})

afterAll(async () => {
  await withTokens[Symbol.asyncDispose]()
  await keysOnly[Symbol.asyncDispose]()
})

/** What an operation answers to a caller, over REST and over tRPC. */
async function verdicts(service: ExampleService, name: OperationName, headers: Headers) {
  const json = { ...headers, 'content-type': 'application/json' }
  const rest = await service.send({ ...requestFor(name), headers: json })
  const rpc = await service.send({ ...rpcRequestFor(name), headers: json })
  return [rest.status, rpc.status].map((status) => (status === 200 || status === 201 ? 'in' : status))
}

it('has a rule for every procedure of the router, and for no other', () => {
  expect(names.toSorted()).toEqual(Object.keys(rules).toSorted())
  expect(names).toHaveLength(18)
})

describe.each(names)('%s', (name) => {
  const access = rules[name]

  it.each(callers)(`is ${access} to a caller %s`, async (_name, headersOf, expected) => {
    const verdict = expected[access]
    expect(await verdicts(withTokens, name, await headersOf())).toEqual([verdict, verdict])
  })

  it('takes no token where tokens are not configured', async () => {
    const verdict = nobody[access]
    expect(await verdicts(keysOnly, name, await bearer(admin()))).toEqual([verdict, verdict])
  })
})

it('every refusal of a credential has one and the same body', async () => {
  const bodies = new Set<string>()
  for (const [, headersOf, expected] of callers) {
    if (expected !== nobody) continue
    const headers = { ...(await headersOf()), 'X-Request-Id': 'same' }
    bodies.add((await withTokens.send({ ...requestFor('getTenantStatus'), headers })).text)
  }
  expect([...bodies]).toEqual([
    JSON.stringify({
      success: false,
      error: 'UNAUTHORIZED',
      message: 'Invalid or missing credentials',
      detail: 'Invalid or missing credentials',
      details: null,
      request_id: 'same',
    }),
  ])
})

it('a tenant named in the body cannot be reached with a token of the tenant in the path', async () => {
  const headers = { ...(await bearer(admin())), 'content-type': 'application/json' }
  const request = { method: 'PUT', headers, body: JSON.stringify({ tenant_id: 't2', features: { quiz: true } }) }
  seenTenants.length = 0
  expect(await withTokens.send({ ...request, path: '/mt/tenant/t1/settings' })).toMatchObject({ status: 200 })
  expect(seenTenants).toEqual(['t1', 't1'])
  expect(await withTokens.send({ ...request, path: '/mt/tenant/t2/settings' })).toMatchObject({ status: 403 })
  expect(await withTokens.send({ ...request, path: '/mt/tenant/t1%20/settings' })).toMatchObject({ status: 403 })
  const overRpc = { ...request, method: 'POST', path: '/mt/trpc/updateSettings' }
  expect(await withTokens.send(overRpc)).toMatchObject({ status: 403 })
  const batch = { 0: { tenant_id: 't1' }, 1: { tenant_id: 't2' } }
  const path = `/mt/trpc/getSettings,getSettings?batch=1&input=${encodeURIComponent(JSON.stringify(batch))}`
  expect((await withTokens.send({ path, headers })).json).toMatchObject([
    { result: { data: { tenant_id: 't1' } } },
    { error: { data: { httpStatus: 403, error: 'FORBIDDEN' } } },
  ])
})
