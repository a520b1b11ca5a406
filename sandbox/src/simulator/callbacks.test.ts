import { signCallback } from '@mt-paas/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.ts'
import {
  type CannedAnswer,
  call,
  type RecordingService,
  startRecordingService,
} from './recording-service.test.support.ts'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes ok!').toString('base64')}`
const PROCESSING: CannedAnswer = { body: { status: 'processing', tenant_id: 'hallym', message: 'soon' } }
let sandbox: Sandbox
let service: RecordingService
let duringWebhook: () => Promise<unknown>

beforeEach(() => {
  duringWebhook = async () => undefined
})

afterEach(async () => {
  await sandbox?.close()
  await service?.close()
})

async function begin(options: Partial<SandboxOptions> = {}) {
  service = await startRecordingService(async () => {
    await duringWebhook()
    return PROCESSING
  })
  sandbox = await createSandbox({ target: service.url, ...options })
}

interface Sent {
  readonly key?: string
  readonly id?: string
  readonly timestamp?: Date
  readonly secret?: string
}

async function callBack(payload: unknown, { key, id, timestamp = new Date(), secret = SECRET }: Sent = {}) {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const response = await fetch(`${sandbox.url}/callback`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== undefined && { 'x-service-api-key': key }),
      ...(id !== undefined && { ...signCallback({ id, timestamp, body, secrets: [secret] }) }),
    },
    body,
  })
  return { status: response.status, json: await response.json() }
}

const DONE = { success: true, tenant_id: 'hallym', message: 'ready', access_url: 'http://t', created_at: null }

async function statusOf(id = 1_000) {
  return (await sandbox.engine.applications.get(id)).status
}

describe('a callback', () => {
  it('completes the application of its tenant, which until then was sent', async () => {
    await begin()
    await sandbox.trigger('demo')
    expect(await statusOf()).toBe('sent')
    expect(await callBack(DONE)).toEqual({ status: 200, json: { received: true, data: DONE } })
    expect(await statusOf()).toBe('completed')
    expect(await sandbox.waitForCallback({ applicationId: 1_000 })).toMatchObject({
      tenant_id: 'hallym',
      verdict: 'unchecked',
    })
  })

  it('that comes before the answer to the webhook finds its application all the same', async () => {
    await begin()
    duringWebhook = () => callBack(DONE)
    await sandbox.trigger('demo')
    expect(await statusOf()).toBe('completed')
    expect(await sandbox.waitForCallback({ applicationId: 1_000 })).toMatchObject({ success: true })
  })

  it('that says no fails the application', async () => {
    await begin()
    await sandbox.trigger('demo')
    await callBack({ ...DONE, success: false, message: 'no room' })
    expect(await sandbox.engine.applications.get(1_000)).toMatchObject({
      status: 'failed',
      failure: 'refused_by_callback',
      message: 'no room',
    })
  })

  it('needs the right key where the service has one', async () => {
    await begin({ serviceKey: 'service-key' })
    await sandbox.trigger('demo')
    expect((await callBack(DONE)).status).toBe(401)
    expect((await callBack(DONE, { key: 'other' })).status).toBe(401)
    expect(await statusOf()).toBe('sent')
    expect((await callBack(DONE, { key: 'service-key' })).status).toBe(200)
    expect(await statusOf()).toBe('completed')
    const { json } = await call(sandbox.url, '/callbacks')
    expect(json.callbacks).toMatchObject([
      { verdict: 'accepted', reason: null },
      { verdict: 'refused', reason: 'key' },
      { verdict: 'refused', reason: 'key' },
    ])
  })

  it('needs a signature that is right and fresh whatever the clock was moved to, and counts once under its id', async () => {
    await begin({ serviceKey: 'service-key', callbackSecret: SECRET })
    await sandbox.trigger('demo')
    const key = 'service-key'
    const wrong = `whsec_${Buffer.alloc(32).toString('base64')}`
    expect((await callBack(DONE, { key, id: 'cb1', secret: wrong })).status).toBe(401)
    expect((await callBack(DONE, { key, id: 'cb1', timestamp: new Date(Date.now() - 301_000) })).status).toBe(401)
    expect((await callBack(DONE, { key })).status).toBe(401)
    await sandbox.advance(3_600_000)
    const moved = new Date(Date.now() + 3_600_000)
    expect((await callBack(DONE, { key, id: 'cb1', timestamp: moved })).status).toBe(401)
    const fresh = { key, id: 'cb1', timestamp: new Date() }
    const first = await callBack(DONE, fresh)
    expect(first.status).toBe(200)
    expect(await callBack({ ...DONE, success: false }, fresh)).toEqual(first)
    expect(await statusOf()).toBe('completed')
    const { callbacks } = await sandbox.engine.statistics()
    expect(callbacks).toMatchObject({ total: 6, refused: 4, accepted: 1, repeated: 1 })
  })

  it('of one service says nothing of applications of another, unless they share their key', async () => {
    await begin({ serviceKey: 'service-key' })
    const save = (slug: string, service_key: string) =>
      sandbox.engine.services.save({ slug, base_url: service.url, service_key })
    await save('other', 'other-key')
    await sandbox.trigger('demo')
    for (const named of [DONE, { ...DONE, application_id: 1_000 }]) {
      expect((await callBack(named, { key: 'other-key' })).status).toBe(200)
      expect(await statusOf()).toBe('sent')
    }
    await save('third', 'service-key')
    await callBack(DONE, { key: 'service-key' })
    expect(await statusOf()).toBe('completed')
  })

  it.each([['[1]'], ['"text"'], ['{'], ['null']])('that is no JSON object (%s) is refused and kept', async (body) => {
    await begin()
    expect((await callBack(body)).status).toBe(422)
    expect((await call(sandbox.url, '/callbacks')).json).toMatchObject({ callbacks: [{ verdict: 'malformed', body }] })
  })

  it('over 64 kB is refused, as is another method', async () => {
    await begin()
    expect((await callBack({ a: 'x'.repeat(65_536) })).status).toBe(413)
    expect((await fetch(`${sandbox.url}/callback`)).status).toBe(405)
  })

  it('that does not come is told', async () => {
    await begin()
    await expect(sandbox.waitForCallback({ timeout: 20 })).rejects.toThrow('No callback came within 20 ms')
  })
})
