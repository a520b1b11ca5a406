import type { ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { closedPort, type RawServer, serveJson, serveRaw, serveTcp } from '../raw-server.test.support.ts'
import { ServiceClient } from '../service/service-client.ts'
import type { ServiceClientOptions } from '../service/service-options.ts'

const status = { tenant_id: 'a', status: 'active', plan: 'p', features: [], created_at: '', updated_at: '' }
const deleted = { success: true, user_id: 'u', message: '' }

function client(server: Pick<RawServer, 'url'>, options: Partial<ServiceClientOptions> = {}) {
  return new ServiceClient({ id: 'svc', baseUrl: server.url, protocol: 'rest', backoff: 1, ...options })
}

/** Fails the first `failures` requests in this way, then answers. */
function failing(failures: number, fail: (res: ServerResponse) => void, body: unknown = status) {
  let left = failures
  return serveRaw((_req, res) => (left-- > 0 ? fail(res) : res.end(JSON.stringify(body))))
}

describe('retries', () => {
  it('repeat a query whose answer was lost, three attempts at most', async () => {
    await using lucky = await failing(2, (res) => res.destroy())
    await using one = client(lucky)
    expect(await one.getTenantStatus({ tenant_id: 'a' })).toEqual(status)
    expect(lucky.count).toBe(3)

    await using unlucky = await failing(3, (res) => res.destroy())
    await using two = client(unlucky)
    const error = { code: 'UNREACHABLE', attempts: 3, answerLost: true }
    await expect(two.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject(error)
    expect(unlucky.count).toBe(3)
  })

  it.each([502, 503, 504])('repeat a query after %i', async (code) => {
    await using server = await failing(1, (res) => res.writeHead(code).end())
    await using service = client(server)
    expect(await service.getTenantStatus({ tenant_id: 'a' })).toEqual(status)
  })

  it.each([400, 401, 403, 404, 409, 410, 422, 500, 501])('do not repeat after %i', async (code) => {
    await using server = await failing(1, (res) => res.writeHead(code).end())
    await using service = client(server)
    await expect(service.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject({ status: code, attempts: 1 })
    expect(server.count).toBe(1)
  })

  it('wait as long as Retry-After says', async () => {
    await using server = await failing(1, (res) => res.writeHead(503, { 'retry-after': '1' }).end())
    await using service = client(server)
    const start = performance.now()
    await service.getTenantStatus({ tenant_id: 'a' })
    expect(performance.now() - start).toBeGreaterThanOrEqual(999)
  })

  it('do not wait for a Retry-After beyond the deadline', async () => {
    await using server = await failing(1, (res) => res.writeHead(503, { 'retry-after': '3600' }).end())
    await using service = client(server)
    const error = { code: 'SERVICE_UNAVAILABLE', retryAfter: 3_600_000, attempts: 1 }
    await expect(service.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject(error)
  })

  it('never repeat a mutation that may have taken effect, unless the service honours keys', async () => {
    const keys: unknown[] = []
    const cut = () =>
      serveRaw((req, res) => {
        keys.push(req.headers['idempotency-key'])
        res.destroy()
      })
    const mutate = (service: ServiceClient) => service.deleteUser({ tenant_id: 'a', user_id: 'u' })

    await using silent = await cut()
    await using careful = client(silent)
    await expect(mutate(careful)).rejects.toMatchObject({ code: 'UNREACHABLE', attempts: 1, answerLost: true })

    await using known = await cut()
    await using bold = client(known, { retryMutations: 'always' })
    await expect(mutate(bold)).rejects.toMatchObject({ attempts: 3 })
    expect(keys).toHaveLength(4)
    expect(new Set(keys.slice(1)).size).toBe(1)
    expect(keys[0]).toMatch(/^[\w-]{36}$/)
  })

  it('repeat mutations once the service has shown that it knows keys', async () => {
    let requests = 0
    await using server = await serveRaw((_req, res) => {
      requests++
      if (requests === 2) return res.destroy()
      res.writeHead(200, { 'idempotent-replay': requests === 3 ? 'true' : 'false' }).end(JSON.stringify(deleted))
    })
    await using service = client(server)
    await service.deleteUser({ tenant_id: 'a', user_id: 'u' })
    expect(await service.deleteUser({ tenant_id: 'a', user_id: 'u' })).toEqual(deleted)
    expect(requests).toBe(3)
  })

  it('repeat a mutation that was never sent', async () => {
    await using service = client({ url: `http://127.0.0.1:${await closedPort()}` })
    const error = { code: 'UNREACHABLE', attempts: 3, answerLost: false }
    await expect(service.deleteUser({ tenant_id: 'a', user_id: 'u' })).rejects.toMatchObject(error)
  })

  it('of a dead service stay below 1.2 attempts a call, and end when the breaker opens', async () => {
    await using dead = await serveTcp((socket) => socket.destroy())
    await using unbroken = client(dead, { breaker: false, bulkhead: { concurrency: 8 } })
    const calls = Array.from({ length: 1_000 }, () => unbroken.getTenantStatus({ tenant_id: 'a' }).catch((e) => e.code))
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['UNREACHABLE']))
    expect(dead.count).toBeLessThanOrEqual(1_200)
    expect(dead.count).toBeGreaterThanOrEqual(1_000)

    const before = dead.count
    await using broken = client(dead)
    const codes: string[] = []
    for (let call = 0; call < 100; call++) {
      codes.push(await broken.getTenantStatus({ tenant_id: 'a' }).catch((e) => e.code))
    }
    expect(dead.count - before).toBe(5)
    expect(codes.slice(-95)).toEqual(Array(95).fill('CIRCUIT_OPEN'))
  })
})

describe('deadlines', () => {
  it('hold for the whole call, retries included', async () => {
    await using server = await serveRaw(() => {})
    await using service = client(server, { timeout: 200 })
    const start = performance.now()
    const error = { code: 'TIMEOUT', attempts: 1, answerLost: true, status: null }
    await expect(service.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject(error)
    expect(performance.now() - start).toBeLessThan(450)
    await expect(service.getTenantStatus({ tenant_id: 'a' }, { timeout: 50 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    })
    await expect.poll(() => server.open).toBe(0)
  })

  it('hold for the headers of one attempt', async () => {
    let requests = 0
    await using server = await serveRaw((_req, res) => void (++requests > 1 && res.end(JSON.stringify(status))))
    await using service = client(server, { headersTimeout: 100 })
    expect(await service.getTenantStatus({ tenant_id: 'a' })).toEqual(status)
  })
})

describe('giving up', () => {
  it('settles within 50 ms, wherever the call is', async () => {
    await using hanging = await serveRaw(() => {})
    await using busy = await serveRaw((_req, res) => res.writeHead(503, { 'retry-after': '20' }).end())
    const single = { bulkhead: { concurrency: 1 } }
    const places = {
      waiting: client(hanging, single),
      sent: client(hanging),
      pausing: client(busy),
    }
    places.waiting.getTenantStatus({ tenant_id: 'a' }).catch(() => {})
    for (const service of Object.values(places)) {
      const stop = new AbortController()
      const call = service.getTenantStatus({ tenant_id: 'a' }, { signal: stop.signal }).catch((e) => e)
      setTimeout(() => stop.abort(new Error('enough')), 100)
      await new Promise((resolve) => stop.signal.addEventListener('abort', resolve))
      const start = performance.now()
      const error = await call
      expect(performance.now() - start).toBeLessThan(50)
      expect(error).toMatchObject({ code: 'ABORTED', cause: { message: 'enough' } })
    }
    for (const service of Object.values(places)) await service.close()
    await expect.poll(() => hanging.open).toBe(0)
  })

  it('sends nothing when it came first', async () => {
    await using server = await serveJson(status)
    await using service = client(server)
    const call = service.getTenantStatus({ tenant_id: 'a' }, { signal: AbortSignal.abort() })
    await expect(call).rejects.toMatchObject({ code: 'ABORTED', attempts: 0 })
    expect(server.count).toBe(0)
  })
})

describe('the guard of a service', () => {
  it('closes the circuit again when the service is back', async () => {
    let dead = true
    await using server = await serveRaw((_req, res) => (dead ? res.destroy() : res.end(JSON.stringify(status))))
    await using service = client(server, { maxAttempts: 1, breaker: { halfOpenAfter: 50 } })
    const code = () =>
      service.getTenantStatus({ tenant_id: 'a' }).then(
        () => 'ok',
        (error) => error.code,
      )
    for (let call = 0; call < 5; call++) await code()
    expect(await code()).toBe('CIRCUIT_OPEN')
    dead = false
    await expect.poll(code).toBe('ok')
    expect(await Promise.all([code(), code(), code()])).toEqual(['ok', 'ok', 'ok'])
  })

  it('stays open when the caller of the trying attempt gives up', async () => {
    let hangs = false
    await using server = await serveRaw((_req, res) => void (hangs || res.destroy()))
    await using service = client(server, { maxAttempts: 1, breaker: { halfOpenAfter: 500 } })
    for (let call = 0; call < 5; call++) await service.getTenantStatus({ tenant_id: 'a' }).catch(() => {})
    hangs = true
    await new Promise((resolve) => setTimeout(resolve, 510))
    const stop = new AbortController()
    const trying = service.getTenantStatus({ tenant_id: 'a' }, { signal: stop.signal }).catch((error) => error.code)
    await expect.poll(() => server.count).toBe(6)
    stop.abort()
    expect(await trying).toBe('ABORTED')
    await expect(service.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' })
  })

  it('does not open for errors that the service answers', async () => {
    await using server = await serveJson({ detail: 'Internal Server Error' }, 500)
    await using service = client(server)
    for (let call = 0; call < 20; call++) {
      await expect(service.getTenantStatus({ tenant_id: 'a' })).rejects.toMatchObject({ code: 'INTERNAL_ERROR' })
    }
  })

  it('runs so many calls at once, lets so many wait, and refuses the rest', async () => {
    let running = 0
    let most = 0
    await using server = await serveRaw((_req, res) => {
      most = Math.max(most, ++running)
      setTimeout(() => res.end(JSON.stringify(status), () => running--), 20)
    })
    await using service = client(server, { bulkhead: { concurrency: 4, queue: 6 } })
    const calls = Array.from({ length: 15 }, () => service.getTenantStatus({ tenant_id: 'a' }))
    const codes = (await Promise.allSettled(calls)).map((one) => (one.status === 'rejected' ? one.reason.code : 'ok'))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(10)
    expect(codes.filter((code) => code === 'OVERLOADED')).toHaveLength(5)
    expect(most).toBe(4)
  })

  it('keeps services apart', async () => {
    await using dead = await serveTcp((socket) => socket.destroy())
    await using alive = await serveJson(status)
    await using one = client(dead, { maxAttempts: 1 })
    await using other = client(alive)
    for (let call = 0; call < 10; call++) await one.getTenantStatus({ tenant_id: 'a' }).catch(() => {})
    expect(await other.getTenantStatus({ tenant_id: 'a' })).toEqual(status)
  })
})
