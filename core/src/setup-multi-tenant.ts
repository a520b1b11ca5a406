import { type QueuedCallback, StandardApiError, type TenantContextOptions } from '@mt-paas/server'
import { type Configuration, type Environment, readConfiguration } from './config/read-configuration.ts'
import { OpenRequests } from './context/open-requests.ts'
import type { RequestTenant } from './context/request-tenant.ts'
import { type TenantApp, tenantMiddleware } from './context/tenant-middleware.ts'
import { NotRunningError } from './error/not-running-error.ts'
import type { MultiTenant, MultiTenantOptions } from './multi-tenant.ts'
import { type RunningMultiTenant, runMultiTenant } from './run-multi-tenant.ts'

/** What {@link setupMultiTenant} works with. */
export interface MultiTenantSetup extends Omit<MultiTenantOptions, 'centralUrl'> {
  /** Connection string of the central database. @default that of the environment, or the embedded PostgreSQL */
  readonly centralDbUrl?: string | undefined
  /** Where variables are looked up, once, at start. @default process.env */
  readonly env?: Environment
  /**
   * How requests name their tenant. @default as `tenantContext`, and nothing below `/mt` and `/api/tenant`, whose
   * procedures are told their tenant and work on any
   */
  readonly context?: Omit<TenantContextOptions<RequestTenant>, 'lookup'>
  /** How long `close()` waits for requests under way, in ms. @default 10_000 */
  readonly drainTimeout?: number
}

/**
 * One PostgreSQL database per tenant for an application. Its members need `init()` first, except for those that are
 * given to the middleware of an application that is put together before: `configuration`, `idempotency`, `webhooks`,
 * `callbacks` and `applications`.
 */
export interface MultiTenantService extends Omit<MultiTenant, 'close'> {
  readonly configuration: Configuration
  /**
   * Opens the central database, starting the embedded PostgreSQL when no other is configured. May be called again,
   * also after a failure.
   */
  init(): Promise<void>
  /** Refuses new requests of tenants, lets those under way end, and ends every connection. May be called again. */
  close(): Promise<void>
}

const DRAIN_TIMEOUT = 10_000

/**
 * Gives an application its tenants: each request finds its own in `ctx.state.tenant`, with the entity manager of its
 * database. Call it before the middleware that works for tenants is mounted.
 * @throws ConfigurationError with everything that is wrong in the environment
 */
export function setupMultiTenant(app: TenantApp, setup: MultiTenantSetup): MultiTenantService {
  const configuration = readConfiguration(environmentOf(setup))
  const requests = new OpenRequests()
  let running: RunningMultiTenant | undefined
  let opening: Promise<void> | undefined
  let closing: Promise<void> | undefined
  let sendCallback: ((callback: QueuedCallback) => Promise<void>) | undefined

  function opened(member: string): MultiTenant {
    if (!running) throw new NotRunningError(member)
    return running.multiTenant
  }

  async function open(): Promise<void> {
    await closing
    if (running) return
    running = await runMultiTenant(configuration, setup)
    if (sendCallback) running.multiTenant.callbacks.work(sendCallback)
  }

  async function shut(): Promise<void> {
    await opening?.catch(() => undefined)
    const ended = running
    running = undefined
    await requests.drain(setup.drainTimeout ?? DRAIN_TIMEOUT)
    await ended?.close()
  }

  app.use(
    tenantMiddleware({
      ...setup.context,
      requests,
      lookup(id, options) {
        if (!running) throw StandardApiError.unavailable(1, new NotRunningError('init'))
        return running.lookup.lookup(id, options)
      },
      invalidate: (id) => running?.lookup.invalidate(id),
    }),
  )
  return {
    configuration,
    init() {
      opening ??= open().finally(() => {
        opening = undefined
      })
      return opening
    },
    close() {
      closing ??= shut().finally(() => {
        closing = undefined
      })
      return closing
    },
    get databases() {
      return opened('databases').databases
    },
    get plans() {
      return opened('plans').plans
    },
    get fleet() {
      return opened('fleet').fleet
    },
    get doctor() {
      return opened('doctor').doctor
    },
    get tenants() {
      return opened('tenants').tenants
    },
    get subscriptions() {
      return opened('subscriptions').subscriptions
    },
    get quota() {
      return opened('quota').quota
    },
    get usage() {
      return opened('usage').usage
    },
    get lifecycle() {
      return opened('lifecycle').lifecycle
    },
    idempotency: {
      claim: async (request) => opened('idempotency').idempotency.claim(request),
      finish: async (claimId, answer) => opened('idempotency').idempotency.finish(claimId, answer),
      release: async (claimId) => opened('idempotency').idempotency.release(claimId),
    },
    webhooks: {
      claim: async (request) => opened('webhooks').webhooks.claim(request),
      finish: async (claimId, answer) => opened('webhooks').webhooks.finish(claimId, answer),
      release: async (claimId) => opened('webhooks').webhooks.release(claimId),
    },
    callbacks: {
      add: async (callback, delay) => opened('callbacks').callbacks.add(callback, delay),
      work(handle) {
        sendCallback = handle
        running?.multiTenant.callbacks.work(handle)
      },
    },
    applications(accessUrl) {
      const store = () => opened('applications').applications(accessUrl)
      return {
        findByEmail: async (email) => store().findByEmail(email),
        findByTenant: async (tenantId) => store().findByTenant(tenantId),
        save: async (tenant) => store().save(tenant),
        list: async () => store().list(),
      }
    },
  }
}

function environmentOf({ env = process.env, centralDbUrl }: MultiTenantSetup): Environment {
  return centralDbUrl === undefined ? env : { ...env, CENTRAL_DATABASE_URL: centralDbUrl }
}
