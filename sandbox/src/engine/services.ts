import type { ServiceInput } from './application-input.ts'
import { assertSecret } from './delivery/assert-secret.ts'
import { assertTarget } from './delivery/target.ts'
import { EngineError } from './engine-error.ts'
import type { EngineParts } from './engine-parts.ts'
import { type ServiceRecord, serviceRecord } from './entity/index.ts'

/** Key of the market's webhooks when nobody configured one. */
export const DEFAULT_API_KEY = 'mt_dev_key_12345'

/** The services that applications are for. */
export interface Services {
  list(): Promise<readonly ServiceRecord[]>
  find(slug: string): Promise<ServiceRecord | null>
  /** The service of a slug, the first one when none is named. @throws EngineError 422 */
  require(slug?: string): Promise<ServiceRecord>
  /** Registers a service or changes what is named. @throws EngineError 422 */
  save(input: ServiceInput, more?: ServiceNotes): Promise<ServiceRecord>
  /** Notes what others know of a service; nothing when it is not there. */
  annotate(slug: string, notes: ServiceNotes): Promise<void>
  /** Forgets a service; what was sent to it stays. */
  remove(slug: string): Promise<void>
}

/** What the engine keeps for the market and does not look at. */
export type ServiceNotes = Partial<Pick<ServiceRecord, 'manifest' | 'health'>>

/** The services of an engine. */
export function createServices({ store, clock, events, rule }: EngineParts): Services {
  // One process owns the store, so what it has read stays true until it writes.
  let read: Promise<readonly ServiceRecord[]> | undefined
  const list = () => {
    read ??= store.reader().find(serviceRecord, {}, { orderBy: { createdAt: 'asc', slug: 'asc' } })
    return read
  }
  const find = async (slug: string) => (await list()).find((one) => one.slug === slug) ?? null

  return {
    list,
    find,
    async require(slug) {
      const known = await list()
      const service = slug === undefined ? known[0] : known.find((one) => one.slug === slug)
      if (!service)
        throw EngineError.unknownService(
          slug ?? '',
          known.map((one) => one.slug),
        )
      return service
    },
    async save(input, more = {}) {
      const before = await find(input.slug)
      const baseUrl = input.base_url ?? before?.baseUrl
      if (baseUrl === undefined) throw EngineError.targetRefused('base_url is needed for a new service')
      await assertTarget(baseUrl, rule)
      for (const secret of [input.signing_secret, input.callback_secret]) if (secret) assertSecret(secret)
      const saved = await events.journal(async (em, tell) => {
        const service =
          (await em.findOne(serviceRecord, { slug: input.slug })) ??
          em.create(serviceRecord, {
            slug: input.slug,
            serviceId: 1,
            title: titleOf(input.slug),
            baseUrl,
            shape: 'nested',
            apiKey: DEFAULT_API_KEY,
            createdAt: clock.now(),
          })
        em.assign(service, { ...changes({ ...input, base_url: baseUrl.replace(/\/+$/, '') }), ...more })
        tell('service.saved', { data: { slug: service.slug, base_url: service.baseUrl } })
        return service
      })
      read = undefined
      return saved
    },
    async annotate(slug, notes) {
      await events.journal(async (em, tell) => {
        const service = await em.findOne(serviceRecord, { slug })
        if (!service) return
        Object.assign(service, notes)
        tell('service.noted', { data: { slug, notes: Object.keys(notes) } })
      })
      read = undefined
    },
    async remove(slug) {
      await events.journal(async (em, tell) => {
        await em.nativeDelete(serviceRecord, { slug })
        tell('service.removed', { data: { slug } })
      })
      read = undefined
    },
  }
}

function titleOf(slug: string): string {
  return slug.charAt(0).toUpperCase() + slug.slice(1)
}

/** What the input names, in the words of the record. */
function changes(input: ServiceInput): Partial<ServiceRecord> {
  const named = {
    serviceId: input.service_id,
    title: input.title,
    baseUrl: input.base_url,
    shape: input.shape,
    apiKey: input.api_key,
    nextApiKey: input.next_api_key,
    signingSecret: input.signing_secret,
    serviceKey: input.service_key,
    callbackSecret: input.callback_secret,
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}
