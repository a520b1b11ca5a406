import { defineLifecycleHandler, lifecycleApi, QuotaExceededError, type RunningServer, serve } from '@mt-paas/server'
import Koa from 'koa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MultiTenant } from '../multi-tenant.ts'
import { type LifecycleBed, note, startLifecycleBed } from './lifecycle-bed.test.support.ts'
import { wireState } from './tenant-transitions.ts'

const KEY = 'market-key'
const WAIT_MS = 50

let bed: LifecycleBed
let core: MultiTenant
let server: RunningServer
/** Holds up the making of tenants while it is pending. */
let gate = Promise.resolve()

beforeAll(async () => {
  bed = await startLifecycleBed()
  core = await bed.open({ provision: () => gate })
  const { lifecycle, tenants, idempotency } = core
  const handler = defineLifecycleHandler({
    baseUrl: 'https://example.com',
    async activateTenant({ input, ctx }) {
      const { tenant_id: id, tenant_name: name, plan, features, config, contact } = input
      const { outcome } = await lifecycle.activate(
        { id, name, plan, features, config: config ?? {}, contact },
        {
          requestId: ctx.requestId,
          ...(ctx.idempotencyKey !== undefined && { idempotencyKey: ctx.idempotencyKey }),
          ...(ctx.respondAsync && { waitMs: WAIT_MS }),
        },
      )
      if (outcome === 'accepted') {
        ctx.reply.status = 202
        ctx.reply.setHeader('Location', `/mt/tenant/${id}/status`)
      }
      return { success: true, tenant_id: id, access_url: `https://example.com/${id}`, message: outcome }
    },
    async deactivateTenant({ input: { tenant_id, preserve_data, reason }, ctx }) {
      const options = { preserveData: preserve_data, reason, requestId: ctx.requestId }
      const { status, dataRetentionUntil } = await lifecycle.deactivate(tenant_id, options)
      const until = dataRetentionUntil?.toISOString() ?? null
      return {
        success: true,
        tenant_id,
        status: wireState(status),
        data_preserved: until !== null,
        data_retention_until: until,
      }
    },
    async getTenantStatus({ input: { tenant_id } }) {
      const { status, plan, features, createdAt, updatedAt } = await tenants.get(tenant_id)
      const times = { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() }
      return { tenant_id, status: wireState(status), plan, features, ...times }
    },
    getTenantUsage: ({ input }) => ({ ...input, usage: {} }),
  })
  server = await serve(
    new Koa().use(lifecycleApi(handler, { env: { MARKET_API_KEY: KEY }, idempotency, onError: () => undefined })),
  )
})

afterAll(async () => {
  await server?.close(0)
  await bed?.stop()
})

/** A refusal that says what is allowed. */
interface Refusal {
  readonly error: string
  readonly details: { readonly allowed: readonly string[] }
}

async function send(path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/mt/tenant/${path}`, {
    headers: { 'X-Market-API-Key': KEY, 'Content-Type': 'application/json', ...headers },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json: unknown = JSON.parse(text)
  return { status: response.status, headers: response.headers, text, json }
}

function activation(id: string) {
  const contact = { email: 'admin@hallym.ac.kr', name: '홍길동' }
  return { tenant_id: id, tenant_name: '한림대학교', plan: 'premium', features: ['rag'], contact }
}

const activate = (id: string, headers?: Record<string, string>) => send(`${id}/activate`, activation(id), headers)
const deactivate = (id: string, preserve_data = true) => send(`${id}/deactivate`, { reason: 'ended', preserve_data })

async function writeNote(id: string): Promise<void> {
  const em = await core.tenants.entityManager(id)
  em.create(note, { id: 'n1', text: 'kept' })
  await em.flush()
}

async function notes(id: string): Promise<number> {
  return (await core.tenants.entityManager(id)).count(note)
}

describe('activating over REST', () => {
  it('an unknown tenant creates it', async () => {
    expect(await activate('unknown')).toMatchObject({ status: 200, json: { success: true, message: 'created' } })
    expect(await send('unknown/status')).toMatchObject({ status: 200, json: { status: 'active' } })
    const [created] = await core.lifecycle.events('unknown')
    expect(created?.requestId).toMatch(/^[\w-]{36}$/)
  })

  it('again with its key gets the answer of before, byte for byte', async () => {
    const first = await activate('again', { 'Idempotency-Key': 'k-again' })
    const again = await activate('again', { 'Idempotency-Key': 'k-again' })
    expect([again.status, again.text, again.headers.get('Idempotent-Replay')]).toEqual([200, first.text, 'true'])
  })

  it('again with its key gets its answer when the first one got lost with its process', async () => {
    await activate('lost', { 'Idempotency-Key': 'k-lost' })
    await bed.query(`delete from idempotency_keys where key = 'k-lost'`, 'central')
    expect(await activate('lost', { 'Idempotency-Key': 'k-lost' })).toMatchObject({
      status: 200,
      json: { message: 'created' },
    })
  })

  it('with a used key and another body is refused, and has no effect', async () => {
    await activate('reused', { 'Idempotency-Key': 'k-reused' })
    const other = { ...activation('reused'), plan: 'basic' }
    expect(await send('reused/activate', other, { 'Idempotency-Key': 'k-reused' })).toMatchObject({
      status: 422,
      json: { error: 'IDEMPOTENCY_KEY_REUSED' },
    })
    expect((await core.tenants.get('reused')).plan).toBe('premium')
  })

  it('while the same key or the same tenant is still running is 409 with Retry-After', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    const first = activate('running', { 'Idempotency-Key': 'k-running' })
    await expect.poll(async () => (await core.tenants.find('running'))?.status).toBe('provisioning')
    for (const headers of [{ 'Idempotency-Key': 'k-running' }, { 'Idempotency-Key': 'k-other' }, {}]) {
      const refused = await activate('running', headers)
      expect(refused).toMatchObject({ status: 409, json: { error: 'OPERATION_IN_PROGRESS' } })
      expect(refused.headers.get('Retry-After')).toBe('1')
    }
    resolve()
    expect((await first).status).toBe(200)
    expect(await activate('running', { 'Idempotency-Key': 'k-other' })).toMatchObject({
      json: { error: 'TENANT_EXISTS' },
    })
  })

  it.each([undefined, 'k-new'])('an active tenant with the key %s is TENANT_EXISTS', async (key) => {
    const id = `active-${key ?? 'none'}`
    await activate(id, { 'Idempotency-Key': 'k-old' })
    const again = await activate(id, key === undefined ? {} : { 'Idempotency-Key': key })
    expect(again).toMatchObject({ status: 409, json: { error: 'TENANT_EXISTS' } })
  })

  it('a suspended tenant, or one deactivated inside retention, resumes it with its data', async () => {
    await activate('resumed')
    await writeNote('resumed')
    await core.lifecycle.suspend('resumed', { reason: 'unpaid' })
    expect(await send('resumed/status')).toMatchObject({ json: { status: 'suspended' } })
    expect(await activate('resumed')).toMatchObject({ status: 200, json: { message: 'resumed' } })
    expect((await deactivate('resumed')).json).toMatchObject({ status: 'deactivated', data_preserved: true })
    expect(await activate('resumed')).toMatchObject({ status: 200, json: { message: 'resumed' } })
    expect(await notes('resumed')).toBe(1)
  })

  it('a purged tenant creates it anew, empty', async () => {
    await activate('anew')
    await writeNote('anew')
    expect((await deactivate('anew', false)).json).toMatchObject({ status: 'deactivated', data_preserved: false })
    expect(await activate('anew')).toMatchObject({ status: 200, json: { message: 'created' } })
    expect(await notes('anew')).toBe(0)
  })

  it('with another id in the body is 400, with a body that does not fit 422 without its values', async () => {
    expect((await send('one/activate', activation('other'))).status).toBe(400)
    const wrong = await send('one/activate', { ...activation('one'), plan: 7, tenant_name: { secret: 'value' } })
    const issues = [{ loc: ['body', 'tenant_name'] }, { loc: ['body', 'plan'] }]
    expect(wrong).toMatchObject({ status: 422, json: { error: 'INVALID_REQUEST', details: { issues } } })
    expect(wrong.text).not.toContain('value')
    expect(await activate('Not An Id')).toMatchObject({ status: 422, json: { error: 'INVALID_TENANT_ID' } })
  })

  it('beyond a quota is 429, and what a hook refuses is 409 with its message', async () => {
    const refusals = [new QuotaExceededError('tenants', 3), new Error('not in this region')]
    const remove = core.lifecycle.on('beforeCreate', () => {
      throw refusals.shift()
    })
    expect(await activate('refused')).toMatchObject({ status: 429, json: { error: 'QUOTA_EXCEEDED' } })
    const vetoed = await activate('refused')
    remove()
    expect(vetoed).toMatchObject({
      status: 409,
      json: { error: 'TRANSITION_REFUSED', message: 'not in this region' },
    })
    expect(await send('refused/status')).toMatchObject({ status: 404 })
  })

  it('that cannot finish at once is 202 when the caller prefers that, and goes on', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    const accepted = await activate('async', { Prefer: 'respond-async' })
    expect([accepted.status, accepted.headers.get('Location')]).toEqual([202, '/mt/tenant/async/status'])
    expect(await send('async/status')).toMatchObject({ json: { status: 'provisioning' } })
    resolve()
    await expect.poll(() => send('async/status')).toMatchObject({ json: { status: 'active' } })
  })
})

describe('deactivating over REST', () => {
  it('an unknown tenant is 404, a deactivated one gets the same body', async () => {
    expect(await deactivate('never')).toMatchObject({ status: 404, json: { error: 'TENANT_NOT_FOUND' } })
    await activate('ended')
    const first = await deactivate('ended')
    expect((await deactivate('ended')).json).toEqual(first.json)
    const hard = await deactivate('ended', false)
    expect((await deactivate('ended')).json).toEqual(hard.json)
  })

  it('a tenant that is being made is refused with what is allowed', async () => {
    gate = Promise.reject(new Error('broken'))
    gate.catch(() => undefined)
    expect((await activate('halfway')).status).toBe(500)
    gate = Promise.resolve()
    const refused = await deactivate('halfway')
    expect(refused.status).toBe(409)
    expect(refused.json).toSatisfy(
      ({ error, details }: Refusal) =>
        error === 'OPERATION_IN_PROGRESS' || (error === 'TRANSITION_REFUSED' && details.allowed.join() === 'active'),
    )
    await expect.poll(() => send('halfway/status'), { timeout: 10_000 }).toMatchObject({ json: { status: 'active' } })
  })
})
