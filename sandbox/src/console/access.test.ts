import type { AnyTRPCProcedure } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MarketBench, openMarketBench, type Subscribed } from '../market/market-bench.test.support.ts'
import { consoleBrowser } from './console-client.test.support.ts'
import { consoleRouter } from './console-router.ts'

type Browser = ReturnType<typeof consoleBrowser>

/** Everybody may call these; the list is here on purpose, so that it does not grow by itself. */
const PUBLIC = ['session.exchangeToken', 'session.login', 'session.logout', 'session.me']
const SIGNED_IN = ['session.changePassword']

const definitions: Readonly<Record<string, AnyTRPCProcedure>> = consoleRouter._def.procedures as never
const procedures = Object.entries(definitions).map(([name, { _def }]) => ({
  name,
  type: _def.type,
  route: Reflect.get(Object(_def.meta), 'openapi') as { method: string; path: string } | undefined,
}))
const isTenants = ({ name }: { name: string }) => name.startsWith('tenant.')
const guarded = procedures.filter(({ name }) => !PUBLIC.includes(name) && !SIGNED_IN.includes(name))
const operators = guarded.filter((one) => !isTenants(one))

let bench: MarketBench
let own: Subscribed
let foreign: Subscribed
let admin: Browser

beforeAll(async () => {
  bench = await openMarketBench()
  own = await bench.subscribe({ email: 'a@one.ac.kr' })
  foreign = await bench.subscribe({ email: 'b@two.ac.kr' })
  admin = await bench.tenantAdmin('a@one.ac.kr')
})

afterAll(() => bench?.[Symbol.asyncDispose]())

/** Status of a call over the tRPC protocol; the answer's body is not waited for. */
async function statusOf(browser: Browser, { name, type }: { name: string; type: string }, input: object = {}) {
  const url = `${bench.simulator.url}/console/trpc/${name}`
  const aborted = new AbortController()
  const json = JSON.stringify(input)
  const response = await (type === 'mutation'
    ? browser.fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: json })
    : browser.fetch(`${url}?input=${encodeURIComponent(json)}`, { signal: aborted.signal }))
  if (type !== 'subscription') return response.status
  // The stream has begun when its procedure is asked, so the refusal is in it.
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const refused = /"httpStatus":(\d+)/.exec(chunk)?.[1]
    if (refused === undefined && !chunk.includes('serialized-error')) continue
    aborted.abort()
    return Number(refused)
  }
  return response.status
}

/** Status of a call over REST. */
async function restStatusOf(browser: Browser, route: { method: string; path: string }, tenantId: string) {
  const path = route.path
    .replace('{service}', 'advisor')
    .replace('{tenant_id}', tenantId)
    .replaceAll(/\{[a-z_]+\}/g, '1')
  const hasBody = route.method === 'POST' || route.method === 'PUT'
  const response = await browser.fetch(`${bench.simulator.url}${path}`, {
    method: route.method,
    ...(hasBody && { headers: { 'content-type': 'application/json' }, body: '{}' }),
  })
  return response.status
}

async function matrix(calls: readonly (readonly [string, Promise<number>])[]) {
  return Object.fromEntries(await Promise.all(calls.map(async ([name, status]) => [name, await status] as const)))
}

const all = (names: readonly { name: string }[], status: number) =>
  Object.fromEntries(names.map(({ name }) => [name, status]))

describe('over the tRPC protocol', () => {
  it('nobody reaches a procedure without a session, but for those that are listed', async () => {
    const nobody = consoleBrowser(bench.simulator)
    const found = await matrix(guarded.map((one) => [one.name, statusOf(nobody, one)]))
    expect(found).toEqual(all(guarded, 401))
    expect(guarded.length).toBeGreaterThan(80)
  })

  it('a session that was changed is none', async () => {
    const [header, , signature] = admin.cookie().split('.')
    const claims = Buffer.from(JSON.stringify({ role: 'operator', sub: 'x', iat: 1, exp: 9e9 })).toString('base64url')
    const answer = await fetch(`${bench.simulator.url}/console/trpc/simulator.listServices`, {
      headers: { cookie: `${header}.${claims}.${signature}` },
    })
    expect(answer.status).toBe(401)
  })

  it("a tenant's admin reaches no procedure of the operator", async () => {
    const found = await matrix(operators.map((one) => [one.name, statusOf(admin, one)]))
    expect(found).toEqual(all(operators, 403))
  })

  it("a tenant's admin reaches no tenant of others, by no procedure", async () => {
    const tenants = guarded.filter(isTenants)
    const inputs = [
      { service: 'advisor', tenant_id: foreign.tenantId },
      { service: 'other', tenant_id: own.tenantId },
      { service: 'advisor', tenant_id: [own.tenantId] },
      { tenant_id: own.tenantId },
      {},
    ]
    for (const input of inputs) {
      const found = await matrix(tenants.map((one) => [one.name, statusOf(admin, one, input)]))
      expect(found).toEqual(all(tenants, 403))
    }
    expect(tenants.length).toBeGreaterThan(15)
  })

  it("a tenant's admin reaches the own tenant by every procedure", async () => {
    const tenants = guarded.filter(isTenants)
    const input = { service: 'advisor', tenant_id: own.tenantId }
    const found = await matrix(tenants.map((one) => [one.name, statusOf(admin, one, input)]))
    expect(Object.values(found).filter((status) => status === 401 || status === 403)).toEqual([])
    expect(found).toMatchObject({ 'tenant.status': 200, 'tenant.listUsers': 200, 'tenant.getSettings': 200 })
  })

  it('a mailed password opens nothing but its change', async () => {
    const { mails } = await bench.operator.market.listMails.query({ text: 'b@two.ac.kr' })
    const password = /One-time password: (\S+)/.exec(mails[0]?.content.en.text ?? '')?.[1] ?? ''
    const fresh = consoleBrowser(bench.simulator)
    const me = await fresh.client.session.login.mutate({ email: 'B@two.ac.kr', password })
    expect(me).toMatchObject({ role: 'tenant_admin', must_change_password: true, tenants: [] })
    const input = { service: 'advisor', tenant_id: foreign.tenantId }
    const found = await matrix(guarded.map((one) => [one.name, statusOf(fresh, one, input)]))
    expect(found).toEqual(all(guarded, 403))
    await expect(
      fresh.client.session.changePassword.mutate({ current_password: 'wrong', new_password: 'long enough now' }),
    ).rejects.toMatchObject({ data: { httpStatus: 401 } })
    const old = fresh.cookie()
    const change = { current_password: password, new_password: 'long enough now' }
    expect(await fresh.client.session.changePassword.mutate(change)).toMatchObject({
      must_change_password: false,
      tenants: [{ service: 'advisor', tenant_id: foreign.tenantId, status: 'active' }],
    })
    expect(await fresh.client.tenant.status.query(input)).toMatchObject({ status: 'active' })
    const stale = await fetch(`${bench.simulator.url}/console/trpc/session.me`, { headers: { cookie: old } })
    expect(await stale.json()).toMatchObject({ result: { data: { role: 'anonymous' } } })
  })

  it('a guessed password closes the account for a while', async () => {
    const guesser = consoleBrowser(bench.simulator).client
    const statuses: unknown[] = []
    for (let time = 0; time < 6; time++) {
      const wrong = { email: 'nobody@three.ac.kr', password: `guess ${time}` }
      await guesser.session.login.mutate(wrong).catch((error) => statuses.push(error.data.httpStatus))
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  it('pages of other origins are refused', async () => {
    const url = `${bench.simulator.url}/console/trpc/session.me`
    for (const headers of [
      { origin: 'http://localhost:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await fetch(url, { headers })).status).toBe(403)
    }
    expect((await fetch(url, { headers: { origin: bench.simulator.url } })).status).toBe(200)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
  })
})

describe('over REST', () => {
  const routes = guarded.flatMap(({ name, route }) => (route ? [{ name, route }] : []))

  it('every mutation has a path', () => {
    const without = procedures.filter(({ type, route }) => type === 'mutation' && !route).map(({ name }) => name)
    expect(without.sort()).toEqual([
      'session.changePassword',
      'session.exchangeToken',
      'session.login',
      'session.logout',
    ])
  })

  it('a page without a session reaches nothing of the market', async () => {
    const nobody = consoleBrowser(bench.simulator)
    const ours = routes.filter(({ name }) => !name.startsWith('simulator.'))
    const found = await matrix(ours.map(({ name, route }) => [name, restStatusOf(nobody, route, own.tenantId)]))
    expect(found).toEqual(all(ours, 401))
  })

  it("a tenant's admin has the same limits", async () => {
    const limited = routes.filter((one) => !isTenants(one))
    const found = await matrix(limited.map(({ name, route }) => [name, restStatusOf(admin, route, own.tenantId)]))
    expect(found).toEqual(all(limited, 403))
    const tenants = routes.filter(isTenants)
    const others = await matrix(tenants.map(({ name, route }) => [name, restStatusOf(admin, route, foreign.tenantId)]))
    expect(others).toEqual(all(tenants, 403))
  })

  it('commands of this machine work', async () => {
    const answer = await fetch(`${bench.simulator.url}/market/subscriptions?status=active`)
    expect(await answer.json()).toMatchObject({ total: 2, subscriptions: [{ id: foreign.subscriptionId }, {}] })
    const users = await fetch(`${bench.simulator.url}/market/tenants/advisor/${own.tenantId}/users?limit=5`)
    expect(await users.json()).toMatchObject({ tenant_id: own.tenantId, limit: 5 })
  })
})
