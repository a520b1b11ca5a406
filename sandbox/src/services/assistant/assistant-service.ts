import { randomUUID } from 'node:crypto'
import { type Environment, type MultiTenantService, setupMultiTenant } from '@mt-paas/core'
import {
  type CallbackOptions,
  logFailure,
  marketCompatApi,
  normaliseError,
  type RequestFailure,
  type RunningServer,
  serve,
  standardApi,
  type WebhookOptions,
} from '@mt-paas/server'
import Koa from 'koa'
import { assistantApi } from './api/assistant-api.ts'
import type { AssistantApiParts } from './api/assistant-procedure.ts'
import type { AssistantDefinition } from './assistant-definition.ts'
import { assistantHandler } from './assistant-handler.ts'
import type { AssistantParts } from './assistant-parts.ts'
import { documentSearch } from './chat/document-search.ts'
import { openAiModel } from './chat/open-ai-model.ts'
import { openAiSettings } from './chat/open-ai-settings.ts'
import { attemptLimit } from './login/attempt-limit.ts'
import { type Invitation, invitations } from './login/invitations.ts'
import { logins } from './login/logins.ts'
import type { PasswordCost } from './login/password-hash.ts'
import { tokenSecret } from './login/token-secret.ts'
import { userTokens } from './login/user-tokens.ts'
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
  /** What it takes to try a password of its users. @default PASSWORD_COST, a sixth of a second */
  readonly passwordCost?: PasswordCost
  /** Gets every failure that is answered with a 5xx. @default one JSON line on standard error */
  readonly onFailure?: (failure: RequestFailure) => void
}

/** A running sample service. */
export interface AssistantService {
  readonly definition: AssistantDefinition
  readonly url: string
  readonly port: number
  readonly multiTenant: MultiTenantService
  /** Where the people of a tenant open the service. */
  readonly accessUrl: (tenantId: string) => string
  /**
   * A link with which a user chooses a password, once. @default for the contact of the tenant
   * @throws UserNotFoundError, TenantNotFoundError, the error of the tenant's state
   */
  readonly invite: (tenantId: string, email?: string) => Promise<Invitation>
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
  const { now = () => new Date(), newId = randomUUID, onFailure = logFailure, passwordCost } = options
  const settings = openAiSettings(env, definition)
  const app = new Koa()
  app.on('error', (error: unknown) => reportUnanswered(error, onFailure))
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
    const parts: AssistantParts = { definition, mt: multiTenant, accessUrl, now, newId, passwordCost }
    const handler = assistantHandler(definition, { ...parts, baseUrl })
    const people = await peopleParts(parts, multiTenant, onFailure)
    const model = settings ? openAiModel(settings) : documentSearch
    const api = { env: { ...marketVariables(env), MARKET_API_KEY: apiKey }, now, onError: onFailure }
    app.use(await tenantPage(definition, multiTenant.tenants))
    app.use(assistantApi({ ...parts, ...people, model }, onFailure))
    app.use(
      standardApi(handler, {
        ...api,
        title: definition.title,
        idempotency: multiTenant.idempotency,
        userTokens: people.tokens.bearer,
      }),
    )
    app.use(
      marketCompatApi(handler, {
        ...api,
        applications: multiTenant.applications(accessUrl),
        webhook: { store: multiTenant.webhooks, ...options.webhook },
        callback: { queue: multiTenant.callbacks, ...options.callback },
      }),
    )
    const server = await serve(app, { port: listeningPort })
    return {
      definition,
      url: server.url,
      port: server.port,
      multiTenant,
      accessUrl,
      invite: async (id, email) =>
        people.invitations.invite(id, email ?? (await multiTenant.tenants.get(id)).contactEmail),
      close: () => closeAll(server, multiTenant),
    }
  } catch (error) {
    await multiTenant.close()
    throw error
  }
}

const VISIT_WINDOW_MS = 60_000
const MOST_VISITS = 30

/** What lets people in. */
async function peopleParts(
  { definition, accessUrl, now, passwordCost }: AssistantParts,
  multiTenant: MultiTenantService,
  onFailure: (failure: RequestFailure) => void,
): Promise<Pick<AssistantApiParts, 'tokens' | 'logins' | 'invitations' | 'visits' | 'onBroken'>> {
  const { tenants } = multiTenant
  const signing = { service: definition.name, secret: await tokenSecret(multiTenant), tenants, now }
  return {
    tokens: userTokens(signing),
    logins: logins({ tenants, now, passwordCost }),
    invitations: invitations({ ...signing, accessUrl, passwordCost }),
    visits: attemptLimit({ max: MOST_VISITS, windowMs: VISIT_WINDOW_MS, now }),
    onBroken: (error, requestId) => onFailure({ error: normaliseError(error), requestId, operation: 'chat' }),
  }
}

/** A caller who goes away while an answer is sent is no failure. */
function reportUnanswered(error: unknown, onFailure: (failure: RequestFailure) => void): void {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return
  onFailure({ error: normaliseError(error), requestId: '', operation: undefined })
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
