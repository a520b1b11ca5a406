import { randomUUID } from 'node:crypto'
import { type Environment, type MultiTenantService, setupMultiTenant } from '@mt-paas/core'
import {
  type CallbackOptions,
  marketCompatApi,
  type RunningServer,
  serve,
  standardApi,
  type WebhookOptions,
} from '@mt-paas/server'
import Koa from 'koa'
import type { AssistantDefinition } from './assistant-definition.ts'
import { assistantHandler } from './assistant-handler.ts'
import { tenantPage } from './page/tenant-page.ts'
import { marketVariables, serviceVariables } from './service-variables.ts'
import { tenantDatabases } from './tenant-databases.ts'

/** How a sample service runs. */
export interface AssistantOptions {
  /** Connection string of the central database, made when missing. */
  readonly centralUrl: string
  /** Key that the market sends; several are separated by commas. */
  readonly apiKey: string
  /** Port on 127.0.0.1; 0 takes a free one. @default the port of the service */
  readonly port?: number
  /** Where the variables of the README are looked up, but for those of the database and the key. @default process.env */
  readonly env?: Environment
  /** How signed webhooks are verified. @default by the variables; ids are kept in the central database */
  readonly webhook?: WebhookOptions
  /** How callbacks are sent. @default by the variables; they wait in the central database */
  readonly callback?: CallbackOptions
  /** @default the system's clock */
  readonly now?: () => Date
  /** Makes unique ids. @default random UUIDs */
  readonly newId?: () => string
}

/** A running sample service. */
export interface AssistantService {
  readonly definition: AssistantDefinition
  readonly url: string
  readonly port: number
  readonly multiTenant: MultiTenantService
  /** Where the people of a tenant open the service. */
  readonly accessUrl: (tenantId: string) => string
  /** Lets requests under way end, then closes the connections to the databases. */
  close(): Promise<void>
}

/**
 * Starts a sample service: Standard API at `/mt`, the predecessors' paths, and a page per tenant.
 * @throws Error with code `EADDRINUSE` when the port is taken; ConfigurationError
 */
export async function startAssistant(
  definition: AssistantDefinition,
  options: AssistantOptions,
): Promise<AssistantService> {
  const { centralUrl, apiKey, port = definition.port, env = process.env } = options
  const { now = () => new Date(), newId = randomUUID } = options
  const app = new Koa()
  const multiTenant = setupMultiTenant(app, {
    ...tenantDatabases(definition, { now, newId }),
    centralDbUrl: centralUrl,
    env: serviceVariables(env),
    now,
  })
  try {
    await multiTenant.init()
    const listeningPort = port === 0 ? await freePort() : port
    const baseUrl = `http://127.0.0.1:${listeningPort}`
    const accessUrl = (tenantId: string) => `${baseUrl}/?tenant=${tenantId}`
    const handler = assistantHandler(definition, { mt: multiTenant, baseUrl, accessUrl, now, newId })
    const api = { env: { ...marketVariables(env), MARKET_API_KEY: apiKey }, now }
    app.use(tenantPage(multiTenant.tenants))
    app.use(standardApi(handler, { ...api, title: definition.title, idempotency: multiTenant.idempotency }))
    app.use(
      marketCompatApi(handler, {
        ...api,
        applications: multiTenant.applications(accessUrl),
        webhook: { store: multiTenant.webhooks, ...options.webhook },
        callback: { queue: multiTenant.callbacks, ...options.callback },
      }),
    )
    const server = await serve(app, { port: listeningPort })
    const { url } = server
    return { definition, url, port: server.port, multiTenant, accessUrl, close: () => closeAll(server, multiTenant) }
  } catch (error) {
    await multiTenant.close()
    throw error
  }
}

async function closeAll(server: RunningServer, multiTenant: MultiTenantService): Promise<void> {
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
