import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { serveRaw } from '../raw-server.test.support.ts'
import { ServiceClient } from '../service/service-client.ts'
import type { ServiceClientOptions } from '../service/service-options.ts'

const contact = { email: 'a@b.kr', name: 'a' }
const request = { tenant_id: 'new', tenant_name: 'New', plan: 'premium', features: ['rag', 'chat'], contact }
const activated = { success: true, tenant_id: 'new', access_url: 'https://svc/new', message: 'ready' }
const active = {
  tenant_id: 'new',
  status: 'active',
  plan: 'premium',
  features: ['chat', 'rag'],
  created_at: '',
  updated_at: '',
}
const exists = [
  409,
  { detail: { success: false, error: 'TENANT_EXISTS', message: 'Tenant new already exists' } },
] as const
const unknown = [
  404,
  { detail: { success: false, error: 'TENANT_NOT_FOUND', message: 'Tenant new not found' } },
] as const

type Answer = readonly [status: number, body: unknown] | 'cut'

/** A service that gives these answers in turn, and what it was asked. */
async function scripted(...answers: Answer[]) {
  const asked: string[] = []
  const server = await serveRaw((req: IncomingMessage, res: ServerResponse) => {
    asked.push((req.url ?? '').split('/').at(-1) ?? '')
    const answer = answers.shift() ?? 'cut'
    if (answer === 'cut') return res.destroy()
    res.writeHead(answer[0], { 'content-type': 'application/json' }).end(JSON.stringify(answer[1]))
  })
  return { server, asked, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

async function activation(url: string, options: Partial<ServiceClientOptions> = {}) {
  await using service = new ServiceClient({ baseUrl: url, protocol: 'rest', backoff: 1, ...options })
  try {
    return await service.activateTenant(request)
  } catch (error) {
    return error
  }
}

describe('an activation whose answer was lost', () => {
  it('asks for the status first, then makes the same call again', async () => {
    await using script = await scripted('cut', unknown, [200, activated])
    expect(await activation(script.server.url)).toEqual(activated)
    expect(script.asked).toEqual(['activate', 'status', 'activate'])
  })

  it('gets the stored answer of a service that honours keys', async () => {
    await using script = await scripted('cut', [200, active], [200, activated])
    expect(await activation(script.server.url)).toEqual(activated)
  })

  it('counts a tenant that is active as asked for as success, without an access URL', async () => {
    await using script = await scripted('cut', [200, active], exists)
    expect(await activation(script.server.url)).toMatchObject({ success: true, tenant_id: 'new', access_url: '' })
    expect(script.asked).toEqual(['activate', 'status', 'activate'])
  })

  it.each([
    ['another plan', { plan: 'basic' }],
    ['other features', { features: ['rag'] }],
    ['more features', { features: ['rag', 'chat', 'quiz'] }],
    ['another state', { status: 'suspended' }],
  ])('does not take a tenant with %s for its own', async (_name, difference) => {
    await using script = await scripted('cut', [200, { ...active, ...difference }], exists)
    expect(await activation(script.server.url)).toMatchObject({ code: 'TENANT_EXISTS', attempts: 2 })
  })

  it('is not repeated when the status cannot be learned and the service may not know keys', async () => {
    await using script = await scripted('cut', 'cut')
    expect(await activation(script.server.url)).toMatchObject({ code: 'UNREACHABLE', answerLost: true, attempts: 1 })
    expect(script.asked).toEqual(['activate', 'status'])
  })

  it('is repeated in any case when the service honours keys', async () => {
    await using script = await scripted('cut', 'cut', [200, activated])
    expect(await activation(script.server.url, { retryMutations: 'always' })).toEqual(activated)
  })

  it('is repeated after a gateway lost it', async () => {
    await using script = await scripted([504, {}], unknown, [200, activated])
    expect(await activation(script.server.url)).toEqual(activated)
  })

  it('never deactivates', async () => {
    await using script = await scripted('cut', unknown, 'cut', unknown, 'cut')
    expect(await activation(script.server.url)).toMatchObject({ code: 'UNREACHABLE', attempts: 3 })
    expect(script.asked).not.toContain('deactivate')
  })
})

it('an activation that met an active tenant at once says so', async () => {
  await using script = await scripted(exists)
  expect(await activation(script.server.url)).toMatchObject({ code: 'TENANT_EXISTS', attempts: 1 })
  expect(script.asked).toEqual(['activate'])
})
