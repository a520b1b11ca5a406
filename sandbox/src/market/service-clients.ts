import { type ServiceClient, ServiceMarketClient } from '@mt-paas/client'
import type { Engine, ServiceRecord } from '../engine/index.ts'
import { entryOf } from './catalogue-entry.ts'
import { MarketError } from './market-error.ts'

/** Typed clients of the catalogue's services, by their present addresses and keys. */
export interface ServiceClients {
  /** @throws MarketError 404 */
  of(slug: string): Promise<ServiceClient>
  /** The client of all services. */
  all(): Promise<ServiceMarketClient>
  /** The next client of the service knows nothing of what failed before. */
  forget(slug: string): void
  close(): Promise<void>
}

/** A call to a service is given up after this time, ms. */
const TIMEOUT = 15_000

/** Makes clients as they are needed, and anew when a service has changed. */
export function createServiceClients({ services }: Engine): ServiceClients {
  const market = new ServiceMarketClient({ timeout: TIMEOUT, maxAnswerSize: 8_388_608 })
  const registered = new Map<string, string>()

  function register(service: ServiceRecord): void {
    const { slug, baseUrl, apiKey } = service
    const { prefix, protocol } = entryOf(service)
    const print = JSON.stringify([baseUrl, apiKey, prefix, protocol])
    if (registered.get(slug) === print) return
    market.registerService(slug, { baseUrl, apiKey, prefix, protocol })
    registered.set(slug, print)
  }

  function forget(slug: string): void {
    market.unregister(slug)
    registered.delete(slug)
  }

  async function synchronise(): Promise<void> {
    const known = await services.list()
    const slugs = new Set(known.map(({ slug }) => slug))
    for (const slug of registered.keys()) {
      if (!slugs.has(slug)) forget(slug)
    }
    for (const service of known) register(service)
  }

  return {
    async of(slug) {
      const service = await services.find(slug)
      if (!service) throw MarketError.unknown('service', slug)
      register(service)
      return market.service(slug)
    },
    async all() {
      await synchronise()
      return market
    },
    forget,
    close: () => market.close(),
  }
}
