import { describe, expect, it } from 'vitest'
import { serveAdvisor } from '../advisor.test.support.ts'
import { serveRaw } from '../raw-server.test.support.ts'
import { ServiceClient } from '../service/service-client.ts'

const status = { tenant_id: 'a', status: 'active', plan: 'p', features: [], created_at: '', updated_at: '' }
const auto = (baseUrl: string) => new ServiceClient({ baseUrl, apiKey: 'key1', protocol: 'auto', maxAttempts: 1 })

describe('protocol auto', () => {
  it('asks once, and remembers REST', async () => {
    const paths: unknown[] = []
    await using server = await serveRaw((req, res) => {
      paths.push(req.url)
      if (req.url?.includes('/trpc/')) res.writeHead(404).end('{"detail":"Not Found"}')
      else res.end(JSON.stringify(status))
    })
    await using service = auto(server.url)
    const calls = Array.from({ length: 5 }, () => service.getTenantStatus({ tenant_id: 'a' }))
    expect(await Promise.all(calls)).toEqual(Array(5).fill(status))
    await service.getTenantStatus({ tenant_id: 'a' })
    expect(paths.filter((path) => path === '/mt/trpc/checkHealth?input=%7B%7D')).toHaveLength(1)
    expect(paths).toHaveLength(7)
  })

  it('finds tRPC', async () => {
    const running = await serveAdvisor()
    await using service = auto(running.url)
    const error = await service.getTenantStatus({ tenant_id: 'ghost' }).catch((e) => e)
    expect(error.data).toMatchObject({ error: 'TENANT_NOT_FOUND' })
    await running.close(0)
  })

  it('asks again after a question that proved nothing', async () => {
    let down = true
    await using server = await serveRaw((req, res) => {
      if (down) return res.writeHead(503).end()
      if (req.url?.includes('/trpc/')) return res.writeHead(404).end()
      res.end(JSON.stringify(status))
    })
    await using service = auto(server.url)
    const error = { code: 'SERVICE_UNAVAILABLE', answerLost: false }
    await expect(service.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject(error)
    down = false
    expect(await service.getTenantStatus({ tenant_id: 'a' })).toEqual(status)
  })

  it('keeps the question for those who still wait when one gives up', async () => {
    await using server = await serveRaw((req, res) => {
      if (req.url?.includes('/trpc/')) setTimeout(() => res.writeHead(404).end(), 100)
      else res.end(JSON.stringify(status))
    })
    await using service = auto(server.url)
    const impatient = service.getTenantStatus({ tenant_id: 'a' }, { timeout: 20 }).catch((e) => e.code)
    const patient = service.getTenantStatus({ tenant_id: 'a' })
    expect(await impatient).toBe('TIMEOUT')
    expect(await patient).toEqual(status)
  })

  it('drops the question when nobody waits', async () => {
    await using server = await serveRaw(() => {})
    await using service = auto(server.url)
    await service.getTenantStatus({ tenant_id: 'a' }, { timeout: 50 }).catch(() => {})
    await expect.poll(() => server.open).toBe(0)
  })
})
