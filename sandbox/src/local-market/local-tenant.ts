import { isServiceError, ServiceMarketClient } from '@mt-paas/client'
import type { ApplicationRecord, Engine } from '../engine/index.ts'
import type { Market } from '../market/market.ts'
import type { Dictionary } from '../text/index.ts'
import { LocalMarketError } from './local-market-error.ts'

/** A tenant that a service has, as the market read it back. */
export interface LocalTenant {
  readonly service: string
  readonly tenant_id: string
  readonly tenant_name: string
  readonly status: string
  readonly plan: string
  readonly users: number
  readonly administrators: readonly string[]
  readonly access_url: string
  /** Whether it was there before this start. */
  readonly reused: boolean
}

/** Where tenants come from. */
export interface LocalTenantOptions {
  readonly engine: Engine
  readonly market: Market
  readonly text: Dictionary
  readonly signal: AbortSignal
  /** How the service is called back. */
  readonly service: {
    readonly name: string
    readonly url: string
    readonly apiKey: string
    /** Where the people of a tenant open it. */
    readonly accessUrl: (tenantId: string) => string
  }
  /** Called before a demo application is sent. */
  readonly onApply: () => void
}

/** Whoever applies for a demo on the first start. */
const APPLICANT = { name: '홍길동', email: 'admin@hallym.ac.kr', university_name: '한림대학교' }

/**
 * The tenant of the newest demo application for a service; without one that the service knows, a demo application goes
 * through: webhook, database, and reading it back.
 * @throws LocalMarketError when the service does not do its part
 */
export async function localTenant(options: LocalTenantOptions): Promise<LocalTenant> {
  const { engine, service } = options
  const known = await engine.applications.list({ kind: 'demo', status: 'completed', limit: 500 })
  const earlier = known.find(({ serviceSlug, tenantId }) => serviceSlug === service.name && tenantId != null)
  const before = earlier && (await readTenant(options, earlier, true))
  if (before) return before
  options.onApply()
  return apply(options)
}

/** A machine that has just started everything may be busy, ms. */
const PATIENCE = 60_000
/** Webhooks of one application that are sent before the schedule would send the next. */
const MOST_TRIES = 4

/** Whether a busy service could not answer yet, so that the webhook waits for its next attempt. */
async function isWaiting({ deliveries }: Engine, applicationId: number): Promise<boolean> {
  const [waiting] = await deliveries.list({ applicationId, state: 'waiting', limit: 1 })
  return waiting !== undefined
}

async function apply(options: LocalTenantOptions): Promise<LocalTenant> {
  const { engine, market, service, text } = options
  const { id } = await market.applications.apply({ kind: 'demo', service: service.name, applicant: APPLICANT })
  await market.applications.approve({ id })
  await engine.idle()
  for (let tries = 1; tries < MOST_TRIES && (await isWaiting(engine, id)); tries += 1) {
    await market.applications.retry(id)
    await engine.idle()
  }
  await market.idle()
  const application = await engine.applications.get(id)
  if (application.status === 'completed') await calledBack(options, id)
  const tenant = application.tenantId == null ? undefined : await readTenant(options, application, false)
  if (!tenant)
    throw LocalMarketError.unexpectedAnswer(text, 'auto-provision', application.failure ?? application.status)
  return tenant
}

/** Resolves when the service has reported the outcome; without a report the demo goes on, and it may come later. */
async function calledBack({ engine: { callbacks, events }, signal }: LocalTenantOptions, id: number): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)])
  const { promise, resolve } = Promise.withResolvers<void>()
  const unsubscribe = events.subscribe(({ type, applicationId }) => {
    if (type === 'callback.received' && applicationId === id) resolve()
  })
  limit.addEventListener('abort', () => resolve(), { once: true })
  try {
    const [early] = await callbacks.list({ applicationId: id, limit: 1 })
    if (!early && !limit.aborted) await promise
  } finally {
    unsubscribe()
  }
}

async function readTenant(
  { service, signal }: LocalTenantOptions,
  { tenantId, universityName }: ApplicationRecord,
  reused: boolean,
): Promise<LocalTenant | undefined> {
  await using market = new ServiceMarketClient({ connectTimeout: PATIENCE, timeout: PATIENCE })
  const calls = market.registerService(service.name, { baseUrl: service.url, apiKey: service.apiKey })
  const tenant_id = tenantId ?? ''
  try {
    const [{ status, plan }, stats, admins] = await Promise.all([
      calls.getTenantStatus({ tenant_id }, { signal }),
      calls.getTenantStats({ tenant_id }, { signal }),
      calls.listUsers({ tenant_id, role: 'admin', limit: 100 }, { signal }),
    ])
    return {
      service: service.name,
      tenant_id,
      tenant_name: universityName,
      status,
      plan,
      users: stats.summary.total_users ?? 0,
      administrators: admins.users.map(({ name, email }) => `${name} <${email}>`),
      access_url: service.accessUrl(tenant_id),
      reused,
    }
  } catch (error) {
    const isGone = isServiceError(error) && ['TENANT_NOT_FOUND', 'TENANT_DELETED'].includes(error.code)
    if (isGone && reused) return undefined
    throw error
  }
}
