import { startTemporaryServer, type TemporaryServer } from '@mt-paas/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyService } from '../conformance/verify-service.ts'
import type { AssistantService } from './assistant/assistant-service.ts'
import { sampleServices } from './sample-services.ts'

const KEY = 'key-of-the-market'
const headers = { 'X-Market-API-Key': KEY, 'Content-Type': 'application/json' }

let server: TemporaryServer
const services: AssistantService[] = []

beforeAll(async () => {
  server = await startTemporaryServer()
  for (const { definition, start } of sampleServices) {
    const central = new URL(server.url)
    central.pathname = `/${definition.centralDatabase}`
    services.push(await start({ centralUrl: central.href, apiKey: KEY, port: 0, env: {} }))
  }
})

afterAll(async () => {
  await Promise.all(services.map((service) => service.close()))
  await server?.stop()
})

async function read(service: AssistantService | undefined, path: string): Promise<unknown> {
  return (await fetch(`${service?.url}/mt/tenant/hallym/${path}`, { headers })).json()
}

describe('the sample services on one PostgreSQL server', () => {
  it('keep tenants of the same id apart', async () => {
    const body = JSON.stringify({
      tenant_id: 'hallym',
      tenant_name: '한림대학교',
      plan: 'basic',
      features: [],
      contact: { email: 'admin@hallym.ac.kr', name: '홍길동' },
    })
    for (const { url } of services) {
      const response = await fetch(`${url}/mt/tenant/hallym/activate`, { method: 'POST', headers, body })
      expect(response.status).toBe(200)
    }
    const [advisor, chatbot] = services
    const user = JSON.stringify({ email: 'kim@hallym.ac.kr', name: '김하늘' })
    await fetch(`${advisor?.url}/mt/tenant/hallym/users`, { method: 'POST', headers, body: user })
    expect(await read(advisor, 'users')).toMatchObject({ total: 2 })
    expect(await read(chatbot, 'users')).toMatchObject({ total: 1 })
    const names = services.map(async ({ multiTenant }) => (await multiTenant.tenants.get('hallym')).dbName)
    expect(await Promise.all(names)).toEqual(['tenant_hallym', 'chatbot_tenant_hallym'])
  })

  it('bill under their own names', async () => {
    const [advisor, chatbot] = services
    expect(await read(advisor, 'billing/usage?period=2026-01')).toMatchObject({ service_id: 'advisor' })
    expect(await read(chatbot, 'billing/usage?period=2026-01')).toMatchObject({ service_id: 'chatbot' })
  })

  it.each(sampleServices.map(({ definition }, index) => ({ name: definition.name, index })))(
    'pass the classic five checks at 100: $name',
    async ({ index }) => {
      const { classic } = await verifyService({ url: services[index]?.url ?? '', apiKey: KEY, only: ['classic'] })
      expect(classic).toEqual({ total: 5, pass: 5, fail: 0, skip: 0, score: 100 })
    },
  )
})
