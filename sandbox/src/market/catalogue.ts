import { randomBytes } from 'node:crypto'
import type { ServiceClient } from '@mt-paas/client'
import { subscriptionRecord } from '../engine/entity/index.ts'
import type { Engine, ServiceRecord } from '../engine/index.ts'
import { entryOf } from './catalogue-entry.ts'
import { MarketError } from './market-error.ts'
import type { ServiceClients } from './service-clients.ts'
import { fetchOpenApi, readOpenApi, type ServiceHealth } from './service-health.ts'
import type { ServiceChange, ServiceManifest } from './service-manifest.ts'
import { type CatalogueServiceView, serviceView } from './service-view.ts'

/** The services of the market. */
export interface Catalogue {
  list(): Promise<readonly CatalogueServiceView[]>
  /** @throws MarketError 404 */
  get(slug: string): Promise<CatalogueServiceView>
  /** Takes a service in, or all of its manifest anew, and looks at it. @throws EngineError 422 */
  register(manifest: ServiceManifest): Promise<CatalogueServiceView>
  /** Changes what is named. @throws MarketError 404; EngineError 422 */
  change(change: ServiceChange): Promise<CatalogueServiceView>
  /** @throws MarketError 404, 409 while it has subscriptions in use */
  remove(slug: string): Promise<void>
  /** Keeps the key that takes over next; a new one when none is given. @throws MarketError 404 */
  prepareKey(slug: string, nextKey?: string): Promise<PreparedKey>
  /** From now on the next key is the key. @throws MarketError 404, 409 without a next key */
  activateKey(slug: string): Promise<CatalogueServiceView>
  /** Forgets the next key. @throws MarketError 404 */
  dropKey(slug: string): Promise<CatalogueServiceView>
  /** The service's OpenAPI document; null when it has none that can be read. @throws MarketError 404 */
  openApi(slug: string): Promise<unknown>
  /** Looks at one service, or all of them at once. @throws MarketError 404 */
  checkHealth(slug?: string): Promise<readonly CatalogueServiceView[]>
}

/** A key to be configured at the service; it is not shown again. */
export interface PreparedKey {
  readonly slug: string
  readonly next_api_key: string
}

/** Longest time for a look at all services, ms. */
const DEADLINE = 5_000

/** The catalogue on an engine. */
export function createCatalogue(engine: Engine, clients: ServiceClients): Catalogue {
  const { services, store, clock } = engine

  async function require(slug: string): Promise<ServiceRecord> {
    const found = await services.find(slug)
    if (!found) throw MarketError.unknown('service', slug)
    return found
  }

  async function viewOf(found: readonly ServiceRecord[]): Promise<readonly CatalogueServiceView[]> {
    const rows = await store.reader().execute<{ slug: string; count: number }[]>(
      `select service_slug as slug, count(*) as count from market_subscriptions
         where status in ('active', 'suspended') group by service_slug`,
    )
    const counts = new Map(rows.map(({ slug, count }) => [slug, Number(count)]))
    return found.map((service) => serviceView(service, counts.get(service.slug) ?? 0))
  }

  async function view(service: ServiceRecord): Promise<CatalogueServiceView> {
    const [only] = await viewOf([service])
    if (!only) throw MarketError.unknown('service', service.slug)
    return only
  }

  async function look(client: ServiceClient): Promise<void> {
    const { slug, baseUrl, manifest, title } = await require(client.id).then((found) => ({ ...found }))
    const { prefix } = entryOf({ manifest, title } as ServiceRecord)
    const began = performance.now()
    const [answer, openapi] = await Promise.all([
      client.healthCheck({ timeout: DEADLINE }).catch((error: Error) => error),
      readOpenApi(`${baseUrl}${prefix}/openapi.json`, engine.rule),
    ])
    const isError = answer instanceof Error
    const health: ServiceHealth = {
      status: isError ? 'unreachable' : statusOf(answer.status),
      version: isError ? null : answer.version,
      checked_at: clock.now().toISOString(),
      duration_ms: Math.round(performance.now() - began),
      error: isError ? answer.message : null,
      openapi,
    }
    await services.annotate(slug, { health })
  }

  async function checkHealth(slug?: string): Promise<readonly CatalogueServiceView[]> {
    // Who asks for one service wants to know how it is now, not that it has failed before.
    if (slug !== undefined) clients.forget(slug)
    const known = slug === undefined ? await services.list() : [await require(slug)]
    await Promise.all(known.map(async (service) => look(await clients.of(service.slug))))
    return viewOf(slug === undefined ? await services.list() : [await require(slug)])
  }

  return {
    list: async () => viewOf(await services.list()),
    get: async (slug) => view(await require(slug)),
    async register({ title, description, prefix, protocol, plans, ...reached }) {
      const entry = { title: title ?? bothTitles(reached.slug), description, prefix, protocol, plans }
      await services.save({ ...defined(reached), slug: reached.slug, title: entry.title.ko }, { manifest: entry })
      const [looked] = await checkHealth(reached.slug)
      return looked ?? view(await require(reached.slug))
    },
    async change({ title, description, prefix, protocol, plans, ...reached }) {
      const before = await require(reached.slug)
      const entry = { ...entryOf(before), ...defined({ title, description, prefix, protocol, plans }) }
      await services.save({ ...defined(reached), slug: reached.slug, title: entry.title.ko }, { manifest: entry })
      return view(await require(reached.slug))
    },
    async remove(slug) {
      await require(slug)
      const inUse = { serviceSlug: slug, status: { $in: ['active' as const, 'suspended' as const] } }
      const count = await store.reader().count(subscriptionRecord, inUse)
      if (count > 0) throw MarketError.serviceInUse(slug, count)
      await services.remove(slug)
    },
    async prepareKey(slug, nextKey = `mtk_${randomBytes(24).toString('base64url')}`) {
      await require(slug)
      await services.save({ slug, next_api_key: nextKey })
      return { slug, next_api_key: nextKey }
    },
    async activateKey(slug) {
      const { nextApiKey } = await require(slug)
      if (nextApiKey == null) throw MarketError.noNextKey(slug)
      await services.save({ slug, api_key: nextApiKey, next_api_key: null })
      return view(await require(slug))
    },
    async dropKey(slug) {
      await require(slug)
      await services.save({ slug, next_api_key: null })
      return view(await require(slug))
    },
    async openApi(slug) {
      const service = await require(slug)
      return fetchOpenApi(`${service.baseUrl}${entryOf(service).prefix}/openapi.json`, engine.rule)
    },
    checkHealth,
  }
}

function statusOf(status: string): ServiceHealth['status'] {
  return status === 'healthy' || status === 'degraded' ? status : 'unhealthy'
}

function bothTitles(slug: string) {
  const title = slug.charAt(0).toUpperCase() + slug.slice(1)
  return { ko: title, en: title }
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function defined<T extends object>(value: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Defined<T>>
}
