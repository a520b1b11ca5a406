import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPair, SignJWT } from 'jose'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { type BearerAuth, bearerAuth } from './bearer-auth.ts'

const SECRET = 'a secret of thirty-two bytes, 한림'
const shared = { issuer: 'https://id.example.com', audience: 'advisor' }
const bySecret = bearerAuth({ ...shared, secret: SECRET })
const token = await new SignJWT({ tenant_id: 'hallym' })
  .setProtectedHeader({ alg: 'HS256' })
  .setIssuer(shared.issuer)
  .setAudience(shared.audience)
  .setSubject('user_001')
  .setIssuedAt()
  .setExpirationTime('1h')
  .sign(Buffer.from(SECRET))

async function listen(listener: RequestListener) {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Asks an application that is protected by `auth`. */
async function exchange(auth: BearerAuth, authorization?: string, before?: Koa.Middleware) {
  const app = new Koa()
  const failures: unknown[] = []
  app.on('error', (error) => failures.push(error))
  if (before) app.use(before)
  app.use(auth).use((ctx) => {
    ctx.body = { caller: ctx.state.caller ?? null }
  })
  const { server, url } = await listen(app.callback())
  try {
    const response = await fetch(url, { headers: authorization === undefined ? {} : { authorization } })
    return { response, body: (await response.json()) as Record<string, unknown>, failures }
  } finally {
    server.close()
  }
}

describe('bearerAuth as middleware', () => {
  it.each([undefined, 'Basic dTpw', 'Bearerx abc', ''])(
    'refuses %j, which is no Bearer token',
    async (authorization) => {
      await expect(bySecret.authenticate(authorization)).resolves.toBeUndefined()
      const { response, body, failures } = await exchange(bySecret, authorization)
      expect([response.status, body.error]).toEqual([401, 'UNAUTHORIZED'])
      expect(response.headers.get('Content-Type')).toBe('application/json')
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect(body.request_id).toMatch(/^[0-9a-f-]{36}$/)
      expect(failures).toEqual([])
    },
  )

  it('lets a request without token pass when none is required, yet refuses a bad token', async () => {
    const auth = bearerAuth({ ...shared, secret: SECRET, required: false })
    expect(await exchange(auth)).toMatchObject({ response: { status: 200 }, body: { caller: null } })
    expect(await exchange(auth, `Bearer ${token}`)).toMatchObject({ body: { caller: { tenantId: 'hallym' } } })
    expect((await exchange(auth, 'Bearer x')).response.status).toBe(401)
    expect((await exchange(auth, 'Bearer')).response.status).toBe(401)
  })

  it('speaks of the request id that is already known', async () => {
    const { body } = await exchange(bySecret, 'Bearer x', (ctx, next) => {
      ctx.state.requestId = 'known'
      return next()
    })
    expect(body.request_id).toBe('known')
  })

  it('answers 503 when the keys cannot be fetched, and tells only the application why', async () => {
    const closed = await listen(() => undefined)
    await once(closed.server.close(), 'close')
    const { privateKey } = await generateKeyPair('ES256')
    const unverifiable = await new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    const auth = bearerAuth({ ...shared, jwksUrl: closed.url })
    const { response, body, failures } = await exchange(auth, `Bearer ${unverifiable}`)
    expect([response.status, body.error, body.message]).toEqual([503, 'SERVICE_UNAVAILABLE', 'Service unavailable'])
    expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
    expect(failures).toMatchObject([{ error: 'SERVICE_UNAVAILABLE', cause: { message: 'fetch failed' } }])
  })

  it('does not answer for what comes after it', async () => {
    const app = new Koa()
    const thrown: unknown[] = []
    app.on('error', (error) => thrown.push(error))
    app.use(bySecret).use(() => {
      throw new Error('from behind')
    })
    const { server, url } = await listen(app.callback())
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    server.close()
    expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error'])
    expect(thrown).toMatchObject([{ message: 'from behind' }])
  })

  it('has a name in stack traces and refuses a bad option at once', () => {
    expect(bySecret.name).toBe('bearerAuth')
    const required = 'yes' as unknown as boolean
    expect(() => bearerAuth({ ...shared, secret: SECRET, required })).toThrow(/^required must be/)
  })
})
