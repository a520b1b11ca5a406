import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { serve, type TenantLookup } from '@mt-paas/server'
import Koa from 'koa'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../embedded/port.ts'
import { startTemporaryServer, type TemporaryServer } from '../embedded/temporary-server.ts'
import { migrations, note } from '../fleet/note-fleet.test.support.ts'
import { planCatalogue } from '../plan/plan-catalogue.ts'
import { setupMultiTenant } from '../setup-multi-tenant.ts'
import { startDeafProxy } from './deaf-proxy.test.support.ts'
import { redisInstalled, startTemporaryRedis, type TemporaryRedis } from './redis-server.test.support.ts'
import type { RequestTenant } from './request-tenant.ts'
import { openTenantLookup } from './tenant-lookup.ts'
import { openTenantRows } from './tenant-rows.ts'

const closing: (() => Promise<unknown>)[] = []
let server: TemporaryServer
let redis: TemporaryRedis

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function urlOf(port?: number): string {
  const url = new URL(server.url)
  url.pathname = '/central'
  if (port !== undefined) url.port = String(port)
  return url.href
}

/** A service, whose answer to every request of a tenant is the tenant's name. */
async function service(env: Record<string, string>) {
  const app = new Koa()
  app.silent = true
  const mt = setupMultiTenant(app, { env, tenantEntities: [note], tenantMigrations: migrations(1), warmDatabases: 0 })
  app.use((ctx) => {
    ctx.body = ctx.state.tenant.name
  })
  await mt.init()
  closing.push(() => mt.close())
  const { url, close } = await serve(app)
  closing.push(() => close(0))
  const nameOf = async (id: string) => (await fetch(url, { headers: { 'X-Tenant-ID': id } })).text()
  return { mt, nameOf }
}

/** Waits until something is as it should be; test timeouts end what never comes. */
async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(20)
}

describe.skipIf(!redisInstalled)('over Redis (skipped where redis-server is not installed)', () => {
  beforeAll(async () => {
    ;[server, redis] = await Promise.all([startTemporaryServer(), startTemporaryRedis()])
  })

  afterAll(async () => {
    await redis?.stop()
    await server?.stop()
  })

  it('a process that MT_REDIS_* configures hears what another has changed, which PostgreSQL does not tell it', async () => {
    const variables = {
      MT_REDIS_HOST: '127.0.0.1',
      MT_REDIS_PORT: String(redis.port),
      MT_REDIS_PASSWORD: redis.password,
    }
    const proxy = await startDeafProxy(Number(new URL(server.url).port))
    closing.push(() => proxy.close())
    const deaf = { CENTRAL_DATABASE_URL: urlOf(proxy.port), MT_TENANT_CACHE_SECONDS: '3600' }
    const configured = await service({ ...deaf, ...variables })
    const control = await service(deaf)
    const contact = { email: 'a@hallym.kr', name: '홍길동' }
    await configured.mt.lifecycle.activate({ id: 'hallym', name: 'before', plan: 'basic', features: [], contact })

    const script = fileURLToPath(new URL('changing-process.test.support.ts', import.meta.url))
    const other = spawn(process.execPath, ['--conditions=mt-paas-source', script, 'hallym'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...variables, CENTRAL_DATABASE_URL: urlOf() },
    })
    closing.push(async () => {
      other.stdin.end()
      if (other.exitCode === null) await once(other, 'exit')
    })
    await once(other.stdout, 'data')
    expect(await configured.nameOf('hallym')).toBe('before')
    expect(await control.nameOf('hallym')).toBe('before')
    other.stdin.write('after\n')
    await eventually(async () => (await configured.nameOf('hallym')) === 'after')
    // It was Redis that told: who has none still knows the old name.
    expect(await control.nameOf('hallym')).toBe('before')
  })

  it('a process that cannot listen knows tenants while one of its own central database passes changes on', async () => {
    const { mt } = await service({ CENTRAL_DATABASE_URL: urlOf() })
    const contact = { email: 'a@hallym.kr', name: '홍길동' }
    await mt.lifecycle.activate({ id: 'known', name: '한림대학교', plan: 'basic', features: [], contact })
    const { centralId } = mt.databases
    const nowhere = urlOf(await freePort())
    const deaf = await openLookup({ url: nowhere, centralId })
    await openLookup({ url: urlOf(), centralId: 'of another service' })
    const queries = async () => {
      const before = deaf.queries()
      await deaf.lookup('known', {})
      return deaf.queries() - before
    }
    await queries()
    await delay(300)
    expect(await queries()).toBe(1)
    await openLookup({ url: urlOf(), centralId })
    await eventually(async () => (await queries()) === 0)
    await redis.stop()
    await eventually(async () => (await queries()) === 1)
    expect((await deaf.lookup('known', {}))?.plan).toBe('basic')
  })
})

async function openLookup({ url, centralId }: { readonly url: string; readonly centralId: string }) {
  const rows = openTenantRows(urlOf())
  let count = 0
  const { lookup, close } = await openTenantLookup({
    url,
    redis: { url: redis.url, centralId },
    plans: planCatalogue(),
    rows: {
      find: (id) => {
        count += 1
        return rows.find(id)
      },
    },
    lend() {
      throw new Error('No database is opened here')
    },
    ttl: 3_600_000,
    heartbeat: 100,
  })
  closing.push(rows.close, close)
  return { lookup: lookup as TenantLookup<RequestTenant>, queries: () => count }
}
