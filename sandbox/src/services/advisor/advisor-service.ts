import { randomUUID } from 'node:crypto'
import { openMultiTenant } from '@mt-paas/core'
import { marketCompatApi, type RunningServer, serve, standardApi } from '@mt-paas/server'
import Koa from 'koa'
import { advisorHandler } from './advisor-handler.ts'
import { createAdvisorTables } from './create-advisor-tables.ts'
import { advisorEntities } from './entity/index.ts'
import { provisionAdvisor } from './lifecycle-procedures.ts'
import { tenantPage } from './tenant-page.ts'

/** How {@link startAdvisor} runs the service. */
export interface AdvisorOptions {
  /** Connection string of the central database, made when missing. */
  readonly centralUrl: string
  /** Key that the market sends; several are separated by commas. */
  readonly apiKey: string
  /** Port on 127.0.0.1; 0 takes a free one. @default 10300 */
  readonly port?: number
  /** @default the system's clock */
  readonly now?: () => Date
  /** Makes unique ids. @default random UUIDs */
  readonly newId?: () => string
}

/** The port of Advisor unless another is asked for. */
export const ADVISOR_PORT = 10_300

/** The running sample service. */
export interface AdvisorService {
  readonly url: string
  readonly port: number
  /** Lets requests under way end, then closes the connections to the databases. */
  close(): Promise<void>
}

/**
 * Starts the sample service Advisor: Standard API at `/mt`, the predecessors' paths, and a page per tenant.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function startAdvisor(options: AdvisorOptions): Promise<AdvisorService> {
  const { centralUrl, apiKey, port = ADVISOR_PORT, now = () => new Date(), newId = randomUUID } = options
  const provision = provisionAdvisor({ now, newId })
  const tenantDatabases = { tenantEntities: advisorEntities, tenantMigrations: [createAdvisorTables] }
  const multiTenant = await openMultiTenant({ centralUrl, ...tenantDatabases, provision, now })
  try {
    const listeningPort = port === 0 ? await freePort() : port
    const baseUrl = `http://127.0.0.1:${listeningPort}`
    const accessUrl = (tenantId: string) => `${baseUrl}/?tenant=${tenantId}`
    const handler = advisorHandler({ ...multiTenant, baseUrl, accessUrl, now, newId })
    const app = new Koa()
    const env = { MARKET_API_KEY: apiKey }
    app.use(tenantPage(multiTenant.tenants))
    app.use(standardApi(handler, { env, now, title: 'Advisor' }))
    app.use(marketCompatApi(handler, { env, now, applications: multiTenant.applications(accessUrl) }))
    const server = await serve(app, { port: listeningPort })
    return { url: server.url, port: server.port, close: () => closeAll(server, multiTenant) }
  } catch (error) {
    await multiTenant.close()
    throw error
  }
}

async function closeAll(server: RunningServer, multiTenant: { close(): Promise<void> }): Promise<void> {
  try {
    await server.close()
  } finally {
    await multiTenant.close()
  }
}

/** The handler's URLs hold the port, so it has to be known before anything listens on it. */
async function freePort(): Promise<number> {
  const { port, close } = await serve(new Koa(), { port: 0 })
  await close()
  return port
}
