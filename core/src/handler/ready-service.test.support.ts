import { defineHandler, marketCompatApi, serve, standardApi } from '@mt-paas/server'
import Koa from 'koa'
import { Client } from 'pg'
import { startTemporaryServer } from '../embedded/temporary-server.ts'
import { migrations, note } from '../fleet/note-fleet.test.support.ts'
import { type MultiTenantService, setupMultiTenant } from '../setup-multi-tenant.ts'
import { lifecycleHandler } from './lifecycle-handler.ts'
import { ownProcedures } from './own-procedures.test.support.ts'

const KEY = 'test-key'

/** What a {@link ReadyService} answers. */
export interface ServiceAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** The service of the architecture's example, called as the market calls it. */
export interface ReadyService {
  readonly mt: MultiTenantService
  /** @param request method and path behind the prefix, such as `GET /health` */
  call(request: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<ServiceAnswer>
}

/** The PostgreSQL server of a test file and the services that it starts. */
export interface ReadyServiceBed {
  /** Where the server listens. */
  readonly port: number
  /** @param port where the service looks for the server. @default the server's own */
  start(port?: number): Promise<ReadyService>
  /** Closes something together with the services. */
  closeLater(close: () => Promise<unknown>): void
  /** As the superuser, in the central database. */
  query<TRow extends object>(sql: string): Promise<TRow[]>
  /** Closes what was started since the last time, the latest first. */
  closeAll(): Promise<void>
  stop(): Promise<void>
}

export async function startReadyServiceBed(): Promise<ReadyServiceBed> {
  const server = await startTemporaryServer()
  const closing: (() => Promise<unknown>)[] = []
  function urlOf(port?: number): string {
    const url = new URL(server.url)
    url.pathname = '/central'
    if (port !== undefined) url.port = String(port)
    return url.href
  }
  return {
    port: Number(new URL(server.url).port),
    async start(port) {
      const app = new Koa()
      app.silent = true
      const tenantDatabases = { tenantEntities: [note], tenantMigrations: migrations(1) }
      const mt = setupMultiTenant(app, { centralDbUrl: urlOf(port), ...tenantDatabases, env: {} })
      closing.push(() => mt.close())
      const ready = lifecycleHandler(mt, { baseUrl: 'https://advisor.example.com' })
      const handler = defineHandler({ ...ready, ...ownProcedures })
      const env = { MARKET_API_KEY: KEY }
      app.use(standardApi(handler, { env, idempotency: mt.idempotency, onError: () => undefined }))
      const applications = mt.applications((id) => `https://advisor.example.com/${id}`)
      app.use(marketCompatApi(handler, { env, applications }))
      await mt.init()
      const { url, close } = await serve(app)
      closing.push(() => close(0))
      return {
        mt,
        async call(request, body, headers = {}) {
          const [method = '', path = ''] = request.split(' ')
          const answer = await fetch(`${url}/mt${path}`, {
            method,
            headers: { 'X-Market-API-Key': KEY, 'Content-Type': 'application/json', ...headers },
            ...(body && { body: JSON.stringify(body) }),
          })
          const parsed: unknown = JSON.parse(await answer.text())
          return { status: answer.status, headers: answer.headers, body: parsed }
        },
      }
    },
    closeLater: (close) => void closing.push(close),
    async query<TRow extends object>(sql: string) {
      const client = new Client(urlOf())
      await client.connect()
      try {
        return (await client.query<TRow>(sql)).rows
      } finally {
        await client.end()
      }
    },
    async closeAll() {
      for (const close of closing.splice(0).reverse()) await close()
    },
    stop: () => server.stop(),
  }
}

/** What the market sends to activate a tenant. */
export function activation(id: string, more: object = {}) {
  return {
    tenant_id: id,
    tenant_name: '한림대학교',
    plan: 'premium',
    features: ['own_words'],
    config: { max_users: 500, branding: { primary_color: '#123456' } },
    contact: { email: 'admin@hallym.ac.kr', name: '홍길동' },
    ...more,
  }
}
